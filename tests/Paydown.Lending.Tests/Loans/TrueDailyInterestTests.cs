using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

/// <summary>
/// Interest on what is really outstanding each day (United States Rule), whatever the type of schedule: a payment pays
/// the interest up to its day, and the rest of it lowers the balance.
/// </summary>
public sealed class TrueDailyInterestTests
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    // 10,500 at 9.5 %, 240 days of 360, 4,620 on day 96: 266.00 until then, 233.55 on 6,146 after it.
    [Theory]
    [InlineData(ScheduleType.Cumulative, InterestBalance.Actual, 499_55)]
    [InlineData(ScheduleType.Progressive, InterestBalance.Actual, 499_55)]
    [InlineData(ScheduleType.Cumulative, InterestBalance.Planned, 489_44)]
    public void An_early_payment_pays_interest_up_to_its_day(
        ScheduleType schedule,
        InterestBalance balance,
        long interest
    )
    {
        var terms = Terms(schedule, balance, Reschedule.AdjustLastUnpaidPeriod) with
        {
            Principal = Kobo(10_500_00),
            AnnualRatePercent = 9.5m,
            NumberOfInstallments = 1,
            RepayEvery = 240,
            RepayUnit = PeriodUnit.Days,
        };
        LoanEvent[] events = [Given(10_500_00), Paid(2, Start.AddDays(96), 4_620_00)];
        var loan = Loan.Replay(terms, events, Start.AddDays(240));
        (loan.Payoff.Interest + loan.Paid.Interest).ShouldBe(interest);
        if (balance == InterestBalance.Planned)
            return;
        loan.Transactions[1].Components.ShouldBe(new ComponentAmounts(4_354_00, 266_00, 0, 0));
        loan.Payoff.Total.ShouldBe(6_379_55);
    }

    // 1,200 over 12 months without a rate that matters for the shape: 400 early in the first month.
    [Theory]
    [InlineData(Reschedule.ReduceEmiAmount)]
    [InlineData(Reschedule.ReduceNumberOfInstallments)]
    [InlineData(Reschedule.AdjustLastUnpaidPeriod)]
    public void An_early_payment_changes_the_installments_as_agreed(Reschedule reschedule)
    {
        var terms = Terms(ScheduleType.Cumulative, InterestBalance.Actual, reschedule);
        var regular = Loan.Replay(terms, [Given(1_200_00)], Start).Installments[5].Due.Total;
        var loan = Loan.Replay(terms, [Given(1_200_00), Paid(2, new DateOnly(2026, 1, 16), 400_00)], Start.AddDays(20));
        var rows = loan.Installments;
        rows.Sum(row => row.Due.Principal).ShouldBe(1_200_00);
        switch (reschedule)
        {
            case Reschedule.ReduceEmiAmount:
                rows[0].Paid.Total.ShouldBe(400_00);
                rows.Skip(1).Take(10).ShouldAllBe(row => row.Due.Total == rows[1].Due.Total);
                rows[1].Due.Total.ShouldBeLessThan(regular);
                rows[^1].Due.Total.ShouldBeInRange(rows[1].Due.Total - 50, rows[1].Due.Total + 50);
                break;
            case Reschedule.ReduceNumberOfInstallments:
                rows[0].Paid.Total.ShouldBe(400_00);
                rows[1].Due.Total.ShouldBe(regular);
                rows[^1].Due.Total.ShouldBe(0);
                break;
            default:
                rows[1].Outstanding.Total.ShouldBe(0);
                rows[6].Due.Total.ShouldBe(regular);
                break;
        }
    }

    // The first installment stays unpaid for a month: its principal bears interest in the second period, or none.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Overdue_principal_bears_interest_unless_agreed_otherwise(bool interestOnOverdue)
    {
        var terms = Terms(ScheduleType.Progressive, InterestBalance.Actual, Reschedule.AdjustLastUnpaidPeriod);
        terms = terms with
        {
            DaysInMonth = DaysInMonth.Days30,
            Recalculation = terms.Recalculation! with { InterestOnOverdue = interestOnOverdue },
        };
        var loan = Loan.Replay(terms, [Given(1_200_00)], new DateOnly(2026, 3, 1));
        loan.Installments[0].Due.ShouldBe(new ComponentAmounts(94_62, 12_00, 0, 0));
        loan.Installments[1].Due.Interest.ShouldBe(interestOnOverdue ? 12_00 : 11_05);
    }

    private static LoanTerms Terms(ScheduleType schedule, InterestBalance balance, Reschedule reschedule) =>
        new()
        {
            Principal = Kobo(1_200_00),
            AnnualRatePercent = 12m,
            NumberOfInstallments = 12,
            SubmittedOn = Start,
            ScheduleType = schedule,
            InterestPeriod = InterestPeriod.Daily,
            DaysInYear = DaysInYear.Days360,
            Recalculation = new InterestRecalculation(
                PreClosure.TillPreClosureDate,
                reschedule,
                RestFrequency.Daily,
                1,
                balance
            ),
            Allocation = new AllocationPolicy
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };

    private static Disbursed Given(long amount) =>
        new Disbursed
        {
            Id = new(new Guid(1, 0, 0, new byte[8])),
            Sequence = 1,
            On = Start,
            Amount = Kobo(amount),
        };

    private static PaymentReceived Paid(int sequence, DateOnly on, long amount) =>
        new PaymentReceived
        {
            Id = new(new Guid(sequence, 0, 0, new byte[8])),
            Sequence = sequence,
            On = on,
            Amount = Kobo(amount),
        };
}
