using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;

namespace Paydown.Server.Tests;

/// <summary>Products that tests offer.</summary>
internal static class TestProducts
{
    /// <summary>
    /// 100.00 to 50,000.00 NGN for 1 to 24 months at 12 % per year, 30/360. A manager approves and pays out.
    /// </summary>
    public static LoanProduct Salary { get; } =
        new()
        {
            Id = default,
            Version = 1,
            Name = "Salary Loan",
            Description = "For people with a salary.",
            AccountProductName = "Personal Loans",
            AmountMin = Kobo(100_00),
            AmountMax = Kobo(50_000_00),
            DurationMin = 1,
            DurationMax = 24,
            AnnualRatePercent = 12,
            AnnualRatePercentMin = 6,
            AnnualRatePercentMax = 24,
            Schedule = new() { DaysInYear = DaysInYear.Days360, DaysInMonth = DaysInMonth.Days30 },
            Allocation = new()
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
            RepaymentMethods = [PaymentMethod.BankTransfer, PaymentMethod.Wallet],
            Eligibility = new() { MonthlyIncomeMin = Kobo(0) },
        };

    /// <summary>Returns a product whose loans have exactly these terms.</summary>
    public static LoanProduct Of(LoanTerms terms) =>
        Salary with
        {
            AmountMin = terms.Principal,
            AmountMax = terms.Principal,
            DurationMin = terms.NumberOfInstallments,
            DurationMax = terms.NumberOfInstallments,
            RepayEvery = terms.RepayEvery,
            DurationUnit = terms.RepayUnit,
            AnnualRatePercent = terms.AnnualRatePercent,
            AnnualRatePercentMin = terms.AnnualRatePercent,
            AnnualRatePercentMax = terms.AnnualRatePercent,
            Schedule = new()
            {
                ScheduleType = terms.ScheduleType,
                InterestMethod = terms.InterestMethod,
                // A progressive schedule always counts days.
                InterestPeriod =
                    terms.ScheduleType == ScheduleType.Progressive
                        ? InterestPeriod.SameAsRepaymentPeriod
                        : terms.InterestPeriod,
                Amortization = terms.Amortization,
                DaysInYear = terms.DaysInYear,
                DaysInMonth = terms.DaysInMonth,
                DownPayment = terms.DownPayment,
                Recalculation = terms.Recalculation,
            },
            OverduePenalty = terms.OverduePenalty,
            ArrearsTolerance = terms.ArrearsTolerance,
            Allocation = terms.Allocation,
        };
}
