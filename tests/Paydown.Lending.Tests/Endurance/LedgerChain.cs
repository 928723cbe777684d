using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>
/// The ledger of one simulated loan: every step books the difference of two states, and the sums must be what the fold
/// shows.
/// </summary>
internal sealed class LedgerChain
{
    private static readonly LedgerAccount[] Accounts = Enum.GetValues<LedgerAccount>();
    private readonly long[] sums = new long[Accounts.Length];
    private readonly HashSet<(SubjectId SubjectId, JournalEntryKind Kind)> bookedOnce = [];
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
                sums[Array.IndexOf(Accounts, posting.Account)] += posting.Amount.MinorUnits;
            }

            LoanLaws.Must(balance == 0, "an entry balances", entry);
            if (entry.Kind.IsBookedOnce())
                LoanLaws.Must(bookedOnce.Add((entry.SubjectId, entry.Kind)), "it is booked once", entry);
        }

        booked = after;
        var position = LoanPostings.Position(after);
        foreach (var (account, sum) in Accounts.Zip(sums))
        {
            var shown = position.GetValueOrDefault(account).MinorUnits;
            LoanLaws.Must(sum == shown, "the entries add up to the fold", $"{account} {sum} ≠ {shown}");
        }

        // What was charged off is owed, but not in the books.
        var kept = after.ChargedOffOn is null ? after.Outstanding : default;
        MustShow(LedgerAccount.LoanPrincipal, kept.Principal);
        MustShow(LedgerAccount.FeesReceivable, kept.Fees);
        MustShow(LedgerAccount.PenaltiesReceivable, kept.Penalty);
        MustShow(LedgerAccount.InterestReceivable, 0);
        MustShow(LedgerAccount.OwedToCustomer, -after.Overpaid.MinorUnits);
        MustShow(LedgerAccount.FundingAccount, -after.Disbursed.MinorUnits);
        MustShow(LedgerAccount.CustomerWallet, 0);
        LoanLaws.Must(sums.Sum() == 0, "the trial balance is zero", sums.Sum());
    }

    private void MustShow(LedgerAccount account, long minor)
    {
        var sum = sums[Array.IndexOf(Accounts, account)];
        LoanLaws.Must(sum == minor, "the ledger shows what the loan owes", $"{account} {sum} ≠ {minor}");
    }
}
