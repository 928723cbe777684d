using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Wallets;

public sealed class TransferRulesTests
{
    private static readonly Currency Naira = Currency.Get("NGN");
    private static readonly RecordedBankAccount Account = new("058", "0123456785", "Ada Éxample");

    private static readonly TransferRequest Right = new(
        new(Guid.Parse("0198c1f4-5b9a-7c3e-8d2f-000000000001")),
        new(Guid.Parse("0198c1f4-5b9a-7c3e-8d2f-000000000001")),
        0.01m,
        "000058",
        "0123456785",
        "EXAMPLE ADA"
    );

    [Fact]
    public void A_request_that_matches_the_account_gives_an_amount_in_the_wallets_currency() =>
        TransferRules.Request(Right, Account, Naira).Value.ShouldBe(new Money(1, Naira));

    [Fact]
    public void Refusals_follow_their_order_of_precedence()
    {
        var wrong = Right with
        {
            CustomerId = default,
            AmountMajor = 0,
            BankCode = "011",
            AccountName = "Bola Example",
        };
        TransferRules.Request(wrong, null, Naira).Refusal!.Code.ShouldBe("CUSTOMER_MISMATCH");
        wrong = wrong with { CustomerId = wrong.CallerId };
        TransferRules.Request(wrong, null, Naira).Refusal!.Code.ShouldBe("BANK_ACCOUNT_MISMATCH");
        var refusal = TransferRules.Request(wrong, Account, Naira).Refusal!;
        refusal.Code.ShouldBe("VALIDATION_ERROR");
        refusal.Errors.Select(error => error.Field).ShouldBe(["bankCode", "accountName"]);
        wrong = wrong with { BankCode = "058", AccountName = "Ada Example" };
        TransferRules.Request(wrong, Account, Naira).Refusal!.Code.ShouldBe("INVALID_AMOUNT");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.001")]
    [InlineData("79228162514264337593543950335")]
    public void An_amount_that_is_not_valid_money_is_refused(string amount) =>
        TransferRules
            .Request(Right with { AmountMajor = decimal.Parse(amount) }, Account, Naira)
            .Refusal!.Code.ShouldBe("INVALID_AMOUNT");

    [Theory]
    [InlineData(975, 25, 1_000, true)]
    [InlineData(976, 25, 1_000, false)]
    [InlineData(1, 25, 0, false)]
    [InlineData(long.MaxValue, 25, 1_000, false)]
    public void The_wallet_must_cover_amount_and_fee(long amount, long fee, long balance, bool isBorne) =>
        (TransferRules.Afford(new(amount, Naira), new(fee, Naira), new(balance, Naira)) is null).ShouldBe(isBorne);

    [Theory]
    [InlineData(TransferStatus.Pending, TransferStatus.Processing, null)]
    [InlineData(TransferStatus.Processing, TransferStatus.Processing, null)]
    [InlineData(TransferStatus.Processing, TransferStatus.Completed, TransferStatus.Completed)]
    [InlineData(TransferStatus.Processing, TransferStatus.Failed, TransferStatus.Failed)]
    [InlineData(TransferStatus.Completed, TransferStatus.Failed, null)]
    [InlineData(TransferStatus.Completed, TransferStatus.Completed, null)]
    [InlineData(TransferStatus.Failed, TransferStatus.Completed, null)]
    [InlineData(TransferStatus.Failed, TransferStatus.Processing, null)]
    [InlineData(TransferStatus.Returned, TransferStatus.Completed, null)]
    [InlineData(TransferStatus.Returned, TransferStatus.Failed, null)]
    public void A_transfer_can_end_only_once(TransferStatus current, TransferStatus reported, TransferStatus? end)
    {
        TransferRules.EndOf(current, reported).ShouldBe(end);
        TransferRules
            .Contradicts(current, reported)
            .ShouldBe(
                (current, reported)
                    is
                        (TransferStatus.Completed, TransferStatus.Failed)
                        or
                        (TransferStatus.Failed, TransferStatus.Completed)
            );
    }

    [Theory]
    [InlineData(TransferStatus.Pending, null, null)]
    [InlineData(TransferStatus.Processing, TransferStatus.Completed, TransferStatus.Failed)]
    [InlineData(TransferStatus.Completed, null, TransferStatus.Returned)]
    [InlineData(TransferStatus.Failed, null, null)]
    [InlineData(TransferStatus.Returned, null, null)]
    public void A_bank_statement_shows_money_that_left_or_came_back(
        TransferStatus current,
        TransferStatus? left,
        TransferStatus? cameBack
    )
    {
        TransferRules.WhenMoneyLeft(current).ShouldBe(left);
        TransferRules.WhenMoneyCameBack(current).ShouldBe(cameBack);
    }

    [Fact]
    public void A_transfer_reference_is_read_in_upper_or_lower_case()
    {
        var id = new TransferId(Guid.Parse("0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f"));
        TransferReference.Of(id).ShouldBe("TRF0198C1F45B9A7C3E8D2F1A2B3C4D5E6F");
        TransferReference.TryParse("trf0198c1f45b9a7c3e8d2f1a2b3c4d5e6f", out var read).ShouldBeTrue();
        read.ShouldBe(id);
        foreach (var wrong in new[] { null, "", "TRF", "TRX0198C1F45B9A7C3E8D2F1A2B3C4D5E6F", id.ToString() })
            TransferReference.TryParse(wrong, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0000", false)]
    [InlineData("999999", false)]
    [InlineData("1234", false)]
    [InlineData("890123", false)]
    [InlineData("9876", false)]
    [InlineData("2109", false)]
    [InlineData("1357", true)]
    [InlineData("1235", true)]
    [InlineData("112233", true)]
    [InlineData("4821", true)]
    public void A_PIN_that_is_easy_to_guess_is_refused(string pin, bool isTaken) =>
        (TransactionPinRules.Check(pin) is null).ShouldBe(isTaken);
}
