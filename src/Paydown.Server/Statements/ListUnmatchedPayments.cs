using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Statements;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>
/// Lists the entries of bank statements that wait for an officer, oldest first, with loans that they may pay. Their sum
/// is the balance of <c>UNIDENTIFIED_RECEIPTS</c> in the trial balance.
/// </summary>
public sealed class ListUnmatchedPayments(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    private static readonly Field<EntryState?> State = Field
        .OneOf<EntryState>(
            "state",
            $"Those announced over {EntryJoins.AnnouncedDaysMax} days ago that no booking followed; not money.",
            [EntryState.Announced]
        )
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the bank entries that nobody has identified, oldest first")
            .Takes([State, .. Paging.Fields])
            .ReturnsPage<UnmatchedPayment>(PageKeyPart.Date, PageKeyPart.Id);

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var today = organisation.Today(time);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = call.Query.Get(State) is null
            ? await EntryListStore.ListOpenAsync(connection, organisation.Id, call.Paging, call.Cancellation)
            : await EntryListStore.ListAnnouncedAsync(
                connection,
                organisation.Id,
                today.AddDays(-EntryJoins.AnnouncedDaysMax),
                call.Paging,
                call.Cancellation
            );
        var suggestions = await PaymentSuggestions.FindAsync(
            connection,
            organisation,
            [.. page.Records.Select(entry => entry.Id)],
            call.Cancellation
        );
        return call.Paging.Answer(
            page.Records,
            entry => new(entry.BookedOn, entry.Id),
            entry => new UnmatchedPayment(
                entry,
                today.DayNumber - entry.BookedOn.DayNumber,
                suggestions.GetValueOrDefault(entry.Id) ?? []
            ),
            page.Counted
        );
    }
}

/// <summary>A bank entry that waits for an officer.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="AgeInDays">The days since it was booked.</param>
/// <param name="Suggestions">What an officer may do with it, the best first.</param>
public sealed record UnmatchedPayment(
    StatementEntryView Entry,
    int AgeInDays,
    IReadOnlyList<PaymentSuggestion> Suggestions
);

/// <summary>What an officer may do with an entry. It never happens without an officer.</summary>
/// <param name="Kind">What it rests on.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Parts">What the entry would pay; together its amount.</param>
/// <param name="With">The other entries that make up the report together with it; empty if it alone does.</param>
public sealed record PaymentSuggestion(
    SuggestionKind Kind,
    string Reason,
    IReadOnlyList<SuggestedPart> Parts,
    IReadOnlyList<StatementEntryId> With
);

/// <summary>A loan that an entry may pay.</summary>
public sealed record SuggestedPart
{
    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The loan's creditor reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The part of the money.</summary>
    public required Money Amount { get; init; }

    /// <summary>The open report; null if there is none.</summary>
    public required RepaymentId? RepaymentId { get; init; }

    /// <summary>The amount of the open report; null if there is none.</summary>
    public required Money? ReportedAmount { get; init; }
}
