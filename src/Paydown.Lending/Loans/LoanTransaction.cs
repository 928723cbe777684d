using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>What one event came to in this replay. Amounts in minor units.</summary>
public sealed record LoanTransaction
{
    public required Guid EventId { get; init; }

    public required LoanEventKind Kind { get; init; }

    public required DateOnly On { get; init; }

    public required long AmountMinor { get; init; }

    /// <summary>How the amount was split.</summary>
    public required ComponentAmounts Components { get; init; }

    /// <summary>Of the amount: beyond all that is owed.</summary>
    public required long OverpaidMinor { get; init; }

    /// <summary>Which installments got what, in the order of allocation, one line an installment.</summary>
    public required IReadOnlyList<AllocationLine> Lines { get; init; }

    /// <summary>Principal of the loan outstanding right after this transaction.</summary>
    public required long PrincipalBalanceMinor { get; init; }

    /// <summary>All that is outstanding on the loan right after this transaction.</summary>
    public required long TotalBalanceMinor { get; init; }

    /// <summary>
    /// True where the event was taken back: it counts for nothing, and shows what it came to until then.
    /// </summary>
    public required bool IsReversed { get; init; }

    /// <summary>
    /// True where it came after the loan was written off: money recovers what was lost, and what is owed anew is lost
    /// at once.
    /// </summary>
    public bool IsAfterWriteOff { get; init; }

    /// <summary>Of a write-off: interest of days to come that fell away; no part of <see cref="Components"/>.</summary>
    public long ForgoneInterestMinor { get; init; }
}
