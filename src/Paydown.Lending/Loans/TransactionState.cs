using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>One transaction while the fold runs. Amounts in minor units.</summary>
internal sealed class TransactionState
{
    public required Guid Id { get; init; }

    public required LoanEventKind Kind { get; init; }

    public required DateOnly On { get; init; }

    public required long Amount { get; init; }

    public ComponentAmounts Components { get; set; }

    public long Overpaid { get; set; }

    /// <summary>Of <see cref="Overpaid"/>: paid back to the customer, so no longer there to meet new debt.</summary>
    public long Refunded { get; set; }

    /// <summary>Of <see cref="Components"/>: owed again, because it was charged back.</summary>
    public ComponentAmounts ChargedBack { get; set; }

    public AllocationLine[] Lines { get; set; } = [];

    /// <summary>Where its money came from; null if it is no payment.</summary>
    public PaymentSource? Source { get; init; }

    public long PrincipalBalance { get; set; }

    public long TotalBalance { get; set; }

    public bool IsReversed { get; set; }

    public bool IsAfterWriteOff { get; set; }

    /// <summary>Of a write-off: interest of days to come, which fell away.</summary>
    public long Forgone { get; init; }

    /// <summary>Money of the customer's that new debt may still be paid from.</summary>
    public bool HoldsOverpayment => !IsReversed && Source is not null && Overpaid > Refunded;

    public LoanTransaction ToTransaction() =>
        new()
        {
            EventId = Id,
            Kind = Kind,
            On = On,
            AmountMinor = Amount,
            Components = Components,
            OverpaidMinor = Overpaid,
            Lines = Lines,
            PrincipalBalanceMinor = PrincipalBalance,
            TotalBalanceMinor = TotalBalance,
            IsReversed = IsReversed,
            IsAfterWriteOff = IsAfterWriteOff,
            ForgoneInterestMinor = Forgone,
        };
}
