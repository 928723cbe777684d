using Paydown.Server.Payments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Payments;

/// <summary>A server with <see cref="NoPartner"/>, as it is where the operator names none.</summary>
public sealed class NoPartnerTests(TestLender lender) : IClassFixture<TestLender>
{
    [Fact]
    public async Task Nothing_is_taken_from_a_wallet_that_nobody_could_carry_away()
    {
        var customer = lender.Customer;
        var added = await lender.PostAsync(
            customer,
            "user/create-bank-account",
            new
            {
                customerId = customer.UserId,
                accountNumber = "0123456785",
                accountName = "TEST ADA",
                bankCode = "058",
                bankName = "Test Bank",
            }
        );
        added.Data.GetProperty("isVerified").GetBoolean().ShouldBeFalse();
        var refused = await lender.PostAsync(
            customer,
            "user/transfer-funds-to-bank",
            new
            {
                customerId = customer.UserId,
                amount = 1,
                bankAccountId = added.Data.GetProperty("accountId").GetGuid(),
                accountNumber = "0123456785",
                accountName = "TEST ADA",
                bankCode = "058",
            }
        );
        (refused.Status, refused.Code).ShouldBe((503, "PAYMENTS_NOT_CONFIGURED"));
        var asked = await lender.GetAsync(customer, "user/verify-bank-account/058/0123456785");
        (asked.Status, asked.Code).ShouldBe((503, "NAME_ENQUIRY_UNAVAILABLE"));
    }
}
