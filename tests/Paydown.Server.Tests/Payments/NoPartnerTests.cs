using Paydown.Server.Payments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Payments;

/// <summary>A server with <see cref="NoPartner"/>, as when the operator names no partner.</summary>
public sealed class NoPartnerTests(TestCluster cluster)
{
    [Fact]
    public async Task Without_a_partner_nothing_is_taken_from_a_wallet()
    {
        await using var server = await TestServer.StartAsync(
            cluster,
            options => options with { Payments = new PaymentOptions() }
        );
        var customer = server.Lender.Customer;
        var added = await customer.PostAsync(
            "user/create-bank-account",
            new
            {
                customerId = customer.UserId,
                accountNumber = "0123456785",
                accountName = "EXAMPLE ADA",
                bankCode = "058",
                bankName = "Example Bank",
            }
        );
        added.ShouldSucceed().GetProperty("isVerified").GetBoolean().ShouldBeFalse();
        var refused = await customer.PostAsync(
            "user/transfer-funds-to-bank",
            new
            {
                customerId = customer.UserId,
                amount = 1,
                bankAccountId = added.Data.GetProperty("accountId").GetGuid(),
                accountNumber = "0123456785",
                accountName = "EXAMPLE ADA",
                bankCode = "058",
            }
        );
        (refused.Status, refused.Code).ShouldBe((503, "PAYMENTS_NOT_CONFIGURED"));
        var asked = await customer.GetAsync("user/verify-bank-account/058/0123456785");
        (asked.Status, asked.Code).ShouldBe((503, "NAME_ENQUIRY_UNAVAILABLE"));
    }
}
