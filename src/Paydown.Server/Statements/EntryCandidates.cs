using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>Reads everything that entries of bank statements may be about.</summary>
internal static class EntryCandidates
{
    /// <summary>Reads what entries may be, and locks their loans. The standings of the entries are locked.</summary>
    public static async Task<(DecidableRepayments Found, MatchingBook Book)> ReadAsync(
        NpgsqlConnection connection,
        Organisation organisation,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        var keys = entries.Select(entry => CandidateKeys.Of(entry.Entry)).ToList();
        var named = await EntryMatchStore.FindLoansAsync(
            connection,
            organisation.Id,
            keys.SelectMany(key => key.References).ToHashSet(StringComparer.Ordinal),
            cancellation
        );
        var payers = await EntryMatchStore.FindPayersAsync(connection, organisation.Id, entries, cancellation);
        var found = await VerificationStore.ReadOpenAsync(
            connection,
            [.. named.Concat(payers.Select(payer => payer.Loan)).Distinct()],
            cancellation
        );
        var arrived = await ReportPartStore.FindArrivedAsync(
            connection,
            [.. found.Open.Select(report => report.Id)],
            cancellation
        );
        foreach (var id in arrived.Keys)
            found.MarkPartlyArrived(id);
        var byId = payers.DistinctBy(payer => payer.RepaymentId).ToDictionary(payer => payer.RepaymentId);
        var accounts = await CollectionAccountStore.ListAsync(connection, organisation.Id, cancellation);
        var candidates = new MatchingCandidates
        {
            Loans = [.. found.Loans.Select(CandidateOf)],
            Reports =
            [
                .. found
                    .Open.Select(report => CandidateOf(report, byId.GetValueOrDefault(report.Id)))
                    .Select(report => WithoutArrived(report, arrived))
                    .Where(report => report.Amount.IsPositive),
            ],
            Transfers = await TransferEntryStore.FindAsync(
                connection,
                organisation,
                [.. keys.SelectMany(key => key.Transfers)],
                cancellation
            ),
            Returns = await EntryReturnStore.FindAsync(connection, organisation.Id, keys, cancellation),
            Credits = await EntryMatchStore.FindCreditsAsync(connection, organisation.Id, entries, cancellation),
            OwnAccounts = [.. accounts.Select(account => account.AccountNumber)],
            FourEyesAbove = await EntryMatchStore.FindFourEyesAsync(connection, organisation, cancellation),
        };
        return (found, new MatchingBook(candidates));
    }

    // An entry can only be what is missing of a report whose other parts have come.
    private static CandidateReport WithoutArrived(
        CandidateReport report,
        IReadOnlyDictionary<RepaymentId, long> arrived
    ) =>
        arrived.TryGetValue(report.Id, out var minorUnits)
            ? report with
            {
                Amount = report.Amount - new Money(minorUnits, report.Amount.Currency),
            }
            : report;

    private static CandidateLoan CandidateOf(StoredLoan loan) =>
        new()
        {
            Id = loan.Id,
            Reference = loan.Reference,
            State = loan.State,
            Currency = loan.Currency,
            Collector = loan.Collector,
        };

    private static CandidateReport CandidateOf(StoredRepayment report, KnownPayer? payer) =>
        new()
        {
            Id = report.Id,
            LoanId = report.AccountId,
            Amount = report.Amount,
            PaidOn = report.PaidOn,
            IsVerified = report.Status == RepaymentStatus.Verified,
            OwnReference = payer?.OwnReference,
            PayerAccount = payer?.AccountNumber,
        };
}
