using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Accounting;

/// <summary>
/// The entries that correct what <see cref="PostingRules"/> booked for an event, once a replay or a reversal has
/// changed its effect. Each is the difference from what was booked.
/// </summary>
public static class AdjustingEntries
{
    /// <summary>A replay gives an event another effect.</summary>
    /// <param name="booked">The event as it was booked.</param>
    /// <param name="now">The event as the replay has it.</param>
    /// <param name="on">The day of the change that caused the replay.</param>
    /// <param name="accrues">True if interest is recognised as it is earned.</param>
    /// <returns>Null if both book the same.</returns>
    public static JournalEntry? Adjusted(LoanTransaction booked, LoanTransaction now, DateOnly on, bool accrues = false)
    {
        var kind = now.Kind switch
        {
            LoanEventKind.DownPayment or LoanEventKind.Repayment => JournalEntryKind.AllocationAdjusted,
            LoanEventKind.Charge => JournalEntryKind.ChargeAdjusted,
            _ => JournalEntryKind.EventAdjusted,
        };
        return new JournalDraft(kind, now.EventId.AsSubject, on, now.Amount.Currency)
            .Minus(PostingRules.Booked(booked, accrues))
            .Plus(PostingRules.Booked(now, accrues))
            .BalancedOrNone();
    }

    /// <summary>
    /// An event is reversed, or the replay no longer makes a penalty of the terms: the opposite of its entry.
    /// </summary>
    /// <param name="booked">The event as it stood before.</param>
    /// <param name="on">The day of the change.</param>
    /// <param name="accrues">True if interest is recognised as it is earned.</param>
    /// <param name="isReversed">False if the replay no longer makes it.</param>
    /// <returns>Null if the event has no entry.</returns>
    public static JournalEntry? Reversed(
        LoanTransaction booked,
        DateOnly on,
        bool accrues = false,
        bool isReversed = true
    )
    {
        var kind = booked.Kind switch
        {
            // A replay may need it again.
            LoanEventKind.DownPayment when !isReversed => JournalEntryKind.AllocationAdjusted,
            LoanEventKind.DownPayment or LoanEventKind.Repayment => JournalEntryKind.RepaymentReversed,
            LoanEventKind.Charge => JournalEntryKind.ChargeAdjusted,
            _ => JournalEntryKind.EventReversed,
        };
        return new JournalDraft(kind, booked.EventId.AsSubject, on, booked.Amount.Currency)
            .Minus(PostingRules.Booked(booked, accrues))
            .BalancedOrNone();
    }
}
