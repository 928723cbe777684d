using Paydown.Lending.Loans;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Loans.History;

namespace Paydown.Lending.Tests.Loans;

/// <summary>Reminders of installments of 1,030.00, due on the first of each month from February 2023.</summary>
public sealed class RemindersTests
{
    private static readonly int[] Days = [-3, 0, 1, 7, 30];

    [Theory]
    [InlineData("2023-01-28", "")]
    [InlineData("2023-01-29", "02-01 -3")]
    [InlineData("2023-01-31", "02-01 -3")]
    [InlineData("2023-02-01", "02-01 0")]
    [InlineData("2023-02-02", "02-01 1")]
    [InlineData("2023-02-07", "02-01 1")]
    [InlineData("2023-02-08", "02-01 7")]
    [InlineData("2023-02-22", "02-01 7")]
    [InlineData("2023-02-23", "")]
    [InlineData("2023-03-03", "02-01 30, 03-01 1")]
    public void Each_due_date_has_the_last_reminder_that_still_makes_sense(string on, string expected) =>
        ShouldBe(Lent().Replay(Agreed.Flat(), on), 0, on, Days, expected);

    [Fact]
    public void A_due_date_whose_day_has_passed_is_not_announced()
    {
        ShouldBe(Lent().Replay(Agreed.Flat(), "2023-02-02"), 0, "2023-02-02", [-3, 0], "");
        ShouldBe(Lent().Replay(Agreed.Flat(), "2023-02-02"), 0, "2023-02-02", [], "");
    }

    [Fact]
    public void What_is_paid_or_reported_is_not_reminded_of()
    {
        var loan = Lent().Replay(Agreed.Flat(), "2023-02-08");
        var owed = loan.Installments[0].Outstanding.Total;
        ShouldBe(loan, owed, "2023-02-08", Days, "");
        var part = Reminders.Of(loan, loan.Money(owed - 1_00), Days, Day("2023-02-08"));
        part.ShouldHaveSingleItem().Amount.MinorUnits.ShouldBe(1_00);
        var paid = Lent().Pay("2023-01-20", owed).Replay(Agreed.Flat(), "2023-02-08");
        ShouldBe(paid, 0, "2023-02-08", Days, "");
        Reminders.NextOn(paid, Days, Day("2023-02-08")).ShouldBe(Day("2023-02-25"));
    }

    [Fact]
    public void No_reminder_falls_into_a_pause_and_paused_days_do_not_count()
    {
        LoanEvent[] paused = [.. Lent().Events, Pause(8, "2023-02-03", "2023-02-10")];
        ShouldBe(Loan.Replay(Agreed.Flat(), paused, Day("2023-02-08")), 0, "2023-02-08", Days, "");
        ShouldBe(Loan.Replay(Agreed.Flat(), paused, Day("2023-02-15")), 0, "2023-02-15", Days, "02-01 1");
        ShouldBe(Loan.Replay(Agreed.Flat(), paused, Day("2023-02-16")), 0, "2023-02-16", Days, "02-01 7");
    }

    [Fact]
    public void The_end_of_the_day_before_each_reminder_has_work()
    {
        var loan = Lent().Replay(Agreed.Flat(), "2023-01-02");
        var on = Day("2023-01-02");
        var seen = new List<string>();
        while (seen.Count < 5 && Reminders.NextOn(loan, Days, on) is { } next)
        {
            seen.Add($"{next:MM-dd}");
            on = next;
        }

        seen.ShouldBe(["01-28", "01-31", "02-01", "02-07", "02-25"]);
    }

    private static void ShouldBe(Loan loan, long reported, string on, int[] days, string expected) =>
        string.Join(
                ", ",
                Reminders.Of(loan, loan.Money(reported), days, Day(on)).Select(one => $"{one.DueOn:MM-dd} {one.Days}")
            )
            .ShouldBe(expected);

    private static History Lent() => new History().Disburse("2023-01-01", 300_000);

    private static ArrearsPaused Pause(int sequence, string from, string through) =>
        new()
        {
            Id = IdOf(sequence),
            Sequence = sequence,
            On = Day(from),
            Through = Day(through),
        };
}
