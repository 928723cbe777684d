using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Interest;

/// <summary>A row of a cumulative loan while the rows are made from what was paid. Amounts in minor units.</summary>
internal sealed class PlannedRow
{
    public DateOnly FromOn { get; init; }

    public DateOnly DueOn { get; set; }

    public bool IsDownPayment { get; init; }

    public ComponentAmounts Due { get; set; }

    public ComponentAmounts Paid { get; private set; }

    /// <summary>The payments of principal, each with the rest date from which it counts.</summary>
    public List<MoneyIn> Principal { get; } = [];

    /// <summary>Pays a component as far as it is owed.</summary>
    /// <returns>What was paid.</returns>
    public long Pay(Component component, long money, DateOnly on)
    {
        var paid = Math.Min(money, Due[component] - Paid[component]);
        if (paid <= 0)
            return 0;
        Paid += ComponentAmounts.Of(component, paid);
        if (component == Component.Principal)
            Principal.Add(new MoneyIn(on, paid));
        return paid;
    }

    /// <summary>Pays its penalties and fees.</summary>
    /// <returns>What was paid.</returns>
    public long PayCharges(long money)
    {
        var penalty = Pay(Component.Penalty, money, DueOn);
        return penalty + Pay(Component.Fee, money - penalty, DueOn);
    }

    /// <summary>The row with which the replay starts; charges are added to it as they occur.</summary>
    public InstallmentState ToState() =>
        new()
        {
            FromOn = FromOn,
            DueOn = DueOn,
            IsDownPayment = IsDownPayment,
            Due = Due with { Fees = 0, Penalty = 0 },
        };
}
