using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Allocation;

public sealed class AllocationTests
{
    [Fact]
    public void Oldest_first_settles_each_installment_in_the_agreed_order()
    {
        var paid = Paid(Agreed.Flat(), WithCharge("2023-02-01").Pay("2023-02-01", 50_000));
        paid[0].ShouldBe(new ComponentAmounts(42_000, 3_000, 5_000, 0));
        paid[1].ShouldBe(default);
    }

    [Fact]
    public void Due_debts_come_before_advances_and_charges_have_their_own_due_dates()
    {
        var history = WithCharge("2023-01-15").Charge("2023-01-15", "2023-01-20", 5_000).Pay("2023-01-15", 50_000);
        Paid(Agreed.Flat(Agreed.DueThenInAdvance), history)[0].ShouldBe(new ComponentAmounts(45_000, 0, 5_000, 0));
    }

    [Fact]
    public void A_charge_already_due_in_a_later_installment_comes_before_any_advance()
    {
        var history = new History()
            .Disburse("2023-01-01", 300_000)
            .Charge("2023-01-05", "2023-02-10", 4_000)
            .Charge("2023-01-05", "2023-02-20", 6_000)
            .Pay("2023-02-10", 110_000);
        var paid = Paid(Agreed.Flat(Agreed.DueThenInAdvance), history);
        paid[0].ShouldBe(new ComponentAmounts(100_000, 3_000, 0, 0));
        paid[1].ShouldBe(new ComponentAmounts(3_000, 0, 4_000, 0));
    }

    [Fact]
    public void A_charge_that_is_due_does_not_make_those_of_other_installments_due()
    {
        var history = new History()
            .Disburse("2023-01-01", 300_000)
            .Charge("2023-01-05", "2023-01-20", 4_000)
            .Charge("2023-01-05", "2023-02-20", 6_000)
            .Pay("2023-02-10", 110_000);
        var paid = Paid(Agreed.Flat(Agreed.DueThenInAdvance), history);
        paid[0].ShouldBe(new ComponentAmounts(100_000, 3_000, 4_000, 0));
        paid[1].ShouldBe(new ComponentAmounts(3_000, 0, 0, 0));
    }

    [Theory]
    [InlineData(FutureRule.NextInstallment, 40_000, 0)]
    [InlineData(FutureRule.LastInstallment, 0, 40_000)]
    [InlineData(FutureRule.Reamortization, 20_000, 20_000)]
    public void Future_money_follows_the_rule(FutureRule rule, long second, long third)
    {
        var paid = Paid(
            Free(Processing.Horizontal, rule),
            new History().Disburse("2023-01-01", 300_000).Pay("2023-02-01", 140_000)
        );
        paid.Select(parts => parts.Principal).ShouldBe([100_000, second, third]);
    }

    [Fact]
    public void Reamortization_puts_the_remainder_on_the_last_installment_and_repeats()
    {
        var history = new History()
            .Disburse("2023-01-01", 300_000)
            .Pay("2023-01-10", 90_000)
            .Pay("2023-01-11", 100_001);
        var paid = Paid(Free(Processing.Horizontal, FutureRule.Reamortization), history);
        paid.Select(parts => parts.Principal).ShouldBe([63_334, 63_334, 63_333]);
    }

    [Fact]
    public void Horizontal_finishes_an_installment_first_and_vertical_a_bucket()
    {
        var history = new History()
            .Disburse("2023-01-01", 300_000)
            .Charge("2023-01-02", "2023-02-15", 2_000, ChargeKind.Penalty)
            .Charge("2023-01-02", "2023-03-15", 2_000, ChargeKind.Penalty)
            .Pay("2023-02-01", 110_000);
        Paid(Free(Processing.Horizontal), history).Select(parts => parts.Penalty).ShouldBe([0, 2_000, 0]);
        Paid(Free(Processing.Vertical), history).Select(parts => parts.Penalty).ShouldBe([0, 2_000, 2_000]);
    }

    [Fact]
    public void The_rule_depends_on_the_kind_of_transaction()
    {
        var terms = Free(Processing.Horizontal);
        terms = terms with
        {
            Allocation = terms.Allocation with
            {
                FutureRules = new Dictionary<PaymentSource, FutureRule>
                {
                    [PaymentSource.GoodwillCredit] = FutureRule.LastInstallment,
                },
            },
        };
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-01-10", 10_000);
        history.Add(LoanEventKind.GoodwillCredit, History.Day("2023-01-11"), 20_000);
        Paid(terms, history).Select(parts => parts.Principal).ShouldBe([10_000, 0, 20_000]);
    }

    [Fact]
    public void Lines_show_what_each_installment_received()
    {
        var loan = new History()
            .Disburse("2023-01-01", 300_000)
            .Pay("2023-02-01", 120_000)
            .Replay(Agreed.Flat(), "2023-02-01");
        loan.Transactions[^1]
            .Lines.ShouldBe([
                new AllocationLine(1, History.Day("2023-02-01"), new ComponentAmounts(100_000, 3_000, 0, 0)),
                new AllocationLine(2, History.Day("2023-03-01"), new ComponentAmounts(14_000, 3_000, 0, 0)),
            ]);
    }

    private static LoanTerms Free(Processing processing, FutureRule rule = FutureRule.NextInstallment) =>
        Agreed.Flat(Agreed.Advanced with { Processing = processing, DefaultFutureRule = rule }) with
        {
            AnnualRatePercent = 0m,
        };

    private static History WithCharge(string dueOn) =>
        new History().Disburse("2023-01-01", 300_000).Charge("2023-01-05", dueOn, 5_000);

    private static ComponentAmounts[] Paid(LoanTerms terms, History history) =>
        [.. history.Replay(terms, "2023-02-15").Installments.Select(installment => installment.Paid)];
}
