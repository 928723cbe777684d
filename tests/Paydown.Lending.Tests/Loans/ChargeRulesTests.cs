using Paydown.Lending.Loans;
using Paydown.Lending.Tests.Accounting;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

public sealed class ChargeRulesTests
{
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly Loan Running = Loan.Replay(SampleLoans.Terms, [SampleLoans.Disbursement], Today);

    [Fact]
    public void Refusals_follow_their_order_of_precedence()
    {
        var never = DateOnly.MaxValue;
        ChargeRules.Apply(null, -1, never).Refusal!.Code.ShouldBe("NOT_FOUND");
        var closed = Loan.Replay(
            SampleLoans.Terms,
            [SampleLoans.Disbursement, SampleLoans.Repayment(2, SampleLoans.DisbursedOn, 1_279_423)],
            Today
        );
        ChargeRules.Apply(closed, -1, never).Refusal!.Code.ShouldBe("LOAN_NOT_RUNNING");
        ChargeRules.Apply(Running, -1, never).Refusal!.Errors.Single().Field.ShouldBe("amount");
        ChargeRules.Apply(Running, 1, never).Refusal!.Errors.Single().Field.ShouldBe("dueDate");
        ChargeRules.Apply(Running, 1, Today).Value.MinorUnits.ShouldBe(100);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.001")]
    [InlineData("12000.01")]
    [InlineData("79228162514264337593543950335")]
    public void An_amount_outside_the_limits_of_a_charge_is_refused(string amount) =>
        ChargeRules.Apply(Running, decimal.Parse(amount), Today).Refusal!.Code.ShouldBe("VALIDATION_ERROR");

    [Fact]
    public void A_charge_falls_due_between_the_disbursement_and_a_year_after_the_last_installment()
    {
        var last = Running.Installments[^1].DueOn.AddDays(366);
        ChargeRules.Apply(Running, 1, SampleLoans.DisbursedOn).IsRefused.ShouldBeFalse();
        ChargeRules.Apply(Running, 1, last).IsRefused.ShouldBeFalse();
        ChargeRules.Apply(Running, 1, SampleLoans.DisbursedOn.AddDays(-1)).IsRefused.ShouldBeTrue();
        ChargeRules.Apply(Running, 1, last.AddDays(1)).IsRefused.ShouldBeTrue();
    }

    [Fact]
    public void A_charge_can_be_as_large_as_the_loan() =>
        ChargeRules.Apply(Running, 12_000, Today).Value.MinorUnits.ShouldBe(1_200_000);
}
