using Paydown.Server.BankAccounts;
using Paydown.Server.Demo;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.BankAccounts;

/// <summary><see cref="VerifyBankAccount"/> and <see cref="ListBanks"/>.</summary>
public sealed class VerifyBankAccountTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_bank_returns_the_holder_of_an_account()
    {
        var client = await server.Lender.AddCustomerAsync();
        foreach (var code in new[] { "058", "000058" })
        {
            var answer = await client.GetAsync($"user/verify-bank-account/{code}/0123456785");
            answer
                .ShouldSucceed()
                .GetRawText()
                .ShouldBe(
                    "{\"accountName\":\"EXAMPLE ADA\",\"accountNumber\":\"0123456785\",\"bankCode\":\"058\","
                        + "\"bankName\":\"Guaranty Trust Bank\"}"
                );
        }
    }

    [Theory]
    [InlineData("058", "0123456784", 422, "VALIDATION_ERROR")]
    [InlineData("058", "012345678", 422, "VALIDATION_ERROR")]
    [InlineData("x", "0123456785", 404, "BANK_UNKNOWN")]
    [InlineData("999", "0000000003", 404, "BANK_UNKNOWN")]
    [InlineData("999", "0123456785", 404, "BANK_UNKNOWN")]
    [InlineData("000058", "0123456784", 422, "VALIDATION_ERROR")]
    [InlineData("058", "0000004047", 404, "BANK_ACCOUNT_UNKNOWN")]
    [InlineData("058", "0000005037", 503, "NAME_ENQUIRY_UNAVAILABLE")]
    public async Task An_enquiry_without_a_name_is_refused(string bankCode, string number, int status, string code)
    {
        var client = await server.Lender.AddCustomerAsync();
        (await client.GetAsync($"user/verify-bank-account/{bankCode}/{number}")).ShouldBeRefused(status, code);
    }

    [Fact]
    public async Task A_limit_keeps_callers_from_compiling_a_directory_of_account_holders()
    {
        var client = await server.Lender.AddCustomerAsync();
        for (var i = 0; i < CallerLimitOptions.NameEnquiriesPerHourDefault; i++)
            (await client.GetAsync("user/verify-bank-account/058/0123456785")).ShouldSucceed();
        (await client.GetAsync("user/verify-bank-account/058/0123456785")).ShouldBeRefused(429, "RATE_LIMIT_EXCEEDED");
        (await client.GetAsync("user/verify-bank-account/058/0123456784")).ShouldBeRefused(422, "VALIDATION_ERROR");
        var other = await server.Lender.AddCustomerAsync();
        (await other.GetAsync("user/verify-bank-account/058/0123456785")).ShouldSucceed();
    }

    [Fact]
    public async Task The_list_has_the_built_in_banks_and_those_that_an_organisation_adds_or_renames()
    {
        await DemoLender.LoadOnceAsync(server.Database, server.Clock, default);
        var client = await server.Lender.AddCustomerAsync();
        var demo = server.UserOf(
            new Caller(
                DemoPeople.Customer.Id,
                DemoPeople.OrganisationId,
                DemoPeople.Customer.Role,
                server.Ids.Next<SessionId>()
            )
        );
        (await NamesAsync(client))["058"].ShouldBe("Guaranty Trust Bank");
        var names = await NamesAsync(demo);
        names["058"].ShouldBe("First Sample Bank");
        names["033"].ShouldBe("United Bank for Africa");
    }

    private static async Task<Dictionary<string, string>> NamesAsync(TestUser client) =>
        (await client.GetAsync("user/get-available-banks"))
            .ShouldSucceed()
            .EnumerateArray()
            .ToDictionary(
                bank => bank.GetProperty("bankCode").GetString()!,
                bank => bank.GetProperty("bankName").GetString()!
            );
}
