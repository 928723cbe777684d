using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Server.Tests;

/// <summary>
/// A loan of 1,200.00 NGN in twelve installments of 100.00, 30 days apart. By default it bears no interest, its first
/// installment falls due in 20 days, and nothing is repaid.
/// </summary>
public sealed record TestLoan
{
    /// <summary>The days since the loan was paid out.</summary>
    public int DaysAgo { get; init; } = 10;

    /// <summary>The amount repaid on the day after the payout, in minor units.</summary>
    public long PaidMinor { get; init; }

    /// <summary>The third party that collects the loan; null if the lender does.</summary>
    public string? Collector { get; init; }

    /// <summary>The interest rate in percent per year, accrued daily on the outstanding balance.</summary>
    public decimal AnnualRatePercent { get; init; }

    public LoanTerms TermsFrom(DateOnly day) =>
        new()
        {
            Principal = Kobo(1_200_00),
            AnnualRatePercent = AnnualRatePercent,
            NumberOfInstallments = 12,
            RepayEvery = 30,
            RepayUnit = PeriodUnit.Days,
            SubmittedOn = day,
            InterestPeriod = InterestPeriod.Daily,
            Recalculation =
                AnnualRatePercent == 0
                    ? null
                    : new(PreClosure.TillPreClosureDate, Reschedule.AdjustLastUnpaidPeriod, RestFrequency.Daily, 1),
            Allocation = new()
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };
}
