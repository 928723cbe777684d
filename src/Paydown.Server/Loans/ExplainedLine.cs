using Paydown.Lending.Allocation;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Server.Loans;

/// <summary>The part of a repayment that settled one installment, in figures and in words.</summary>
/// <param name="InstallmentNumber">The installment's place in the schedule, counted from 1.</param>
/// <param name="DueDate">The installment's due date.</param>
/// <param name="Principal">The principal that was paid.</param>
/// <param name="Interest">The interest that was paid.</param>
/// <param name="Fees">The fees that were paid.</param>
/// <param name="Penalty">The penalty that was paid.</param>
/// <param name="Explanation">The same in one English sentence.</param>
public sealed record ExplainedLine(
    int InstallmentNumber,
    DateOnly DueDate,
    Money Principal,
    Money Interest,
    Money Fees,
    Money Penalty,
    string Explanation
)
{
    public static ExplainedLine Of(AllocationLine line, Currency currency) =>
        new(
            line.InstallmentNumber,
            line.DueOn,
            new Money(line.Components.Principal, currency),
            new Money(line.Components.Interest, currency),
            new Money(line.Components.Fees, currency),
            new Money(line.Components.Penalty, currency),
            AllocationExplanation.Of(line, currency)
        );
}
