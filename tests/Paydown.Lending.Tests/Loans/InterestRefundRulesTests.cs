using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

/// <summary>
/// 100.00 at 7 % in months of 30 days: a month of the whole costs 58.33 cents, a month of half of it 29.17.
/// </summary>
public sealed class InterestRefundRulesTests
{
    [Theory]
    [InlineData("2024-02-01", 10_000, 58)]
    [InlineData("2024-02-01", 5_000, 29)]
    [InlineData("2024-01-01", 5_000, 0)]
    public void The_interest_that_the_returned_money_had_cost_goes_back(string on, long amount, long interest) =>
        Amount(Lent(), on, amount).ShouldBe(Kobo(interest));

    [Fact]
    public void Without_recalculation_the_days_count_all_the_same()
    {
        var terms = Agreed.Recalculated() with { Recalculation = null };
        InterestRefundRules.Amount(terms, Lent().Events, Refund("2024-02-01", 5_000)).ShouldBe(Kobo(29));
        // 15 of 31 days of 58.33.
        InterestRefundRules.InterestThrough(terms, Lent().Events, History.Day("2024-01-16")).ShouldBe(Kobo(28));
    }

    [Fact]
    public void Interest_runs_to_the_day_even_if_closing_would_cost_more()
    {
        var terms = Agreed.Recalculated() with
        {
            Recalculation = new(
                PreClosure.TillRestFrequencyDate,
                Reschedule.AdjustLastUnpaidPeriod,
                RestFrequency.SameAsRepayment,
                1
            ),
        };
        InterestRefundRules.InterestThrough(terms, Lent().Events, History.Day("2024-01-16")).ShouldBe(Kobo(28));
    }

    [Fact]
    public void Only_what_happened_by_the_day_of_the_refund_counts()
    {
        Amount(Lent().Pay("2024-02-10", 9_000), "2024-02-01", 5_000).ShouldBe(Kobo(29));
        InterestRefundRules
            .Amount(Agreed.Recalculated(), new History().Events, Refund("2024-02-01", 5_000))
            .ShouldBe(Kobo(0));
        InterestRefundRules.Amount(Agreed.Recalculated(), Lent().Events, Refund("2023-12-31", 5_000)).ShouldBe(Kobo(0));
    }

    [Fact]
    public void A_payment_reversed_later_never_saved_interest()
    {
        var history = Lent().Pay("2024-01-01", 10_000);
        Amount(history, "2024-02-01", 5_000).ShouldBe(Kobo(0));
        Amount(history.Reverse("2024-02-20", history.Last), "2024-02-01", 5_000).ShouldBe(Kobo(29));
    }

    [Fact]
    public void What_came_back_earlier_counts_too_and_what_was_returned_for_it_is_not_returned_again()
    {
        var history = Lent().Disburse("2024-01-16", 10_000);
        // 100.00 for a month and 50.00 for half of it; of the first 50.00, 29 had gone back.
        var earlier = history
            .Add(LoanEventKind.MerchantIssuedRefund, History.Day("2024-02-01"), 5_000)
            .Add(LoanEventKind.InterestRefund, History.Day("2024-02-01"), 29);
        Amount(earlier, "2024-02-01", 10_000).ShouldBe(Kobo(58 + 15 - 29));
    }

    [Fact]
    public void Interest_through_a_day_is_what_is_paid_and_what_is_owed_of_it()
    {
        var events = Lent().Pay("2024-02-01", 1_701).Events;
        InterestRefundRules
            .InterestThrough(Agreed.Recalculated(), events, History.Day("2024-02-01"))
            .ShouldBe(Kobo(58));
        // From February on 83.57 are lent: half of 48.75 cents, 14 of 29 days.
        InterestRefundRules
            .InterestThrough(Agreed.Recalculated(), events, History.Day("2024-02-15"))
            .ShouldBe(Kobo(58 + 24));
    }

    private static History Lent() => new History().Disburse("2024-01-01", 10_000);

    private static Money Amount(History history, string on, long amount) =>
        InterestRefundRules.Amount(Agreed.Recalculated(), history.Events, Refund(on, amount));

    private static PaymentReceived Refund(string on, long amount) =>
        TestEvents.Payment(History.IdOf(90), 90, History.Day(on), Kobo(amount), PaymentSource.MerchantIssuedRefund);
}
