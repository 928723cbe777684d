using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Loans.History;

namespace Paydown.Lending.Tests.Loans;

public sealed class ArrearsTests
{
    [Theory]
    [InlineData("2023-02-01", 0, 0)]
    [InlineData("2023-02-02", 1, 1)]
    [InlineData("2023-03-03", 30, 1)]
    [InlineData("2023-03-04", 31, 2)]
    [InlineData("2023-12-31", 333, 5)]
    public void Days_past_due_count_from_the_day_after_the_oldest_due_date(string asOf, int days, int bucket)
    {
        var state = Arrears.Of(Lent().Replay(Agreed.Flat(), asOf), ArrearsPolicy.Default);
        (state.DaysPastDue, state.Bucket).ShouldBe((days, bucket));
    }

    [Fact]
    public void A_payment_makes_the_next_installment_the_oldest_and_what_is_tolerated_is_not_overdue()
    {
        Arrears.Of(Paid(Agreed.Flat()), ArrearsPolicy.Default).OverdueSince.ShouldBe(Day("2023-02-01"));
        var tolerant = Paid(Agreed.Flat() with { ArrearsTolerance = new(Kobo(100), 0) });
        Arrears.Of(tolerant, ArrearsPolicy.Default).OverdueSince.ShouldBe(Day("2023-03-01"));
        Arrears.Of(tolerant, ArrearsPolicy.Default).Overdue.ShouldBe(Kobo(103_000));
        Arrears.DaysPastDue(tolerant, ArrearsPolicy.Default, Day("2023-03-11")).ShouldBe(10);
        var ofPercent = Paid(Agreed.Flat() with { ArrearsTolerance = new(Kobo(0), 1m) });
        Arrears.Of(ofPercent, ArrearsPolicy.Default).DaysPastDue.ShouldBe(4);

        static Loan Paid(LoanTerms terms) => Lent().Pay("2023-03-05", 102_900).Replay(terms, "2023-03-05");
    }

    [Fact]
    public void A_loan_that_owes_only_what_is_tolerated_is_not_in_arrears()
    {
        var terms = Agreed.Flat() with { ArrearsTolerance = new(Kobo(100), 0) };
        Lent().Pay("2023-02-01", 102_900).Replay(terms, "2023-02-20").Status.ShouldBe(LoanStatus.Active);
        Lent().Pay("2023-02-01", 102_800).Replay(terms, "2023-02-20").Status.ShouldBe(LoanStatus.InArrears);
    }

    [Fact]
    public void Paused_days_do_not_count_and_a_resumption_ends_the_pause_early()
    {
        var pause = Pause(8, "2023-02-11", "2023-03-31");
        Arrears.Of(Replay("2023-02-20", pause), ArrearsPolicy.Default).DaysPastDue.ShouldBe(9);
        Arrears.Of(Replay("2023-04-02", pause), ArrearsPolicy.Default).DaysPastDue.ShouldBe(11);
        Arrears.Of(Replay("2023-04-02", pause), ArrearsPolicy.Default).DaysSinceDue.ShouldBe(60);
        Arrears
            .Of(Replay("2023-02-20", pause, Resumption(9, "2023-02-15")), ArrearsPolicy.Default)
            .DaysPastDue.ShouldBe(15);
    }

    [Fact]
    public void A_penalty_waits_for_the_end_of_the_pause()
    {
        var terms = Agreed.Flat() with
        {
            OverduePenalty = new OverduePenalty(10m, OverduePenaltyBase.PrincipalOverdue, 3),
        };
        LoanEvent[] paused = [.. Lent().Events, Pause(8, "2023-02-03", "2023-02-10")];
        Loan.Replay(terms, paused, Day("2023-02-12")).Charges.ShouldBeEmpty();
        Loan.Replay(terms, paused, Day("2023-02-13")).Charges.Single().DueOn.ShouldBe(Day("2023-02-13"));
    }

    [Fact]
    public void A_pause_is_refused_where_the_clock_stands_already()
    {
        var loan = Replay("2023-02-20", Pause(8, "2023-02-11", "2023-03-31"));
        PauseRules.PauseArrears(loan, Day("2023-03-31"), Day("2023-04-02")).Refusal!.Code.ShouldBe("ALREADY_PAUSED");
        PauseRules.PauseArrears(loan, Day("2023-04-01"), Day("2023-04-02")).IsRefused.ShouldBeFalse();
        PauseRules.PauseArrears(loan, Day("2023-04-02"), Day("2023-04-01")).IsRefused.ShouldBeTrue();
        PauseRules.ResumeArrears(loan, Day("2023-04-01")).Refusal!.Code.ShouldBe("NOT_PAUSED");
    }

    private static History Lent() => new History().Disburse("2023-01-01", 300_000);

    private static Loan Replay(string asOf, params LoanEvent[] acts) =>
        Loan.Replay(Agreed.Flat(), [.. acts, .. Lent().Events], Day(asOf));

    private static ArrearsPaused Pause(int sequence, string from, string through) =>
        new()
        {
            Id = IdOf(sequence),
            Sequence = sequence,
            On = Day(from),
            Through = Day(through),
        };

    private static ArrearsResumed Resumption(int sequence, string on) =>
        new()
        {
            Id = IdOf(sequence),
            Sequence = sequence,
            On = Day(on),
        };
}
