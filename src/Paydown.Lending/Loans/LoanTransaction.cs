using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>The effect of one event in this replay.</summary>
public sealed record LoanTransaction
{
    public required LoanEventId EventId { get; init; }

    public required LoanEventKind Kind { get; init; }

    public required DateOnly On { get; init; }

    public required Money Amount { get; init; }

    /// <summary>How the amount was split, in minor units.</summary>
    public required ComponentAmounts Components { get; init; }

    /// <summary>The part of the amount beyond everything owed.</summary>
    public required Money Overpaid { get; init; }

    /// <summary>What each installment received, in the order of allocation; one line per installment.</summary>
    public required IReadOnlyList<AllocationLine> Lines { get; init; }

    /// <summary>Principal of the loan outstanding right after this transaction.</summary>
    public required Money PrincipalBalance { get; init; }

    /// <summary>All that is outstanding on the loan right after this transaction.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>
    /// True if the event was reversed: it has no effect now, and shows its effect before the reversal.
    /// </summary>
    public required bool IsReversed { get; init; }

    /// <summary>
    /// True if it came after the write-off: money recovers what was lost, and new debt is written off immediately.
    /// </summary>
    public bool IsAfterWriteOff { get; init; }

    /// <summary>True if it came after the charge-off: the debt is owed still, but not in the books.</summary>
    public bool IsAfterChargeOff { get; init; }

    /// <summary>True if the debt had left the books before it, by a charge-off or a write-off.</summary>
    public bool IsOffTheBooks => IsAfterWriteOff || IsAfterChargeOff;

    /// <summary>True if it is a credit for a penalty.</summary>
    public bool IsForPenalty { get; init; }

    /// <summary>
    /// Interest of future days; not part of <see cref="Components"/>. A write-off cancels it; after a charge-off it is
    /// still owed.
    /// </summary>
    public required Money ForgoneInterest { get; init; }
}
