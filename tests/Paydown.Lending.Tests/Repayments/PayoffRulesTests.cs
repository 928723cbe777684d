using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Repayments.ExampleLoans;

namespace Paydown.Lending.Tests.Repayments;

public sealed class PayoffRulesTests
{
    private static readonly DateOnly Today = new(2026, 2, 1);
    private static readonly Loan Running = On(Today);
    private static readonly Loan Closed = On(Today, Repayment(1_200_00, Today));
    private static readonly Loan Overpaid = On(Today, Repayment(1_300_00, Today));

    [Theory]
    [InlineData(null)]
    [InlineData("1200")]
    [InlineData("1200.00")]
    public void A_payoff_takes_the_whole_payable_amount(string? amount) =>
        PayOff(Running, 0, amount).Value.ShouldBe(new Money(1_200_00, Naira));

    [Fact]
    public void A_pending_report_is_not_paid_again() =>
        PayOff(Running, 200_00, "1000").Value.ShouldBe(new Money(1_000_00, Naira));

    [Theory]
    [InlineData("1199.99")]
    [InlineData("1200.001")]
    [InlineData("-1200")]
    [InlineData("0")]
    [InlineData("79228162514264337593543950335")]
    public void A_wrong_payoff_amount_is_refused_with_the_right_one(string amount)
    {
        var refusal = PayOff(Running, 0, amount).Refusal!;
        refusal.Code.ShouldBe("INVALID_AMOUNT");
        refusal.Message.ShouldContain("1200.00 NGN");
    }

    // All that is wrong at first; each row mends what the row above was refused for.
    [Fact]
    public void Refusals_follow_their_order_of_precedence()
    {
        Code(null, true, 1_200_00, PaymentMethod.Wallet, "1").ShouldBe("NOT_FOUND");
        Code(Closed, true, 1_200_00, PaymentMethod.Wallet, "1").ShouldBe("LOAN_CLOSED");
        Code(Overpaid, true, 1_200_00, PaymentMethod.Wallet, "1").ShouldBe("LOAN_CLOSED");
        Code(Running, true, 1_200_00, PaymentMethod.Wallet, "1").ShouldBe("MANUAL_REPAYMENT_NOT_ALLOWED");
        Code(Running, false, 1_200_00, PaymentMethod.Card, "1").ShouldBe("PAYMENT_METHOD_NOT_AVAILABLE");
        Code(Running, false, 1_200_00, PaymentMethod.Wallet, "1").ShouldBe("REPAYMENTS_PENDING");
        Code(Running, false, 1_200_00, PaymentMethod.BankTransfer, "1").ShouldBe("NOTHING_TO_PAY_OFF");
        Code(Running, false, 0, PaymentMethod.Wallet, "1").ShouldBe("INVALID_AMOUNT");
        Code(Running, false, 0, PaymentMethod.Wallet, "1200").ShouldBe("INSUFFICIENT_FUNDS");
    }

    [Fact]
    public void A_wallet_pays_all_or_nothing_and_the_refusal_gives_both_amounts()
    {
        var request = new PayoffRequest(PaymentMethod.Wallet, null);
        PayoffRules.PayOff(Running, false, Kobo(0), request, Kobo(1_200_00)).Value.ShouldBe(new Money(1_200_00, Naira));
        var message = PayoffRules.PayOff(Running, false, Kobo(0), request, Kobo(1_199_99)).Refusal!.Message;
        message.ShouldContain("1199.99 NGN");
        message.ShouldContain("1200.00 NGN");
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(PayoffRules.AheadDaysMax, true)]
    [InlineData(PayoffRules.AheadDaysMax + 1, false)]
    public void A_quote_can_be_for_today_up_to_a_year_ahead(int days, bool isGiven) =>
        PayoffRules
            .Quote(ExampleLoans.Terms, [ExampleLoans.Disbursement], Today.AddDays(days), Today)
            .IsRefused.ShouldBe(!isGiven);

    [Fact]
    public void A_quote_that_would_not_change_is_promised_for_30_days() =>
        PayoffRules
            .PromisedThrough(new(Today, new ComponentAmounts(1, 0, 0, 0), Naira, null))
            .ShouldBe(Today.AddDays(30));

    [Fact]
    public void A_quote_that_changes_sooner_is_promised_until_then() =>
        PayoffRules.PromisedThrough(new(Today, new ComponentAmounts(1, 0, 0, 0), Naira, Today)).ShouldBe(Today);

    private static Result<Money> PayOff(Loan loan, long pending, string? amount) =>
        PayoffRules.PayOff(
            loan,
            false,
            Kobo(pending),
            new(PaymentMethod.BankTransfer, amount is null ? null : decimal.Parse(amount)),
            Kobo(0)
        );

    private static string Code(Loan? loan, bool isCollected, long pending, PaymentMethod method, string amount) =>
        PayoffRules.PayOff(loan, isCollected, Kobo(pending), new(method, decimal.Parse(amount)), Kobo(0)).Refusal!.Code;
}
