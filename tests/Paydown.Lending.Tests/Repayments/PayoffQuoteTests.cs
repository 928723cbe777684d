using Paydown.Lending.Amounts;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Repayments;

public sealed class PayoffQuoteTests
{
    [Fact]
    public void Without_recalculation_a_payoff_is_the_whole_schedule_on_any_day()
    {
        var quote = PayoffQuote.For(
            Agreed.Flat(),
            new History().Disburse("2023-01-01", 300_000).Events,
            History.Day("2023-01-15")
        );
        quote.Components.ShouldBe(new ComponentAmounts(300_000, 9_000, 0, 0));
        quote.HoldsThrough.ShouldBeNull();
    }

    [Fact]
    public void With_recalculation_interest_runs_to_the_day_and_the_quote_holds_for_that_day()
    {
        var events = new History().Disburse("2024-01-01", 10_000).Pay("2024-02-01", 1_701).Events;
        var quote = PayoffQuote.For(Agreed.Recalculated(), events, History.Day("2024-02-15"));
        quote.Components.ShouldBe(new ComponentAmounts(8_357, 24, 0, 0));
        quote.HoldsThrough.ShouldBe(History.Day("2024-02-15"));
    }

    [Fact]
    public void With_rest_dates_interest_runs_to_the_next_rest_date()
    {
        var terms = Agreed.Recalculated() with
        {
            Recalculation = new InterestRecalculation(
                PreClosure.TillRestFrequencyDate,
                Reschedule.AdjustLastUnpaidPeriod,
                RestFrequency.SameAsRepayment,
                1
            ),
        };
        var events = new History().Disburse("2024-01-01", 10_000).Pay("2024-02-01", 1_701).Events;
        var quote = PayoffQuote.For(terms, events, History.Day("2024-02-15"));
        quote.Components.ShouldBe(new ComponentAmounts(8_357, 49, 0, 0));
        quote.HoldsThrough.ShouldBe(History.Day("2024-03-01"));
    }

    [Fact]
    public void A_quote_before_an_overdue_penalty_holds_until_the_grace_days_end()
    {
        var terms = Agreed.Flat() with
        {
            OverduePenalty = new OverduePenalty(1.5m, OverduePenaltyBase.PrincipalOverdue, 3),
        };
        var events = new History().Disburse("2023-01-01", 300_000).Events;
        PayoffQuote.For(terms, events, History.Day("2023-01-15")).HoldsThrough.ShouldBe(History.Day("2023-02-04"));
    }
}
