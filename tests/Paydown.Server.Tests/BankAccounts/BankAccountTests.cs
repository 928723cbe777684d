using Paydown.Server.BankAccounts;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.BankAccounts;

/// <summary>
/// A customer's bank accounts: <see cref="CreateBankAccount"/>, <see cref="GetBankAccount"/> and
/// <see cref="ListBankAccounts"/>.
/// </summary>
public sealed class BankAccountTests(TestServer server) : IClassFixture<TestServer>
{
    // The CBN's example, and its neighbours with their own check digits.
    private static readonly string[] Numbers =
    [
        "0000014579",
        "0000014586",
        "0000014593",
        "0000014603",
        "0000014610",
        "0000014627",
        "0000014634",
        "0000014641",
    ];

    [Fact]
    public async Task An_added_account_is_shown_and_listed()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var added = (await AddAsync(customer, customer, Numbers[0])).ShouldSucceed();
        var id = added.GetProperty("accountId").GetGuid();
        added
            .GetRawText()
            .ShouldBe(
                $"{{\"accountId\":\"{id}\",\"customerId\":\"{customer.UserId}\",\"accountNumber\":\"0000014579\","
                    + "\"accountName\":\"EXAMPLE ADA\",\"bankCode\":\"011\",\"bankName\":\"Example Bank\","
                    + "\"isDefault\":true,\"isVerified\":true}"
            );
        var shown = (await customer.GetAsync($"user/view-bank-account/{id}")).ShouldSucceed();
        shown
            .GetRawText()
            .ShouldStartWith(added.GetRawText()[..^1] + ",\"accountType\":\"SAVINGS\",\"createdDate\":\"");
        shown.GetProperty("createdDate").GetString().ShouldEndWith("Z");
        var listed = (await customer.GetAsync($"user/list-customer-bank-accounts/{customer.UserId}")).ShouldSucceed();
        listed.EnumerateArray().ShouldHaveSingleItem().GetRawText().ShouldBe(shown.GetRawText());
    }

    [Fact]
    public async Task The_first_account_is_the_default_until_another_replaces_it()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var first = Id(await AddAsync(customer, customer, Numbers[0]));
        var second = Id(await AddAsync(customer, customer, Numbers[1]));
        (await DefaultsAsync(customer, customer)).ShouldBe([first]);
        var third = Id(await AddAsync(customer, customer, Numbers[2], isDefault: true));
        (await DefaultsAsync(customer, customer)).ShouldBe([third]);
        var listed = (await customer.GetAsync($"user/list-customer-bank-accounts/{customer.UserId}")).ShouldSucceed();
        listed
            .EnumerateArray()
            .Select(account => account.GetProperty("accountId").GetGuid())
            .ShouldBe([third, first, second]);
    }

    [Fact]
    public async Task Concurrent_new_defaults_leave_one_default()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var answers = await Task.WhenAll(
            Numbers.Select(number => AddAsync(customer, customer, number, isDefault: true))
        );
        foreach (var answer in answers)
            answer.ShouldSucceed();
        (await DefaultsAsync(customer, customer)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Adding_an_account_again_is_refused_and_changes_nothing()
    {
        var customer = await server.Lender.AddCustomerAsync();
        await AddAsync(customer, customer, Numbers[0]);
        var current = Id(await AddAsync(customer, customer, Numbers[1], isDefault: true));
        (await AddAsync(customer, customer, Numbers[0], isDefault: true)).ShouldBeRefused(409, "BANK_ACCOUNT_EXISTS");
        (await AddAsync(customer, customer, Numbers[0], bankCode: "000011")).ShouldBeRefused(
            409,
            "BANK_ACCOUNT_EXISTS"
        );
        (await DefaultsAsync(customer, customer)).ShouldBe([current]);
    }

    [Fact]
    public async Task Invalid_accounts_are_refused()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var other = await server.Lender.AddCustomerAsync();
        (await AddAsync(customer, other, Numbers[0])).ShouldBeRefused(403, "CUSTOMER_MISMATCH");
        (await AddAsync(customer, customer, "0000014570"))
            .ShouldBeRefused(422, "VALIDATION_ERROR")
            .Body.ShouldContain("accountNumber");
        (await AddAsync(customer, customer, Numbers[0], bankCode: "1234")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await AddAsync(customer, customer, Numbers[0], bankCode: "999")).ShouldBeRefused(404, "BANK_UNKNOWN");
        (await AddAsync(customer, customer, Numbers[0], accountName: "BOLA SAMPLE")).ShouldBeRefused(
            422,
            "ACCOUNT_NAME_MISMATCH"
        );
        (await customer.PostAsync("user/create-bank-account", new { })).ShouldBeRefused(400, "BAD_REQUEST");
        (await customer.GetAsync($"user/list-customer-bank-accounts/{customer.UserId}"))
            .ShouldSucceed()
            .GetRawText()
            .ShouldBe("[]");
    }

    [Fact]
    public async Task Another_customers_account_looks_like_one_that_does_not_exist()
    {
        var owner = await server.Lender.AddCustomerAsync();
        var ownersClient = owner;
        var id = Id(await AddAsync(ownersClient, owner, Numbers[0]));
        var client = await server.Lender.AddCustomerAsync();
        var existing = (await client.GetAsync($"user/view-bank-account/{id}")).ShouldBeRefused(404, "NOT_FOUND");
        (await client.GetAsync($"user/view-bank-account/{server.Ids.Next()}")).Body.ShouldBe(existing.Body);
        var foreign = await server.OtherLender.AddUserAsync(Role.Cashier);
        (await foreign.GetAsync($"user/view-bank-account/{id}")).Body.ShouldBe(existing.Body);
        var cashier = await server.Lender.AddUserAsync(Role.Cashier);
        (await cashier.GetAsync($"user/view-bank-account/{id}"))
            .ShouldSucceed()
            .GetProperty("accountId")
            .GetGuid()
            .ShouldBe(id);
    }

    [Theory]
    [InlineData("0000004046")]
    [InlineData("0000005036")]
    [InlineData("0020202028")]
    public async Task An_account_is_verified_only_if_its_bank_returns_the_customers_name(string accountNumber)
    {
        var customer = await server.Lender.AddCustomerAsync();
        (await AddAsync(customer, customer, accountNumber, bankCode: "044"))
            .ShouldSucceed()
            .GetProperty("isVerified")
            .GetBoolean()
            .ShouldBeFalse();
    }

    private static Task<Reply> AddAsync(
        TestUser client,
        TestUser customer,
        string accountNumber,
        bool? isDefault = null,
        string bankCode = "011",
        string accountName = "EXAMPLE ADA"
    ) =>
        client.PostAsync(
            "user/create-bank-account",
            new
            {
                customerId = customer.UserId,
                accountNumber,
                accountName,
                bankCode,
                bankName = "Example Bank",
                isDefault,
            }
        );

    private static Guid Id(Reply answer) => answer.ShouldSucceed().GetProperty("accountId").GetGuid();

    private static async Task<IEnumerable<Guid>> DefaultsAsync(TestUser client, TestUser customer)
    {
        var listed = (await client.GetAsync($"user/list-customer-bank-accounts/{customer.UserId}")).ShouldSucceed();
        return listed
            .EnumerateArray()
            .Where(account => account.GetProperty("isDefault").GetBoolean())
            .Select(account => account.GetProperty("accountId").GetGuid());
    }
}
