using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Accounting;

/// <summary>
/// The entries that a change of a loan needs: the difference between two replays, event by event. What is new is booked
/// on its value date; what a replay or a reversal changed, on the day of the change, since the books before it may be
/// closed.
/// </summary>
public static class LoanPostings
{
    /// <summary>The entries that lead from one state to the next.</summary>
    /// <param name="before">The state that the ledger shows now; null: nothing is booked yet.</param>
    /// <param name="after">The state that it must show.</param>
    /// <param name="today">The day of the change.</param>
    public static IReadOnlyList<JournalEntry> Between(Loan? before, Loan after, DateOnly today)
    {
        var booked = new Dictionary<LoanEventId, LoanTransaction>();
        foreach (var transaction in before?.Transactions ?? [])
        {
            if (!transaction.IsReversed)
                booked.Add(transaction.EventId, transaction);
        }

        var entries = new List<JournalEntry>();
        foreach (var transaction in after.Transactions)
        {
            booked.Remove(transaction.EventId, out var earlier);
            if (transaction.IsReversed)
                TakeBack(entries, earlier, today);
            else if (earlier is null)
                Book(entries, transaction);
            else
                Adjust(entries, earlier, transaction, today);
        }

        // A penalty that the replay made before and does not make now, because of a backdated payment.
        foreach (var gone in booked.Values)
            TakeBack(entries, gone, today);
        return entries;
    }

    /// <summary>
    /// What each account of the ledger must show for a loan, debits positive. Zeros are left out.
    /// </summary>
    public static IReadOnlyDictionary<LedgerAccount, Money> Position(Loan loan)
    {
        var position = new Dictionary<LedgerAccount, Money>();
        foreach (var entry in Between(null, loan, loan.AsOf))
        {
            foreach (var posting in entry.Postings)
                position[posting.Account] =
                    position.GetValueOrDefault(posting.Account, Money.Zero(loan.Terms.Currency)) + posting.Amount;
        }

        foreach (var (account, amount) in position)
        {
            if (amount.IsZero)
                position.Remove(account);
        }

        return position;
    }

    private static void Book(List<JournalEntry> entries, LoanTransaction transaction)
    {
        AccrueInterest(entries, transaction.EventId, InterestIn(transaction), transaction.On);
        Add(entries, PostingRules.Booked(transaction));
    }

    private static void Adjust(List<JournalEntry> entries, LoanTransaction earlier, LoanTransaction now, DateOnly today)
    {
        if (
            earlier.Components == now.Components
            && earlier.Overpaid == now.Overpaid
            && earlier.IsAfterWriteOff == now.IsAfterWriteOff
        )
            return;
        AccrueInterest(entries, now.EventId, InterestIn(now) - InterestIn(earlier), today);
        Add(entries, AdjustingEntries.Adjusted(earlier, now, today));
    }

    private static void TakeBack(List<JournalEntry> entries, LoanTransaction? booked, DateOnly today)
    {
        if (booked is null)
            return;
        AccrueInterest(entries, booked.EventId, -InterestIn(booked), today);
        Add(entries, AdjustingEntries.Reversed(booked, today));
    }

    private static void AccrueInterest(List<JournalEntry> entries, LoanEventId eventId, Money interest, DateOnly on)
    {
        if (!interest.IsZero)
            entries.Add(PostingRules.InterestAccrued(eventId, interest, on));
    }

    private static void Add(List<JournalEntry> entries, JournalEntry? entry)
    {
        if (entry is not null)
            entries.Add(entry);
    }

    // A recovery after a write-off is another kind of income, for every component.
    private static Money InterestIn(LoanTransaction transaction) =>
        new(
            LoanEventKinds.SettlesDebts(transaction.Kind) && !transaction.IsAfterWriteOff
                ? transaction.Components.Interest
                : 0,
            transaction.Amount.Currency
        );
}
