using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Statements;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>
/// Shows a bank entry with its statement, what an officer may do with it while it waits, and the reports that it pays
/// or may pay beside it.
/// </summary>
public sealed class GetBankEntry(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a bank entry beside the reports that it pays or may pay")
            .Returns<BankEntryDetails>()
            .Refuses(Refusals.NotFound("bank entry"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var today = organisation.Today(time);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var entry = await EntryListStore.FindAsync(
            connection,
            organisation.Id,
            call.Path(StatementRoutes.EntryId),
            call.Cancellation
        );
        if (entry is null)
            return Answer.Refused(Refusals.NotFound("bank entry"));
        var statement = await BankStatementStore.FindAsync(
            connection,
            organisation.Id,
            entry.BankStatementId,
            call.Cancellation
        );
        var suggestions = entry.State is EntryState.ToDecide or EntryState.Unmatched
            ? await PaymentSuggestions.FindAsync(connection, organisation, [entry.Id], call.Cancellation)
            : new Dictionary<StatementEntryId, IReadOnlyList<PaymentSuggestion>>();
        var suggested = suggestions.GetValueOrDefault(entry.Id) ?? [];
        var reports = await ComparedReportStore.ListAsync(
            connection,
            organisation.Id,
            entry,
            ReportsOf(entry, suggested),
            call.Cancellation
        );
        return Answer.Success(
            new BankEntryDetails(entry, statement!, today.DayNumber - entry.BookedOn.DayNumber, suggested, reports)
        );
    }

    private static List<RepaymentId> ReportsOf(StatementEntryView entry, IReadOnlyList<PaymentSuggestion> suggested) =>
        [
            .. entry
                .Repayments.Select(paid => paid.RepaymentId)
                .Concat(entry.PartOf is { } part ? [part.RepaymentId] : [])
                .Concat(suggested.SelectMany(one => one.Parts).Select(part => part.RepaymentId).OfType<RepaymentId>())
                .Distinct(),
        ];
}

/// <summary>A bank entry with all that helps to decide about it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Statement">The statement that has it.</param>
/// <param name="AgeInDays">The days since it was booked.</param>
/// <param name="Suggestions">What an officer may do with it while it waits, the best first.</param>
/// <param name="Reports">The reports that it pays, or that suggestions name, in that order.</param>
public sealed record BankEntryDetails(
    StatementEntryView Entry,
    BankStatementView Statement,
    int AgeInDays,
    IReadOnlyList<PaymentSuggestion> Suggestions,
    IReadOnlyList<ComparedReport> Reports
);

/// <summary>A customer's report beside a bank entry.</summary>
public sealed record ComparedReport
{
    /// <summary>The repayment.</summary>
    public required RepaymentId RepaymentId { get; init; }

    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The customer.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>Its state.</summary>
    public required RepaymentStatus VerificationStatus { get; init; }

    /// <summary>The amount.</summary>
    public required Money Amount { get; init; }

    /// <summary>The amount of the entry less that of the report.</summary>
    public required Money AmountDifference { get; init; }

    /// <summary>When it was paid, by the report.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>The days from then to the value date of the entry; negative if the entry came before.</summary>
    public required int DaysLater { get; init; }

    /// <summary>The reference that the payer used, by the report.</summary>
    public required string Reference { get; init; }

    /// <summary>The account that it was paid from, by the report; null if it does not say.</summary>
    public required string? BankAccountNumber { get; init; }

    /// <summary>The payer's words; null if there are none.</summary>
    public required string? Narration { get; init; }

    /// <summary>When it was reported.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
