using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Installments;

/// <summary>A fee or penalty and how far it is paid. Amounts in minor units.</summary>
public sealed record LoanCharge
{
    /// <summary>The event; for an overdue penalty, <c>DerivedId.Penalty</c>.</summary>
    public required LoanEventId EventId { get; init; }

    public required ChargeKind Kind { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>The installment that it was added to.</summary>
    public required int InstallmentNumber { get; init; }

    public required long AmountMinor { get; init; }

    public required long WaivedMinor { get; init; }

    public required long PaidMinor { get; init; }

    /// <summary>The part still owed.</summary>
    public long OutstandingMinor => AmountMinor - WaivedMinor - PaidMinor;
}
