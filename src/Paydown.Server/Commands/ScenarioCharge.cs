using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Server.Commands;

/// <summary>When a charge of a scenario falls due.</summary>
internal enum ScenarioChargeTime
{
    DueDate,
    Installment,
    Disbursement,
}

/// <summary>The base of a percentage charge of a scenario.</summary>
internal enum ScenarioChargeBase
{
    Flat,
    Amount,
    Interest,
    AmountAndInterest,
}

/// <summary>A charge of a scenario: agreed with the loan, or applied while it runs.</summary>
internal sealed record ScenarioCharge(ChargeKind Kind, ScenarioChargeTime Time, ScenarioChargeBase Of)
{
    /// <summary>For <see cref="ScenarioChargeBase.Flat"/>, the amount; otherwise null.</summary>
    public Money? Amount { get; init; }

    public decimal Percent { get; init; }

    /// <summary>For <see cref="ScenarioChargeTime.DueDate"/>.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Reads a charge; an error names its place in the file.</summary>
    public static ScenarioCharge Read(ScenarioField field, Currency currency)
    {
        var time =
            field
                .Find("time")
                ?.OneOf(
                    ("DUE_DATE", ScenarioChargeTime.DueDate),
                    ("INSTALLMENT", ScenarioChargeTime.Installment),
                    ("DISBURSEMENT", ScenarioChargeTime.Disbursement)
                )
            ?? ScenarioChargeTime.DueDate;
        var of =
            field
                .Find("calculation")
                ?.OneOf(
                    ("FLAT", ScenarioChargeBase.Flat),
                    ("PERCENT_OF_AMOUNT", ScenarioChargeBase.Amount),
                    ("PERCENT_OF_INTEREST", ScenarioChargeBase.Interest),
                    ("PERCENT_OF_AMOUNT_AND_INTEREST", ScenarioChargeBase.AmountAndInterest)
                )
            ?? ScenarioChargeBase.Flat;
        return new ScenarioCharge(
            field.Get("kind").OneOf(("fee", ChargeKind.Fee), ("penalty", ChargeKind.Penalty)),
            time,
            of
        )
        {
            Amount = of == ScenarioChargeBase.Flat ? ScenarioReader.ReadAmount(field.Get("amount"), currency) : null,
            Percent = of == ScenarioChargeBase.Flat ? 0m : field.Get("percent").Number(0m, 1000m),
            DueOn = time == ScenarioChargeTime.DueDate ? field.Get("date").Date() : null,
        };
    }

    /// <summary>The charge on an amount and its interest.</summary>
    public Money AmountFor(Money principal, Money interest) =>
        Of switch
        {
            ScenarioChargeBase.Flat => Amount!.Value,
            ScenarioChargeBase.Amount => Share(principal),
            ScenarioChargeBase.Interest => Share(interest),
            _ => Share(principal + interest),
        };

    private Money Share(Money whole) =>
        new((long)Math.Round(whole.MinorUnits * Percent / 100m, MidpointRounding.ToEven), whole.Currency);
}
