using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.BankAccounts;

public sealed class BankAccountRulesTests
{
    private static readonly CustomerId Ada = new(new Guid("00000000-0000-7000-8000-000000000001"));
    private static readonly CustomerId Bola = new(new Guid("00000000-0000-7000-8000-000000000002"));

    [Fact]
    public void A_valid_number_in_the_customers_name_is_added() =>
        BankAccountRules
            .Add(new(Ada, Ada, "011", "0000014579", "EXAMPLE ADA"), "Ada Example", new("011", true))
            .Value.BankCode.ShouldBe("011");

    // All that is wrong at first; each row mends what the row above was refused for.
    [Theory]
    [InlineData(false, false, "0000014570", "BOLA", "CUSTOMER_MISMATCH")]
    [InlineData(true, false, "0000014570", "BOLA", "BANK_UNKNOWN")]
    [InlineData(true, true, "0000014570", "BOLA", "VALIDATION_ERROR")]
    [InlineData(true, true, "0000014579", "BOLA", "ACCOUNT_NAME_MISMATCH")]
    public void Refusals_follow_their_order_of_precedence(
        bool isOwn,
        bool isBankKnown,
        string number,
        string name,
        string code
    ) =>
        BankAccountRules
            .Add(
                new(Ada, isOwn ? Ada : Bola, "011", number, name),
                "Ada Example",
                isBankKnown ? new("011", true) : null
            )
            .Refusal!.Code.ShouldBe(code);
}
