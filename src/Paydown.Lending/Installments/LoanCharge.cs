namespace Paydown.Lending.Installments;

/// <summary>A fee or penalty with what became of it. Amounts in minor units.</summary>
public sealed record LoanCharge
{
    /// <summary>The event; for an overdue penalty, <c>DerivedId.Penalty</c>.</summary>
    public required Guid EventId { get; init; }

    public required ChargeKind Kind { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>The installment that it was added to.</summary>
    public required int InstallmentNumber { get; init; }

    public required long AmountMinor { get; init; }

    public required long WaivedMinor { get; init; }

    public required long PaidMinor { get; init; }

    /// <summary>What is still owed of it.</summary>
    public long OutstandingMinor => AmountMinor - WaivedMinor - PaidMinor;
}
