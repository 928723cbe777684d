using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Repayments.ExampleLoans;

namespace Paydown.Lending.Tests.Repayments;

public sealed class AmountDueTests
{
    [Theory]
    [InlineData("2026-01-15", "2026-02-15", 100_00)]
    [InlineData("2026-02-15", "2026-02-15", 100_00)]
    // One day late: the overdue one and the next.
    [InlineData("2026-02-16", "2026-02-15", 200_00)]
    // All is overdue: there is no next one.
    [InlineData("2027-06-01", "2026-02-15", 1_200_00)]
    public void It_is_all_that_is_overdue_and_the_next_installment(string day, string dueOn, long minor)
    {
        var due = AmountDue.Of(On(DateOnly.Parse(day)));
        due.DueOn.ShouldBe(DateOnly.Parse(dueOn));
        due.Amount.MinorUnits.ShouldBe(minor);
    }

    [Fact]
    public void What_was_paid_of_an_installment_is_not_asked_for_again() =>
        AmountDue.Of(On(new(2026, 2, 1), Repayment(30_00, new(2026, 2, 1)))).Amount.MinorUnits.ShouldBe(70_00);

    [Fact]
    public void Nothing_is_due_on_a_closed_loan()
    {
        var due = AmountDue.Of(On(new(2026, 2, 1), Repayment(1_200_00, new(2026, 2, 1))));
        due.ShouldBe(new AmountDue(Money.Zero(Naira), null));
    }

    [Fact]
    public void Nothing_is_due_before_money_was_given_out() =>
        AmountDue.Of(Loan.Replay(Terms, [], new(2026, 6, 1))).ShouldBe(new AmountDue(Money.Zero(Naira), null));
}
