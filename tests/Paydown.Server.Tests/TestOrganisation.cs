using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Products;

namespace Paydown.Server.Tests;

/// <summary>A lender on a test server, with its people, products and loans.</summary>
public sealed partial class TestOrganisation
{
    /// <summary>The password of all users.</summary>
    public const string Password = "Lender@Server1";

    // Hashed with one iteration, which is fast.
    private static readonly PasswordHash StoredPassword = PasswordHash.Create(Password, iterations: 1);

    private readonly ConcurrentDictionary<(Guid CustomerId, string Number), Guid> bankAccounts = [];

    private TestOrganisation(TestServer server, OrganisationId id) => (Server, Id) = (server, id);

    public TestServer Server { get; }

    public OrganisationId Id { get; }

    /// <summary>A customer for tests that do not need their own.</summary>
    public TestUser Customer { get; private set; } = null!;

    public TestUser Cashier { get; private set; } = null!;

    public TestUser SecondCashier { get; private set; } = null!;

    public TestUser Manager { get; private set; } = null!;

    public TestUser SecondManager { get; private set; } = null!;

    /// <summary>The date in UTC.</summary>
    public DateOnly Today => Server.Today;

    internal static async Task<TestOrganisation> AddAsync(TestServer server, string timeZone)
    {
        var lender = new TestOrganisation(server, server.Ids.Next<OrganisationId>());
        var settings = new OrganisationSettings
        {
            Id = lender.Id,
            Name = "Test Lender",
            CountryIso3 = "NGA",
            Currency = Naira,
            WithdrawalFee = Kobo(0),
            TimeZone = timeZone,
            Contact = new("help@lender.example", "+234 1 555 0100", "Monday to Friday"),
            Collection = new("0000014579", "Test Lender Collections", "011", "Example Bank"),
            RecordedAt = server.Now,
        };
        await using (var connection = await server.Database.OpenConnectionAsync())
            await OrganisationStore.AddAsync(connection, settings, default);
        lender.Customer = await lender.AddUserAsync(Role.Customer);
        lender.Cashier = await lender.AddUserAsync(Role.Cashier);
        lender.SecondCashier = await lender.AddUserAsync(Role.Cashier);
        lender.Manager = await lender.AddUserAsync(Role.Manager);
        lender.SecondManager = await lender.AddUserAsync(Role.Manager);
        return lender;
    }

    /// <summary>Adds a customer called Ada Example.</summary>
    public Task<TestUser> AddCustomerAsync() => AddUserAsync(Role.Customer);

    public async Task<TestUser> AddUserAsync(Role role, string firstName = "Ada", string lastName = "Example")
    {
        var id = Server.Ids.Next<UserId>();
        var user = new User(id, Id, role, firstName, lastName, $"{id}@test.example");
        await using var connection = await Server.Database.OpenConnectionAsync();
        await UserStore.AddAsync(connection, user, StoredPassword, Server.Now, default);
        return Server.UserOf(new Caller(id, Id, role, Server.Ids.Next<SessionId>()));
    }

    /// <summary>
    /// Returns a verified bank account of a customer called Ada Example, and adds it first if needed.
    /// </summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> BankAccountOfAsync(
        TestUser customer,
        string accountNumber = TestWallet.GoodNumber,
        string bankCode = "058"
    )
    {
        if (bankAccounts.TryGetValue((customer.UserId, accountNumber), out var known))
            return known;
        var added = await customer.PostAsync(
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
        var id = added.ShouldSucceed().GetProperty("accountId").GetGuid();
        return bankAccounts[(customer.UserId, accountNumber)] = id;
    }

    /// <summary>Adds a product.</summary>
    /// <param name="product">The product; the server assigns id and version.</param>
    /// <param name="isOpen">True if customers can apply for it.</param>
    public async Task<LoanProduct> AddProductAsync(LoanProduct? product = null, bool isOpen = true)
    {
        product ??= TestProducts.Salary;
        var view = ProductView.Of(new StoredProduct(Id, product, isOpen, default, Server.Now));
        var draft = JsonSerializer.SerializeToNode(view, Wire.Options)!.AsObject();
        foreach (var name in (string[])["id", "version", "changedBy", "changedAt"])
            draft.Remove(name);
        var added = (await Manager.PostAsync("admin/loan-products", draft)).ShouldSucceed();
        return product with { Id = new(added.GetProperty("id").GetGuid()), Version = 1 };
    }

    /// <summary>Changes settings, with both managers if that weakens a control.</summary>
    public async Task ChangeAsync(params (string Name, object? Value)[] changes)
    {
        var settings = (await Manager.GetAsync("admin/organisation")).ShouldSucceed();
        var body = JsonNode.Parse(settings.GetRawText())!.AsObject();
        body.Remove("awaitedApproval");
        foreach (var (name, value) in changes)
            body[name] = JsonSerializer.SerializeToNode(value);
        await AgreeAsync("admin/organisation", body);
    }

    /// <summary>Sends a PUT as a manager, and the same as the second manager if that is needed.</summary>
    /// <returns>The data of the last response.</returns>
    public async Task<JsonElement> AgreeAsync(string path, object? body = null)
    {
        var first = (await Manager.PutAsync(path, body)).ShouldSucceed();
        return first.TryGetProperty("awaitedApproval", out var awaited) && awaited.ValueKind == JsonValueKind.Object
            ? (await SecondManager.PutAsync(path, body)).ShouldSucceed()
            : first;
    }

    /// <summary>Creates an API token.</summary>
    public async Task<(Guid Id, string Token)> AddApiTokenAsync(Scopes scopes, int expiresInDays = 1)
    {
        var made = await Manager.PostAsync(
            "admin/api-tokens",
            new
            {
                name = "Importer",
                scopes = ScopeWords.Write(scopes),
                expiresInDays,
            }
        );
        var data = made.ShouldSucceed();
        return (data.GetProperty("id").GetGuid(), data.GetProperty("token").GetString()!);
    }
}
