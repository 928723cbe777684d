using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Server.Organisations;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>Finds what officers may do with entries that wait, by <see cref="MatchingBook.Suggest"/>.</summary>
internal static class PaymentSuggestions
{
    /// <summary>Returns the suggestions for some entries that wait. Nothing is locked.</summary>
    public static async Task<IReadOnlyDictionary<StatementEntryId, IReadOnlyList<PaymentSuggestion>>> FindAsync(
        NpgsqlConnection connection,
        Organisation organisation,
        IReadOnlyCollection<StatementEntryId> ids,
        CancellationToken cancellation
    )
    {
        var all = await EntryMatchStore.ListAsync(connection, organisation.Id, ids, cancellation);
        var entries = all.Where(entry => entry.Amount.IsPositive).ToList();
        if (entries.Count == 0)
            return new Dictionary<StatementEntryId, IReadOnlyList<PaymentSuggestion>>();

        var known = await SuggestionStore.FindByAccountAsync(connection, organisation.Id, entries, cancellation);
        var keys = (
            await EntryMatchStore.FindLoansAsync(connection, organisation.Id, ReferencesOf(entries), cancellation)
        )
            .Concat(known.Select(one => one.Loan))
            .Concat(await SuggestionStore.FindByTextAsync(connection, organisation.Id, entries, cancellation))
            .Distinct()
            .ToList();
        var loans = await SuggestionStore.ReadLoansAsync(connection, keys, cancellation);
        var reports = await SuggestionStore.ReadReportsAsync(connection, keys, cancellation);
        var candidates = new MatchingCandidates
        {
            Loans = [.. loans.Select(one => one.Loan)],
            Reports = reports,
            PayersLoans =
            [
                .. known.Select(one => new PayersLoan(one.Account, one.Loan.LoanId, one.WasAssigned)).Distinct(),
            ],
            Credits = await SuggestionStore.FindWaitingForAsync(
                connection,
                organisation.Id,
                [.. keys.Select(key => key.LoanId)],
                cancellation
            ),
        };
        var book = new MatchingBook(candidates);
        var loansById = loans.ToDictionary(one => one.Loan.Id);
        var amounts = reports.ToDictionary(report => report.Id, report => report.Amount);
        SuggestedPart PartOf(MatchPart part) =>
            new()
            {
                AccountId = part.LoanId,
                CustomerId = loansById[part.LoanId].CustomerId,
                CustomerName = loansById[part.LoanId].Loan.CustomerName!,
                Reference = loansById[part.LoanId].Loan.Reference,
                Amount = part.Amount,
                RepaymentId = part.RepaymentId,
                ReportedAmount = part.RepaymentId is { } report ? amounts[report] : null,
            };
        return entries.ToDictionary(
            entry => entry.Id,
            IReadOnlyList<PaymentSuggestion> (entry) =>
                [
                    .. book.Suggest(entry.Id, entry.Entry)
                        .Select(one => new PaymentSuggestion(
                            one.Kind,
                            one.Reason,
                            [.. one.Parts.Select(PartOf)],
                            one.With
                        )),
                ]
        );
    }

    private static HashSet<string> ReferencesOf(IEnumerable<StoredEntry> entries) =>
        entries
            .SelectMany(entry =>
                CandidateKeys.Of(entry.Entry).References.Concat(CandidateKeys.SimilarReferencesOf(entry.Entry))
            )
            .ToHashSet(StringComparer.Ordinal);
}
