using Paydown.Lending.Accounting;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>
/// The ledger of one simulated loan: every step books the difference of two states, and the sums must be what the fold
/// shows.
/// </summary>
internal sealed class LedgerChain
{
    private readonly long[] sums = new long[Enum.GetValues<LedgerAccount>().Length];
    private Loan? booked;

    /// <summary>Books what leads to a state, and checks the books.</summary>
    public void Book(Loan after)
    {
        foreach (var entry in LoanPostings.Between(booked, after, after.AsOf))
        {
            var balance = 0L;
            foreach (var posting in entry.Postings)
            {
                balance += posting.Amount.MinorUnits;
                sums[(int)posting.Account] += posting.Amount.MinorUnits;
            }

            LoanLaws.Must(balance == 0, "an entry balances", entry);
        }

        booked = after;
        var position = LoanPostings.Position(after);
        for (var account = 0; account < sums.Length; account++)
        {
            var shown = position.GetValueOrDefault((LedgerAccount)account).MinorUnits;
            LoanLaws.Must(
                sums[account] == shown,
                "the entries add up to the fold",
                $"{(LedgerAccount)account} {sums[account]} ≠ {shown}"
            );
        }

        MustShow(LedgerAccount.LoanPrincipal, after.Outstanding.Principal);
        MustShow(LedgerAccount.FeesReceivable, after.Outstanding.Fees);
        MustShow(LedgerAccount.PenaltiesReceivable, after.Outstanding.Penalty);
        MustShow(LedgerAccount.InterestReceivable, 0);
        MustShow(LedgerAccount.OwedToCustomer, -after.Overpaid.MinorUnits);
        MustShow(LedgerAccount.FundingAccount, -after.Disbursed.MinorUnits);
        MustShow(LedgerAccount.CustomerWallet, 0);
        LoanLaws.Must(sums.Sum() == 0, "the trial balance is zero", sums.Sum());
    }

    private void MustShow(LedgerAccount account, long minor) =>
        LoanLaws.Must(
            sums[(int)account] == minor,
            "the ledger shows what the loan owes",
            $"{account} {sums[(int)account]} ≠ {minor}"
        );
}
