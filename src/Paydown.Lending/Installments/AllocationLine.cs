using Paydown.Lending.Amounts;

namespace Paydown.Lending.Installments;

/// <summary>The part of one installment that one payment settled. Amounts in minor units.</summary>
public readonly record struct AllocationLine(int InstallmentNumber, DateOnly DueOn, ComponentAmounts Components);
