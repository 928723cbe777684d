using Paydown.Lending.Amounts;

namespace Paydown.Lending.Installments;

/// <summary>What one payment settled of one installment. Amounts in minor units.</summary>
public readonly record struct AllocationLine(int InstallmentNumber, DateOnly DueOn, ComponentAmounts Components);
