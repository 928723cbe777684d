using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>An entry of a bank statement right after a decision.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="AwaitedApproval">The decision that awaits a second officer; null if there is none.</param>
public sealed record DecidedEntry(StatementEntryView Entry, AwaitedApproval? AwaitedApproval)
{
    /// <summary>The answer to a decision that takes effect, or awaits a second officer.</summary>
    internal static async Task<Answer> AnswerAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        AwaitedApproval? awaited,
        string message,
        CancellationToken cancellation
    )
    {
        var view = await EntryListStore.FindAsync(connection, entry.OrganisationId, entry.Id, cancellation);
        return Answer.Success(new DecidedEntry(view!, awaited), message);
    }

    /// <summary>A decision on an entry for four-eyes approval. Any later decision ends a first approval.</summary>
    internal static Act ActOf(StoredEntry entry, ActKind kind, string reason) =>
        new()
        {
            Kind = kind,
            OrganisationId = entry.OrganisationId,
            SubjectId = entry.Id.AsSubject,
            SubjectVersion = entry.Decisions,
            Currency = entry.Amount.Currency,
            Amount = entry.Amount.IsPositive ? entry.Amount : -entry.Amount,
            Terms = new { StatementEntryId = entry.Id },
            Reason = reason,
        };
}
