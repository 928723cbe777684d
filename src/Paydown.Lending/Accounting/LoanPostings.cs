using Paydown.Lending.Loans;

namespace Paydown.Lending.Accounting;

/// <summary>
/// What the ledger must be told when a loan changes: the difference between two states of the fold, event by event.
/// What is new is booked on its value date; what a replay or a reversal changed, on the day of the change, since the
/// books before it may be closed.
/// </summary>
public static class LoanPostings
{
    /// <summary>The entries that lead from one state to the next.</summary>
    /// <param name="before">The state that the ledger shows now; null: nothing is booked yet.</param>
    /// <param name="after">The state that it must show.</param>
    /// <param name="today">The day of the change.</param>
    public static IReadOnlyList<JournalEntry> Between(Loan? before, Loan after, DateOnly today)
    {
        var booked = new Dictionary<Guid, LoanTransaction>();
        foreach (var transaction in before?.Transactions ?? [])
        {
            if (!transaction.IsReversed) booked.Add(transaction.EventId, transaction);
        }

        var entries = new List<JournalEntry>();
        var currency = after.Terms.Currency;
        foreach (var transaction in after.Transactions)
        {
            booked.Remove(transaction.EventId, out var earlier);
            if (transaction.IsReversed) TakeBack(entries, earlier, today, currency);
            else if (earlier is null) Book(entries, transaction, currency);
            else Adjust(entries, earlier, transaction, today, currency);
        }

        // What the fold made by itself and makes no longer: a penalty that a backdated payment has spared the customer.
        foreach (var gone in booked.Values) TakeBack(entries, gone, today, currency);
        return entries;
    }

    /// <summary>
    /// What each account of the ledger must show for a loan, in minor units, debits positive. Zeros are left out.
    /// </summary>
    public static IReadOnlyDictionary<LedgerAccount, long> Position(Loan loan)
    {
        var position = new Dictionary<LedgerAccount, long>();
        foreach (var entry in Between(null, loan, loan.AsOf))
        {
            foreach (var posting in entry.Postings)
                position[posting.Account] = position.GetValueOrDefault(posting.Account) + posting.AmountMinor;
        }

        foreach (var (account, amount) in position)
        {
            if (amount == 0) position.Remove(account);
        }

        return position;
    }

    private static void Book(List<JournalEntry> entries, LoanTransaction transaction, Currency currency)
    {
        AccrueInterest(entries, transaction.EventId, InterestIn(transaction), transaction.On, currency);
        entries.Add(transaction.Kind switch
        {
            LoanEventKind.Disbursement => PostingRules.LoanDisbursed(transaction, currency),
            LoanEventKind.DownPayment => PostingRules.DownPaymentCollected(transaction, currency),
            LoanEventKind.Repayment => PostingRules.RepaymentVerified(transaction, currency),
            LoanEventKind.Charge => PostingRules.ChargeApplied(transaction, currency),
            var kind => throw NoRule(kind),
        });
    }

    private static void Adjust(
        List<JournalEntry> entries, LoanTransaction earlier, LoanTransaction now, DateOnly today, Currency currency)
    {
        if (earlier.Parts == now.Parts && earlier.OverpaidMinor == now.OverpaidMinor) return;
        AccrueInterest(entries, now.EventId, InterestIn(now) - InterestIn(earlier), today, currency);
        entries.Add(now.Kind switch
        {
            LoanEventKind.DownPayment or LoanEventKind.Repayment =>
                PostingRules.AllocationAdjusted(earlier, now, today, currency),
            LoanEventKind.Charge =>
                PostingRules.ChargeAdjusted(now.EventId, now.Parts - earlier.Parts, today, currency),
            var kind => throw NoRule(kind),
        });
    }

    private static void TakeBack(List<JournalEntry> entries, LoanTransaction? booked, DateOnly today, Currency currency)
    {
        if (booked is null) return;
        AccrueInterest(entries, booked.EventId, -InterestIn(booked), today, currency);
        entries.Add(booked.Kind switch
        {
            LoanEventKind.DownPayment or LoanEventKind.Repayment =>
                PostingRules.RepaymentReversed(booked, today, currency),
            LoanEventKind.Charge =>
                PostingRules.ChargeAdjusted(booked.EventId, default(Parts) - booked.Parts, today, currency),
            var kind => throw NoRule(kind),
        });
    }

    private static void AccrueInterest(
        List<JournalEntry> entries, Guid eventId, long interestMinor, DateOnly on, Currency currency)
    {
        if (interestMinor != 0) entries.Add(PostingRules.InterestAccrued(eventId, interestMinor, on, currency));
    }

    private static long InterestIn(LoanTransaction transaction) =>
        transaction.Kind is LoanEventKind.DownPayment or LoanEventKind.Repayment ? transaction.Parts.Interest : 0;

    private static InvalidOperationException NoRule(LoanEventKind kind) =>
        new($"The accounting policy has no rule for {kind} yet.");
}
