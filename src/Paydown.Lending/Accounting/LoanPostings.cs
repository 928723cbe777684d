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
    /// <param name="accrual">
    /// The earned interest before and after; null if interest is recognised when it is paid.
    /// </param>
    public static IReadOnlyList<JournalEntry> Between(
        Loan? before,
        Loan after,
        DateOnly today,
        LoanAccrual? accrual = null
    )
    {
        var booked = new Dictionary<LoanEventId, LoanTransaction>();
        foreach (var transaction in before?.Transactions ?? [])
        {
            if (!transaction.IsReversed)
                booked.Add(transaction.EventId, transaction);
        }

        var entries = new List<JournalEntry>();
        if (accrual is not null)
            Accrue(entries, accrual, before, after, today);
        var accrues = accrual is not null;
        foreach (var transaction in after.Transactions)
        {
            booked.Remove(transaction.EventId, out var earlier);
            if (transaction.IsReversed)
                TakeBack(entries, earlier, today, accrues, isReversed: true);
            else if (earlier is null)
                Book(entries, transaction, accrues);
            else
                Adjust(entries, earlier, transaction, today, accrues);
        }

        // A penalty that the replay made before and does not make now, because of a backdated payment.
        foreach (var gone in booked.Values)
            TakeBack(entries, gone, today, accrues, isReversed: false);
        return entries;
    }

    /// <summary>
    /// What each account of the ledger must show for a loan, debits positive. Zeros are left out.
    /// </summary>
    /// <param name="loan">The loan.</param>
    /// <param name="accrual">
    /// Its earned and unpaid interest on the last posting day; null if interest is recognised when it is paid.
    /// </param>
    public static IReadOnlyDictionary<LedgerAccount, Money> Position(Loan loan, LoanAccrual? accrual = null)
    {
        var position = new Dictionary<LedgerAccount, Money>();
        foreach (var entry in Between(null, loan, loan.AsOf, accrual))
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

    // Each posting day recognises what was earned since the one before. The change itself recognises the rest: what its
    // payments settle, and what is earned and unpaid after it.
    private static void Accrue(
        List<JournalEntry> entries,
        LoanAccrual accrual,
        Loan? before,
        Loan after,
        DateOnly today
    )
    {
        var last = accrual.From;
        foreach (var step in accrual.Steps)
        {
            AccrueInterest(entries, accrual.LoanId, step.Unpaid - last.Unpaid, step.On, (before, last), (before, step));
            last = step;
        }

        var rest = NonAccrual.SettledIn(after) + accrual.To.Unpaid - last.Unpaid;
        if (before is not null)
            rest -= NonAccrual.SettledIn(before);
        AccrueInterest(
            entries,
            CauseOf(before, after) ?? accrual.LoanId,
            rest,
            accrual.To.On > last.On ? accrual.To.On : today,
            (before, last),
            (after, accrual.To)
        );
    }

    // The first event that is new.
    private static SubjectId? CauseOf(Loan? before, Loan after)
    {
        if (before is null || before.Transactions.Count >= after.Transactions.Count)
            return null;
        var known = before.Transactions.Select(one => one.EventId).ToHashSet();
        return after.Transactions.First(one => !known.Contains(one.EventId)).EventId.AsSubject;
    }

    private static void Book(List<JournalEntry> entries, LoanTransaction transaction, bool accrues)
    {
        if (!accrues)
            AccrueInterest(entries, transaction.EventId.AsSubject, InterestIn(transaction), transaction.On);
        Add(entries, PostingRules.Booked(transaction, accrues));
    }

    private static void Adjust(
        List<JournalEntry> entries,
        LoanTransaction earlier,
        LoanTransaction now,
        DateOnly today,
        bool accrues
    )
    {
        if (
            earlier.Components == now.Components
            && earlier.Overpaid == now.Overpaid
            && earlier.IsAfterWriteOff == now.IsAfterWriteOff
            && earlier.IsAfterChargeOff == now.IsAfterChargeOff
        )
            return;
        if (!accrues)
            AccrueInterest(entries, now.EventId.AsSubject, InterestIn(now) - InterestIn(earlier), today);
        Add(entries, AdjustingEntries.Adjusted(earlier, now, today, accrues));
    }

    private static void TakeBack(
        List<JournalEntry> entries,
        LoanTransaction? booked,
        DateOnly today,
        bool accrues,
        bool isReversed
    )
    {
        if (booked is null)
            return;
        if (!accrues)
            AccrueInterest(entries, booked.EventId.AsSubject, -InterestIn(booked), today);
        Add(entries, AdjustingEntries.Reversed(booked, today, accrues, isReversed));
    }

    private static void AccrueInterest(List<JournalEntry> entries, SubjectId subjectId, Money interest, DateOnly on)
    {
        if (!interest.IsZero)
            entries.Add(PostingRules.InterestAccrued(subjectId, interest, on));
    }

    // Interest that is earned or waived changes what is in suspense; the rest of the change has another reason.
    private static void AccrueInterest(
        List<JournalEntry> entries,
        SubjectId subjectId,
        Money interest,
        DateOnly on,
        (Loan? Loan, AccruedInterest Accrued) last,
        (Loan? Loan, AccruedInterest Accrued) next
    )
    {
        var change = next.Accrued.Suspended - last.Accrued.Suspended;
        var (least, most) = (Math.Min(0, interest.MinorUnits), Math.Max(0, interest.MinorUnits));
        var suspended = new Money(Math.Clamp(change.MinorUnits, least, most), interest.Currency);
        if (!interest.IsZero)
            entries.Add(PostingRules.InterestAccrued(subjectId, interest, on, suspended));
        var (from, to) = (LostInterest.Of(last.Loan, last.Accrued.Lost), LostInterest.Of(next.Loan, next.Accrued.Lost));
        Add(entries, PostingRules.SuspenseReleased(subjectId, suspended - change, from, to, on));
    }

    private static void Add(List<JournalEntry> entries, JournalEntry? entry)
    {
        if (entry is not null)
            entries.Add(entry);
    }

    // A recovery is another kind of income, for every component.
    private static Money InterestIn(LoanTransaction transaction) =>
        new(
            LoanEventKinds.SettlesDebts(transaction.Kind) && !transaction.IsOffTheBooks
                ? transaction.Components.Interest
                : 0,
            transaction.Amount.Currency
        );
}
