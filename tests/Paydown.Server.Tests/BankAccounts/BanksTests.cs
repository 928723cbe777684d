using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.BankAccounts;

/// <summary>The banks that a lender lists.</summary>
public sealed class BanksTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_customer_of_the_former_Diamond_Bank_adds_an_account()
    {
        // The check digit is that of 063, and wrong for 044.
        var customer = await server.Lender.AddCustomerAsync();
        (await AddAsync(customer, "063", "0012345679")).ShouldSucceed();
        (await AddAsync(customer, "044", "0012345679")).ShouldBeRefused(422, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_manager_lists_a_wallet_whose_numbers_have_no_check_digit()
    {
        var lender = await server.AddOrganisationAsync();
        var customer = await lender.AddCustomerAsync();
        (await AddAsync(customer, "999992", "8005550100")).ShouldBeRefused(404, "BANK_UNKNOWN");
        var changed = await lender.Manager.PutAsync(
            "admin/banks/999992",
            new { bankName = "Example Wallet", hasNuban = false }
        );
        changed.ShouldSucceed().GetProperty("hasNuban").GetBoolean().ShouldBeFalse();
        (await AddAsync(customer, "999992", "8005550100"))
            .ShouldSucceed()
            .GetProperty("bankCode")
            .GetString()
            .ShouldBe("999992");
        (await AddAsync(customer, "999992", "800555")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await lender.Manager.GetAsync("admin/banks"))
            .ShouldSucceed()
            .EnumerateArray()
            .Count(bank => bank.GetProperty("bankCode").GetString() == "999992")
            .ShouldBe(1);
        (await customer.GetAsync("user/get-available-banks")).Body.ShouldContain("Example Wallet");
        (await server.OtherLender.Manager.GetAsync("admin/banks")).Body.ShouldNotContain("Example Wallet");

        (await lender.Manager.PutAsync("admin/banks/999992/remove")).ShouldSucceed();
        (await lender.Manager.PutAsync("admin/banks/999992/remove")).ShouldBeRefused(404, "BANK_UNKNOWN");
        (await lender.Manager.GetAsync("admin/audit?action=BANK_CHANGED")).ShouldSucceed().GetArrayLength().ShouldBe(1);
        (await lender.Cashier.PutAsync("admin/banks/058", new { bankName = "Mine" })).ShouldBeRefused(403, "FORBIDDEN");
        (await lender.Manager.PutAsync("admin/banks/58", new { bankName = "Short" })).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
    }

    [Fact]
    public async Task A_six_digit_code_that_is_listed_is_not_another_banks_long_form()
    {
        var lender = await server.AddOrganisationAsync();
        var customer = await lender.AddCustomerAsync();
        (await AddAsync(customer, "000011", "0000014579"))
            .ShouldSucceed()
            .GetProperty("bankCode")
            .GetString()
            .ShouldBe("011");
        // In the scheme of NIP it is another bank.
        var body = new { bankName = "Unity Bank (NIP)", hasNuban = false };
        (await lender.Manager.PutAsync("admin/banks/000011", body)).ShouldSucceed();
        (await AddAsync(customer, "000011", "0000014570"))
            .ShouldSucceed()
            .GetProperty("bankCode")
            .GetString()
            .ShouldBe("000011");
    }

    private static Task<Reply> AddAsync(TestUser customer, string bankCode, string accountNumber) =>
        customer.PostAsync(
            "user/create-bank-account",
            new
            {
                customerId = customer.UserId,
                accountNumber,
                accountName = "EXAMPLE ADA",
                bankCode,
                bankName = "Example Bank",
            }
        );
}
