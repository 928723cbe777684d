using Paydown.Lending.Amounts;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Products;

/// <summary>The terms of a loan that is made of a product.</summary>
public static class ProductTerms
{
    /// <summary>The terms of a loan of a product.</summary>
    /// <param name="product">The version that is offered.</param>
    /// <param name="principal">The amount of the loan.</param>
    /// <param name="duration">How many installments.</param>
    /// <param name="annualRatePercent">Percent a year.</param>
    /// <param name="submittedOn">The day from which due dates are foreseen while nothing is disbursed.</param>
    /// <param name="firstDueOn">The first due date that is agreed; null: one period after payout.</param>
    public static LoanTerms Of(
        LoanProduct product,
        Money principal,
        int duration,
        decimal annualRatePercent,
        DateOnly submittedOn,
        DateOnly? firstDueOn = null
    ) =>
        new()
        {
            Principal = principal,
            AnnualRatePercent = annualRatePercent,
            NumberOfInstallments = duration,
            RepayEvery = product.RepayEvery,
            RepayUnit = product.DurationUnit,
            SubmittedOn = submittedOn,
            FirstDueOn = firstDueOn,
            GracePrincipal = product.Schedule.GracePrincipal,
            GraceInterest = product.Schedule.GraceInterest,
            InterestFreePeriods = product.Schedule.InterestFreePeriods,
            ScheduleType = product.Schedule.ScheduleType,
            InterestMethod = product.Schedule.InterestMethod,
            // A progressive schedule always counts days.
            InterestPeriod =
                product.Schedule.ScheduleType == ScheduleType.Progressive
                    ? InterestPeriod.Daily
                    : product.Schedule.InterestPeriod,
            Amortization = product.Schedule.Amortization,
            DaysInYear = product.Schedule.DaysInYear,
            DaysInMonth = product.Schedule.DaysInMonth,
            MonthEnd = product.Schedule.MonthEnd,
            InstallmentMultipleOf = product.Schedule.InstallmentMultipleOf,
            PartialPeriodInterest = product.Schedule.PartialPeriodInterest,
            DownPayment = product.Schedule.DownPayment,
            Recalculation = product.Schedule.Recalculation,
            OverduePenalty = product.OverduePenalty,
            ArrearsTolerance = product.ArrearsTolerance,
            Allocation = product.Allocation,
        };

    /// <summary>What a fee comes to for a principal; a percentage is rounded once, HALF_EVEN.</summary>
    public static Money AmountOf(ProductFee fee, Money principal) =>
        fee.Kind == FeeKind.Flat
            ? fee.Amount
            : new(
                (long)decimal.Round(principal.MinorUnits * fee.Percent / 100m, 0, MidpointRounding.ToEven),
                principal.Currency
            );
}
