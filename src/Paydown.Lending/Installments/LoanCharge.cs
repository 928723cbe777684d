using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Installments;

/// <summary>A fee or penalty and how far it is paid.</summary>
public sealed record LoanCharge
{
    /// <summary>The event; for an overdue penalty, <c>DerivedId.Penalty</c>.</summary>
    public required LoanEventId EventId { get; init; }

    public required ChargeKind Kind { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>The installment that it was added to.</summary>
    public required int InstallmentNumber { get; init; }

    public required Money Amount { get; init; }

    public required Money Waived { get; init; }

    public required Money Paid { get; init; }

    /// <summary>What was overdue when the terms charged this penalty; null for all other charges.</summary>
    public Money? Overdue { get; init; }

    /// <summary>The part still owed.</summary>
    public Money Outstanding => Amount - Waived - Paid;
}
