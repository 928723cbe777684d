using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Loans.History;

namespace Paydown.Lending.Tests.Loans;

/// <summary>
/// Penalties of the terms, on three installments of 1,000.00 and 30.00 that fall due on the first of each month from
/// February 2023.
/// </summary>
public sealed class PenaltyTests
{
    private static readonly OverduePenalty Percent = new(1.5m, OverduePenaltyBase.PrincipalOverdue, GraceDays: 3);

    [Fact]
    public void A_percentage_is_of_overdue_principal_or_of_principal_and_interest()
    {
        PenaltiesOf(Percent, "2023-02-28").ShouldBe(["02-05 1500 of 100000"]);
        var both = Percent with { Of = OverduePenaltyBase.PrincipalAndInterestOverdue };
        PenaltiesOf(both, "2023-02-28").ShouldBe(["02-05 1545 of 103000"]);
    }

    [Fact]
    public void A_fixed_amount_is_charged_while_principal_or_interest_is_overdue()
    {
        var flat = Percent with { Percent = 0, Amount = Kobo(500) };
        PenaltiesOf(flat, "2023-03-31").ShouldBe(["02-05 500 of 103000", "03-05 500 of 103000"]);
        PenaltiesOf(flat, "2023-03-31", Lent().Pay("2023-02-03", 100_000))
            .ShouldBe(["02-05 500 of 3000", "03-05 500 of 103000"]);
        PenaltiesOf(flat, "2023-02-28", Lent().Pay("2023-02-04", 103_000)).ShouldBeEmpty();
    }

    [Fact]
    public void A_penalty_is_repeated_while_the_installment_stays_overdue_and_never_on_penalties()
    {
        var repeated = Percent with { EveryDays = 10 };
        PenaltiesOf(repeated, "2023-02-25")
            .ShouldBe(["02-05 1500 of 100000", "02-15 1500 of 100000", "02-25 1500 of 100000"]);
        // In order of days, whichever installment they belong to.
        PenaltiesOf(repeated, "2023-03-08")
            .Select(one => one[..5])
            .ShouldBe(["02-05", "02-15", "02-25", "03-05", "03-07"]);
        // A part is paid, then the rest: only the penalties are left, which bear none.
        var paid = Lent().Pay("2023-02-10", 51_500 + 30_00).Pay("2023-02-20", 50_000 + 750);
        PenaltiesOf(repeated, "2023-02-28", paid).Count.ShouldBe(2);
        paid.Replay(Terms(repeated), "2023-02-28").Installments[0].Outstanding.Principal.ShouldBe(0);
    }

    [Fact]
    public void All_penalties_of_an_installment_stay_within_the_limit()
    {
        var capped = Percent with { EveryDays = 5, CapPercent = 4 };
        // 4 % of 1,030.00 is 41.20: twice 15.00, then 11.20.
        PenaltiesOf(capped, "2023-02-28")
            .ShouldBe(["02-05 1500 of 100000", "02-10 1500 of 100000", "02-15 1120 of 100000"]);
        PenaltiesOf(Percent with { CapPercent = 1 }, "2023-02-28").ShouldBe(["02-05 1030 of 100000"]);
    }

    [Fact]
    public void Paused_days_do_not_count_towards_the_next_penalty()
    {
        var pause = new ArrearsPaused
        {
            Id = IdOf(8),
            Sequence = 8,
            On = Day("2023-02-08"),
            Through = Day("2023-02-17"),
        };
        var loan = Loan.Replay(Terms(Percent with { EveryDays = 10 }), [.. Lent().Events, pause], Day("2023-02-28"));
        loan.Charges.Select(one => $"{one.DueOn:MM-dd}").ShouldBe(["02-05", "02-25"]);
    }

    [Fact]
    public void A_backdated_payment_takes_repeated_penalties_away()
    {
        var terms = Terms(Percent with { EveryDays = 1, CapPercent = 50 });
        Lent().Replay(terms, "2023-02-28").Outstanding.Penalty.ShouldBe(24 * 1500);
        Lent().Pay("2023-02-01", 103_000).Replay(terms, "2023-02-28").Charges.ShouldBeEmpty();
        // What was charged before the payment stays, with the ids that it had.
        var late = Lent().Pay("2023-02-07", 103_000 + 3 * 1500).Replay(terms, "2023-02-28");
        late.Charges.Select(one => one.EventId)
            .ShouldBe(Lent().Replay(terms, "2023-02-28").Charges.Take(3).Select(one => one.EventId));
    }

    [Fact]
    public void The_end_of_each_day_with_a_penalty_has_work()
    {
        var terms = Terms(Percent with { EveryDays = 10 });
        var policy = new DayRules { Arrears = new ArrearsPolicy { BucketsFrom = [] } };
        var on = Day("2023-02-01");
        var seen = new List<string>();
        while (seen.Count < 5)
        {
            on = NextAction.Of(Lent().Replay(terms, $"{on:yyyy-MM-dd}"), new DayStanding(), policy, on)!.Value;
            seen.Add($"{on:MM-dd}");
        }

        seen.ShouldBe(["02-05", "02-15", "02-25", "03-05", "03-07"]);
    }

    [Fact]
    public void A_quote_holds_until_the_day_before_the_next_penalty()
    {
        var loan = Lent().Replay(Terms(Percent with { EveryDays = 10 }), "2023-02-06");
        loan.PayoffHoldsThrough.ShouldBe(Day("2023-02-14"));
    }

    private static LoanTerms Terms(OverduePenalty penalty) => Agreed.Flat() with { OverduePenalty = penalty };

    private static History Lent() => new History().Disburse("2023-01-01", 300_000);

    private static List<string> PenaltiesOf(OverduePenalty penalty, string asOf, History? history = null) =>
        [
            .. (history ?? Lent())
                .Replay(Terms(penalty), asOf)
                .Charges.Select(one => $"{one.DueOn:MM-dd} {one.Amount.MinorUnits} of {one.Overdue!.Value.MinorUnits}"),
        ];
}
