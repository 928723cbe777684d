using Paydown.Lending.Accounting;
using Paydown.Lending.Collectors;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Collectors;

public sealed class CollectionRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 15);

    private static readonly PayableLoan Loan = new()
    {
        ApplicationId = null,
        IsSettled = false,
        IsCollectedByThirdParty = true,
        Payoff = Kobo(1_000),
        Pending = Kobo(200),
        DisbursedOn = Day,
        Reference = "RF00",
    };

    private static readonly ReportedCollection Right = new()
    {
        Amount = Kobo(800),
        StatedCommission = Kobo(60),
        AgreedCommission = Kobo(60),
        CollectedOn = Day,
        Collector = "Example Collections Ltd",
        Loan = Loan,
        Holder = " example collections LTD ",
        FourEyesAbove = Kobo(800),
    };

    [Fact]
    public void What_is_right_is_booked() => CollectionRules.Decide(Right).ShouldBeNull();

    [Fact]
    public void The_first_reason_counts()
    {
        var wrong = Right with
        {
            Amount = Kobo(801),
            StatedCommission = Kobo(61),
            CollectedOn = Day.AddDays(-1),
            Holder = null,
            Loan = null,
        };
        Next(CollectionWait.LoanUnknown, wrong with { Loan = Loan with { IsSettled = true, DisbursedOn = null } });
        Next(CollectionWait.NotHeld, wrong with { Holder = "Example Collections Ltd" });
        Next(CollectionWait.NotDisbursed, wrong with { Loan = Loan with { IsSettled = true } });
        Next(CollectionWait.BeforeDisbursement, wrong with { CollectedOn = Day });
        Next(CollectionWait.LoanClosed, wrong with { Loan = Loan });
        Next(CollectionWait.AbovePayoff, wrong with { Loan = Loan with { Payoff = Kobo(1_001) } });
        Next(CollectionWait.CommissionDiffers, wrong with { StatedCommission = null });
        Next(CollectionWait.SecondOfficer, wrong with { FourEyesAbove = null });
        CollectionRules.Decide(wrong).ShouldBeNull();

        void Next(CollectionWait expected, ReportedCollection righted)
        {
            CollectionRules.Decide(wrong)!.Wait.ShouldBe(expected);
            wrong = righted;
        }
    }

    [Theory]
    [InlineData(100, "7.5", 8)]
    [InlineData(20, "7.5", 2)]
    [InlineData(60, "7.5", 4)]
    [InlineData(1, "100", 1)]
    [InlineData(999_999_999_999, "0.0001", 1_000_000)]
    [InlineData(5, "0", 0)]
    public void A_commission_is_rounded_half_to_even(long amount, string percent, long commission) =>
        CollectionRules
            .Commission(Kobo(amount), decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(Kobo(commission));

    [Fact]
    public void A_collector_owes_what_it_collected_less_its_commission_and_a_reversal_is_the_opposite()
    {
        var id = RepaymentId.Of(new Guid(1, 0, 0, new byte[8]));
        var collected = CollectorPostings.Collected(id, Kobo(1_000), Kobo(75), Day);
        collected.Postings.ShouldBe([
            new(LedgerAccount.CollectorReceivable, Kobo(925)),
            new(LedgerAccount.CollectionCommission, Kobo(75)),
            new(LedgerAccount.CollectionAccount, Kobo(-1_000)),
        ]);
        var back = CollectorPostings.TakenBack(id, Kobo(1_000), Kobo(75), Day.AddDays(1));
        back.Postings.ShouldBe(collected.Postings.Select(one => one with { Amount = -one.Amount }));
    }
}
