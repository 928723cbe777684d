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
        Say(settled, line.Components.Penalty, "penalty", currency);
        Say(settled, line.Components.Fees, "fees", currency);
        Say(settled, line.Components.Interest, "interest", currency);
        Say(settled, line.Components.Principal, "principal", currency);
        return $"Installment {line.InstallmentNumber} (due {line.DueOn:yyyy-MM-dd}): {string.Join(", ", settled)}.";
    }

    private static void Say(List<string> settled, long amountMinor, string component, Currency currency)
    {
        if (amountMinor == 0)
            return;
        var amount = new Money(amountMinor, currency).Major.ToString("F" + currency.FractionDigits);
        settled.Add($"{amount} of {component}");
    }
}
