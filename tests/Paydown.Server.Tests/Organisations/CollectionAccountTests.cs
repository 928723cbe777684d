using System.Text.Json;
using Paydown.Server.Tests.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Organisations;

public sealed class CollectionAccountTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Iban = "DE89370400440532013000";

    [Fact]
    public async Task The_account_of_the_settings_is_the_first_one()
    {
        var lender = await server.AddOrganisationAsync();
        var first = (await lender.Cashier.GetAsync("admin/collection-accounts")).ShouldSucceed()[0];
        first.GetProperty("accountNumber").GetString().ShouldBe("0000014579");
        first.GetProperty("ledgerAccount").GetString().ShouldBe("COLLECTION_ACCOUNT");
    }

    [Fact]
    public async Task An_added_account_takes_statements_until_it_is_closed()
    {
        var lender = await server.AddOrganisationAsync();
        var added = await AddAsync(lender);
        added.GetProperty("accountNumber").GetString().ShouldBe(Iban);
        var statement = new TestStatement(lender.Today, new TestEntry(10)) { Account = Iban, Currency = "EUR" };
        (await ImportAsync(lender, statement)).ShouldSucceed();

        await ChangeAsync(lender, added, isClosed: true);
        (await ImportAsync(lender, statement with { Opening = 5 })).ShouldBeRefused(409, "COLLECTION_ACCOUNT_CLOSED");
        await ChangeAsync(lender, added, isClosed: false);
        (await ImportAsync(lender, statement with { Opening = 5 })).ShouldSucceed();
    }

    [Fact]
    public async Task A_number_has_one_account_per_currency()
    {
        var lender = await server.AddOrganisationAsync();
        await AddAsync(lender);
        (await lender.Manager.PostAsync("admin/collection-accounts", AccountIn("EUR"))).ShouldBeRefused(
            409,
            "COLLECTION_ACCOUNT_EXISTS"
        );
        (await lender.Manager.PostAsync("admin/collection-accounts", AccountIn("USD"))).ShouldSucceed();
        (await lender.Manager.PostAsync("admin/collection-accounts", AccountIn("XXY"))).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
    }

    [Fact]
    public async Task A_csv_file_is_read_by_the_profile_of_its_account()
    {
        var lender = await server.AddOrganisationAsync();
        object AccountWith(string csvProfile) =>
            new
            {
                name = "Savings bank",
                accountNumber = "12345678",
                currencyCode = "EUR",
                ledgerAccount = "COLLECTION_ACCOUNT",
                csvProfile,
            };
        (await lender.Manager.PostAsync("admin/collection-accounts", AccountWith("{}"))).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        const string profile =
            """{"name":"Ours","columns":{"bookedOn":"Day","amount":"Sum","text":"Why"},"dates":"dayFirst","decimal":","}""";
        var added = (await lender.Manager.PostAsync("admin/collection-accounts", AccountWith(profile))).ShouldSucceed();
        var file = System.Text.Encoding.UTF8.GetBytes($"Day;Sum;Why\n{lender.Today:dd/MM/yyyy};1.250,50;Thanks\n");
        (await lender.Cashier.UploadAsync("admin/bank-statements?fileName=a.csv", file)).Status.ShouldBe(422);
        var path = $"admin/bank-statements?fileName=a.csv&collectionAccountId={added.GetProperty("id").GetGuid()}";
        var imported = (await lender.Cashier.UploadAsync(path, file)).ShouldSucceed();
        var id = imported.GetProperty("statements")[0].GetProperty("id").GetGuid();
        var entry = (await lender.Cashier.GetAsync($"admin/bank-statements/{id}/entries")).ShouldSucceed()[0];
        entry.GetProperty("amount").GetDecimal().ShouldBe(1_250.50m);
    }

    [Fact]
    public async Task An_account_of_another_lender_does_not_exist()
    {
        var added = await AddAsync(await server.AddOrganisationAsync());
        (
            await server.OtherLender.Manager.PutAsync(
                $"admin/collection-accounts/{added.GetProperty("id").GetGuid()}",
                ChangeOf(isClosed: true)
            )
        ).ShouldBeRefused(404, "NOT_FOUND");
    }

    private static async Task<JsonElement> AddAsync(TestOrganisation lender) =>
        (await lender.Manager.PostAsync("admin/collection-accounts", AccountIn("EUR"))).ShouldSucceed();

    private static async Task ChangeAsync(TestOrganisation lender, JsonElement account, bool isClosed)
    {
        var path = $"admin/collection-accounts/{account.GetProperty("id").GetGuid()}";
        var changed = (await lender.Manager.PutAsync(path, ChangeOf(isClosed))).ShouldSucceed();
        changed.GetProperty("name").GetString().ShouldBe("Renamed");
    }

    private static Task<Reply> ImportAsync(TestOrganisation lender, TestStatement statement) =>
        lender.Cashier.UploadAsync("admin/bank-statements?fileName=a.xml", statement.ToFile());

    private static object AccountIn(string currencyCode) =>
        new
        {
            name = "Euro",
            accountNumber = "DE89 3704 0044 0532 0130 00",
            currencyCode,
            ledgerAccount = "COLLECTION_ACCOUNT",
        };

    private static object ChangeOf(bool isClosed) =>
        new
        {
            name = "Renamed",
            bankCode = (string?)null,
            bankName = (string?)null,
            csvProfile = (string?)null,
            isClosed,
        };
}
