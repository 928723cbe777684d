using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Allocation;

/// <summary>Says in words what a payment settled.</summary>
public static class AllocationExplanation
{
    /// <summary>
    /// For example <c>Installment 3 (due 2026-01-31): 40.00 of penalty, 12.50 of interest, 500.00 of principal.</c>
    /// </summary>
    public static string Of(AllocationLine line, Currency currency)
    {
        var settled = new List<string>(4);
        Say(settled, new Money(line.Components.Penalty, currency), "penalty");
        Say(settled, new Money(line.Components.Fees, currency), "fees");
        Say(settled, new Money(line.Components.Interest, currency), "interest");
        Say(settled, new Money(line.Components.Principal, currency), "principal");
        return $"Installment {line.InstallmentNumber} (due {line.DueOn:yyyy-MM-dd}): {string.Join(", ", settled)}.";
    }

    private static void Say(List<string> settled, Money amount, string component)
    {
        if (!amount.IsZero)
            settled.Add($"{amount.Major.ToString("F" + amount.Currency.FractionDigits)} of {component}");
    }
}
