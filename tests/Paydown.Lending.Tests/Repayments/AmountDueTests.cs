using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Repayments.ExampleLoans;

namespace Paydown.Lending.Tests.Repayments;

public sealed class AmountDueTests
{
    // Twelve installments of 100.00, the first on 15 February 2026.
    [Theory]
    [InlineData("2026-01-15", 100_00, "2026-02-15", 0, 100_00, "2026-02-15")]
    [InlineData("2026-02-15", 100_00, "2026-02-15", 0, 100_00, "2026-02-15")]
    // One day late: what is overdue was due on its date, and the next one is not due yet.
    [InlineData("2026-02-16", 100_00, "2026-02-15", 100_00, 100_00, "2026-03-15")]
    // One is overdue and another one falls due today: both are due.
    [InlineData("2026-03-15", 200_00, "2026-02-15", 100_00, 100_00, "2026-03-15")]
    [InlineData("2026-03-16", 200_00, "2026-02-15", 200_00, 100_00, "2026-04-15")]
    // All is overdue: there is no next one.
    [InlineData("2027-06-01", 1_200_00, "2026-02-15", 1_200_00, 0, null)]
    public void The_amount_due_is_everything_due_or_else_the_next_installment(
        string day,
        long amount,
        string dueOn,
        long overdue,
        long next,
        string? nextDueOn
    )
    {
        var due = AmountDue.Of(On(DateOnly.Parse(day)));
        due.Amount.MinorUnits.ShouldBe(amount);
        due.DueOn.ShouldBe(DateOnly.Parse(dueOn));
        due.Overdue.MinorUnits.ShouldBe(overdue);
        due.OverdueSince.ShouldBe(overdue > 0 ? DateOnly.Parse(dueOn) : null);
        due.Next.MinorUnits.ShouldBe(next);
        due.NextDueOn.ShouldBe(nextDueOn is null ? null : DateOnly.Parse(nextDueOn));
    }

    [Fact]
    public void The_paid_part_of_an_installment_is_not_due_again()
    {
        var due = AmountDue.Of(On(new(2026, 2, 1), Repayment(30_00, new(2026, 2, 1))));
        (due.Amount.MinorUnits, due.Next.MinorUnits).ShouldBe((70_00, 70_00));
    }

    [Fact]
    public void Nothing_is_due_on_a_closed_loan() =>
        AmountDue.Of(On(new(2026, 2, 1), Repayment(1_200_00, new(2026, 2, 1)))).ShouldBe(Nothing);

    [Fact]
    public void Nothing_is_due_before_disbursement() =>
        AmountDue.Of(Loan.Replay(ExampleLoans.Terms, [], new(2026, 6, 1))).ShouldBe(Nothing);

    private static AmountDue Nothing =>
        new()
        {
            Amount = Money.Zero(Naira),
            DueOn = null,
            Overdue = Money.Zero(Naira),
            Next = Money.Zero(Naira),
            NextDueOn = null,
        };
}
