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
        var currency = after.Terms.Currency;
        foreach (var transaction in after.Transactions)
        {
            booked.Remove(transaction.EventId, out var earlier);
            if (transaction.IsReversed)
                TakeBack(entries, earlier, today, currency);
            else if (earlier is null)
                Book(entries, transaction, currency);
            else
                Adjust(entries, earlier, transaction, today, currency);
        }

        // A penalty that the replay made before and does not make now, because of a backdated payment.
        foreach (var gone in booked.Values)
            TakeBack(entries, gone, today, currency);
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
            if (amount == 0)
                position.Remove(account);
        }

        return position;
    }

    private static void Book(List<JournalEntry> entries, LoanTransaction transaction, Currency currency)
    {
        AccrueInterest(entries, transaction.EventId, InterestIn(transaction), transaction.On, currency);
        Add(entries, PostingRules.Booked(transaction, currency));
    }

    private static void Adjust(
        List<JournalEntry> entries,
        LoanTransaction earlier,
        LoanTransaction now,
        DateOnly today,
        Currency currency
    )
    {
        if (
            earlier.Components == now.Components
            && earlier.OverpaidMinor == now.OverpaidMinor
            && earlier.IsAfterWriteOff == now.IsAfterWriteOff
        )
            return;
        AccrueInterest(entries, now.EventId, InterestIn(now) - InterestIn(earlier), today, currency);
        Add(entries, AdjustingEntries.Adjusted(earlier, now, today, currency));
    }

    private static void TakeBack(List<JournalEntry> entries, LoanTransaction? booked, DateOnly today, Currency currency)
    {
        if (booked is null)
            return;
        AccrueInterest(entries, booked.EventId, -InterestIn(booked), today, currency);
        Add(entries, AdjustingEntries.Reversed(booked, today, currency));
    }

    private static void AccrueInterest(
        List<JournalEntry> entries,
        LoanEventId eventId,
        long interestMinor,
        DateOnly on,
        Currency currency
    )
    {
        if (interestMinor != 0)
            entries.Add(PostingRules.InterestAccrued(eventId, interestMinor, on, currency));
    }

    private static void Add(List<JournalEntry> entries, JournalEntry? entry)
    {
        if (entry is not null)
            entries.Add(entry);
    }

    // A recovery after a write-off is another kind of income, for every component.
    private static long InterestIn(LoanTransaction transaction) =>
        LoanEventKinds.SourceOf(transaction.Kind) is not null && !transaction.IsAfterWriteOff
            ? transaction.Components.Interest
            : 0;
}
