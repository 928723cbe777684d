using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Repayments;

public sealed class RepaymentRulesTests
{
    private static readonly Currency Naira = Currency.Get("NGN");
    private static readonly DateOnly Today = new(2026, 3, 15);
    private static readonly CustomerId Customer = new(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    private static readonly CustomerId Stranger = new(new Guid(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2));

    private static readonly PayableLoan Loan = new()
    {
        ApplicationId = new(new Guid(3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3)),
        IsSettled = false,
        IsCollectedByThirdParty = false,
        Payoff = Money.FromMajor(1200, Naira),
        Pending = Money.FromMajor(200, Naira),
        DisbursedOn = new DateOnly(2026, 1, 15),
        Reference = "RF18539007547034",
    };

    private static readonly RepaymentReport Report = new()
    {
        CallerId = Customer,
        UserId = Customer,
        CustomerId = Customer,
        AccountId = new(new Guid(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4)),
        BankAccountId = new(new Guid(5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5)),
        Amount = 250.5m,
        Reference = "rf18 5390 0754 7034",
        PaidOn = Today,
        Narration = null,
    };

    [Fact]
    public void A_valid_report_is_recorded_and_its_reference_matches_however_it_is_typed()
    {
        var pending = RepaymentRules.Report(Loan, Report, ownsBankAccount: true, Today).Value;
        pending.Amount.ShouldBe(Money.FromMajor(250.5m, Naira));
        pending.ReferenceMatches.ShouldBeTrue();
    }

    [Fact]
    public void A_different_reference_is_accepted_and_marked_for_manual_matching() =>
        RepaymentRules
            .Report(Loan, Report with { Reference = "my March payment" }, true, Today)
            .Value.ReferenceMatches.ShouldBeFalse();

    // Every fault at once; then they are mended one by one, in the order in which the contract says that they win.
    [Fact]
    public void Refusals_follow_the_order_of_the_contract()
    {
        var loan = Loan with { ApplicationId = null, IsSettled = true, IsCollectedByThirdParty = true };
        var report = Report with { UserId = Stranger, Amount = 0, PaidOn = Today.AddDays(2) };
        Code(null, report, false).ShouldBe("CUSTOMER_MISMATCH");
        report = report with { UserId = Customer, CustomerId = Stranger };
        Code(null, report, false).ShouldBe("CUSTOMER_MISMATCH");
        report = report with { CustomerId = Customer };
        Code(null, report, false).ShouldBe("LOAN_NOT_FOUND");
        Code(loan, report, false).ShouldBe("LOAN_APPLICATION_MISSING");
        loan = loan with { ApplicationId = Loan.ApplicationId };
        Code(loan, report, false).ShouldBe("LOAN_CLOSED");
        loan = loan with { IsSettled = false };
        Code(loan, report, false).ShouldBe("MANUAL_REPAYMENT_NOT_ALLOWED");
        loan = loan with { IsCollectedByThirdParty = false };
        Code(loan, report, false).ShouldBe("INVALID_AMOUNT");
        report = report with { Amount = 1000 };
        Code(loan, report, false).ShouldBe("BANK_ACCOUNT_MISMATCH");
        Code(loan, report, true).ShouldBe("VALIDATION_ERROR");
        report = report with { PaidOn = Today.AddDays(1) };
        Code(loan, report, true).ShouldBeNull();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.001")]
    [InlineData("1000.01")]
    [InlineData("92233720368547758.08")]
    [InlineData("-79228162514264337593543950335")]
    public void An_amount_that_is_not_payable_is_refused_with_the_total_payable(string amount)
    {
        var refusal = RepaymentRules.Report(Loan, Report with { Amount = decimal.Parse(amount) }, true, Today).Refusal!;
        refusal.Code.ShouldBe("INVALID_AMOUNT");
        refusal.Message.ShouldContain("1000.00 NGN");
    }

    [Fact]
    public void A_payment_dated_before_disbursement_or_too_far_ahead_is_refused_with_both_limits()
    {
        foreach (var day in new DateOnly[] { new(2026, 1, 14), Today.AddDays(RepaymentRules.FutureDaysMax + 1) })
        {
            var refusal = RepaymentRules.Report(Loan, Report with { PaidOn = day }, true, Today).Refusal!;
            refusal.Code.ShouldBe("VALIDATION_ERROR");
            refusal
                .Errors.Single()
                .Message.ShouldBe(
                    "must be from 2026-01-15, the day of disbursement, to 2026-03-16, the day after today."
                );
        }
    }

    // Each message must name something that the customer can do.
    [Fact]
    public void A_refused_amount_says_what_to_do()
    {
        Refused(Loan).ShouldContain("ask the lender to record it");
        Refused(Loan).ShouldContain("Repayments of 200.00 NGN on this loan await verification");
        Refused(Loan with { Pending = Loan.Payoff })
            .ShouldBe(
                "Repayments of 1200.00 NGN on this loan await verification and cover all that is owed, so the total "
                    + "payable is 0.00 NGN: withdraw a mistaken report, or wait until the lender has decided."
            );
        Refused(Loan with { Payoff = Money.Zero(Naira), Pending = Money.Zero(Naira), DisbursedOn = null })
            .ShouldBe("Nothing is owed on this loan yet, so the total payable is 0.00 NGN.");
        Refused(Loan with { Pending = Money.Zero(Naira) }).ShouldNotContain("await verification");

        static string Refused(PayableLoan loan) =>
            RepaymentRules.Report(loan, Report with { Amount = 5000 }, true, Today).Refusal!.Message;
    }

    private static string? Code(PayableLoan? loan, RepaymentReport report, bool ownsBankAccount) =>
        RepaymentRules.Report(loan, report, ownsBankAccount, Today).Refusal?.Code;
}
