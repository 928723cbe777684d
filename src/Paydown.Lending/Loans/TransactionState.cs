using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>One transaction during a replay. Amounts in minor units.</summary>
internal sealed class TransactionState
{
    public required LoanEventId Id { get; init; }

    public required LoanEventKind Kind { get; init; }

    public required DateOnly On { get; init; }

    public required long Amount { get; init; }

    public ComponentAmounts Components { get; set; }

    public long Overpaid { get; set; }

    /// <summary>
    /// The part of <see cref="Overpaid"/> that was paid back to the customer and cannot meet new debt.
    /// </summary>
    public long Refunded { get; set; }

    /// <summary>The part of <see cref="Components"/> that is owed again because it was charged back.</summary>
    public ComponentAmounts ChargedBack { get; set; }

    public AllocationLine[] Lines { get; set; } = [];

    /// <summary>Where its money came from; null if it is no payment.</summary>
    public PaymentSource? Source { get; init; }

    public long PrincipalBalance { get; set; }

    public long TotalBalance { get; set; }

    public bool IsReversed { get; set; }

    public bool IsAfterWriteOff { get; set; }

    public bool IsAfterChargeOff { get; set; }

    public bool IsForPenalty { get; init; }

    /// <summary>For a write-off or charge-off: interest of future days.</summary>
    public long Forgone { get; init; }

    /// <summary>Money of the customer that can still pay new debt.</summary>
    public bool HoldsOverpayment => !IsReversed && Source is not null && Overpaid > Refunded;

    public LoanTransaction ToTransaction(Currency currency) =>
        new()
        {
            EventId = Id,
            Kind = Kind,
            On = On,
            Amount = new Money(Amount, currency),
            Components = Components,
            Overpaid = new Money(Overpaid, currency),
            Lines = Lines,
            PrincipalBalance = new Money(PrincipalBalance, currency),
            TotalBalance = new Money(TotalBalance, currency),
            IsReversed = IsReversed,
            IsAfterWriteOff = IsAfterWriteOff,
            IsAfterChargeOff = IsAfterChargeOff,
            IsForPenalty = IsForPenalty,
            ForgoneInterest = new Money(Forgone, currency),
        };
}
