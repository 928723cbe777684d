using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Allocation;

/// <summary>
/// Money for the future. Three installments of 1,000.00 without interest, due on the first of each month.
/// </summary>
public sealed class AdvancedAllocationTests
{
    [Theory]
    [InlineData(FutureRule.NextInstallment, 150_000, 100_000, 50_000, 0)]
    [InlineData(FutureRule.LastInstallment, 150_000, 0, 50_000, 100_000)]
    [InlineData(FutureRule.LastInstallment, 250_000, 50_000, 100_000, 100_000)]
    [InlineData(FutureRule.NextLastInstallment, 150_000, 100_000, 0, 50_000)]
    [InlineData(FutureRule.NextLastInstallment, 250_000, 100_000, 50_000, 100_000)]
    [InlineData(FutureRule.Reamortization, 150_001, 50_000, 50_000, 50_001)]
    public void Money_before_the_first_due_date_follows_the_rule(
        FutureRule rule,
        long amount,
        long first,
        long second,
        long third
    )
    {
        foreach (var processing in Enum.GetValues<Processing>())
            Principal(Policy(processing, rule), Lent().Pay("2023-01-10", amount)).ShouldBe([first, second, third]);
    }

    [Theory]
    [InlineData(FutureRule.LastInstallment, 0, 10_000)]
    [InlineData(FutureRule.NextInstallment, 10_000, 0)]
    public void What_is_due_is_paid_before_the_rule_applies(FutureRule rule, long second, long third)
    {
        foreach (var processing in Enum.GetValues<Processing>())
            Principal(Policy(processing, rule), Lent().Pay("2023-02-01", 110_000)).ShouldBe([100_000, second, third]);
    }

    [Theory]
    [InlineData(FutureRule.NextLastInstallment, "2023-02-01", 50_000, 0)]
    [InlineData(FutureRule.NextLastInstallment, "2023-02-10", 50_000, 0)]
    [InlineData(FutureRule.NextInstallment, "2023-02-01", 50_000, 0)]
    [InlineData(FutureRule.LastInstallment, "2023-02-01", 0, 50_000)]
    [InlineData(FutureRule.Reamortization, "2023-02-01", 25_000, 25_000)]
    public void Only_installments_after_the_payment_date_are_in_advance(
        FutureRule rule,
        string on,
        long second,
        long third
    ) => Principal(InAdvanceOnly(rule), Lent().Pay(on, 50_000)).ShouldBe([0, second, third]);

    [Fact]
    public void Reamortization_leaves_out_what_is_due_and_what_is_paid()
    {
        // 300.01 for the second and the third: half each, and the odd minor unit on the last.
        Principal(InAdvanceOnly(FutureRule.Reamortization), Lent().Pay("2023-02-01", 30_001))
            .ShouldBe([0, 15_000, 15_001]);
        var policy = Policy(Processing.Horizontal, FutureRule.Reamortization) with
        {
            FutureRules = new Dictionary<PaymentSource, FutureRule>
            {
                [PaymentSource.GoodwillCredit] = FutureRule.LastInstallment,
            },
        };
        var history = Lent()
            .Add(LoanEventKind.GoodwillCredit, History.Day("2023-01-05"), 100_000)
            .Pay("2023-01-10", 30_001);
        Principal(policy, history).ShouldBe([15_000, 15_001, 100_000]);
    }

    [Fact]
    public void Reamortization_passes_on_what_an_installment_does_not_need()
    {
        // 450.00 is in each; 850.00 to each of two would be more than the 550.00 that they owe.
        var history = Lent().Pay("2023-01-10", 135_000).Pay("2023-01-11", 165_000);
        var policy = Policy(Processing.Horizontal, FutureRule.Reamortization);
        Principal(policy, history).ShouldBe([100_000, 100_000, 100_000]);
        // The third is nearly paid: it takes 1.00, the others share the rest.
        history = Lent().Add(LoanEventKind.GoodwillCredit, History.Day("2023-01-05"), 99_900).Pay("2023-01-10", 30_000);
        policy = policy with
        {
            FutureRules = new Dictionary<PaymentSource, FutureRule>
            {
                [PaymentSource.GoodwillCredit] = FutureRule.LastInstallment,
            },
        };
        Principal(policy, history).ShouldBe([14_950, 14_950, 100_000]);
    }

    [Fact]
    public void Due_types_rank_by_their_first_bucket()
    {
        // In advance comes first here: the overdue installment gets what is left.
        var policy = Policy(Processing.Horizontal, FutureRule.NextInstallment) with
        {
            Buckets =
            [
                new(DueType.InAdvance, Component.Principal),
                new(DueType.PastDue, Component.Principal),
                new(DueType.Due, Component.Principal),
            ],
        };
        Principal(policy, Lent().Pay("2023-02-10", 210_000)).ShouldBe([10_000, 100_000, 100_000]);
    }

    [Fact]
    public void A_bucket_that_is_left_out_is_paid_at_the_end()
    {
        // No bucket for what is past due: the future comes first, then nothing is left over while something is owed.
        var policy = InAdvanceOnly(FutureRule.NextInstallment);
        Principal(policy, Lent().Pay("2023-02-10", 250_000)).ShouldBe([50_000, 100_000, 100_000]);
    }

    [Fact]
    public void A_kind_of_payment_can_have_an_order_of_its_own()
    {
        // A credit pays what is to come before what is due; a repayment keeps the order of the others.
        var policy = Policy(Processing.Horizontal, FutureRule.NextInstallment);
        var reversed = policy with
        {
            BucketsBySource = new Dictionary<PaymentSource, IReadOnlyList<Bucket>>
            {
                [PaymentSource.GoodwillCredit] = [.. policy.Buckets.Reverse()],
            },
        };
        var credited = Lent().Add(LoanEventKind.GoodwillCredit, History.Day("2023-02-10"), 110_000);
        Principal(policy, credited).ShouldBe([100_000, 10_000, 0]);
        Principal(reversed, credited).ShouldBe([0, 100_000, 10_000]);
        Principal(reversed, credited.Pay("2023-02-11", 100_000)).ShouldBe([100_000, 100_000, 10_000]);
    }

    private static History Lent() => new History().Disburse("2023-01-01", 300_000);

    private static AllocationPolicy Policy(Processing processing, FutureRule rule) =>
        Agreed.Advanced with
        {
            Processing = processing,
            DefaultFutureRule = rule,
        };

    private static AllocationPolicy InAdvanceOnly(FutureRule rule) =>
        Policy(Processing.Horizontal, rule) with
        {
            Buckets = [new(DueType.InAdvance, Component.Principal)],
        };

    private static long[] Principal(AllocationPolicy policy, History history)
    {
        return
        [
            .. history
                .Replay(Agreed.Flat(policy) with { AnnualRatePercent = 0m }, "2023-02-15")
                .Installments.Select(row => row.Paid.Principal),
        ];
    }
}
