using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Commands;
using Paydown.Server.Ledger;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Wallets;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>
/// A lender with a running server on a database of its own: take it as a class fixture, and open a loan for each
/// test.
/// </summary>
public sealed class TestLender(TestCluster cluster) : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private TestDatabase database = null!;
    private WebApplication application = null!;
    private int loans;

    public Guid OrganisationId { get; private set; }

    public Caller Customer { get; private set; } = null!;

    public Caller Cashier { get; private set; } = null!;

    public Caller SecondCashier { get; private set; } = null!;

    public Caller Manager { get; private set; } = null!;

    public Caller SecondManager { get; private set; } = null!;

    /// <summary>A manager of another organisation.</summary>
    public Caller Stranger { get; private set; } = null!;

    public NpgsqlDataSource Database => database.DataSource;

    /// <summary>For another server on the same database.</summary>
    public string ConnectionString => database.ConnectionString;

    public Uri Address => http.BaseAddress!;

    public Ids Ids { get; } = new(TimeProvider.System);

    public DateOnly Today { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>The terms of every loan that a test does not give others: 12 months at 12 % a year, 30/360.</summary>
    public LoanTerms Terms =>
        new()
        {
            Currency = Currency.Get("NGN"),
            PrincipalMinor = 1_200_000,
            AnnualRatePercent = 12,
            NumberOfInstallments = 12,
            SubmittedOn = Today.AddDays(-100),
            DaysInYear = DaysInYear.Days360,
            DaysInMonth = DaysInMonth.Days30,
            Allocation = new AllocationPolicy
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };

    public async ValueTask InitializeAsync()
    {
        database = new TestDatabase(cluster);
        await database.InitializeAsync();
        OrganisationId = await AddOrganisationAsync("Test Lender");
        Customer = await AddUserAsync(OrganisationId, Role.Customer);
        Cashier = await AddUserAsync(OrganisationId, Role.Cashier);
        SecondCashier = await AddUserAsync(OrganisationId, Role.Cashier);
        Manager = await AddUserAsync(OrganisationId, Role.Manager);
        SecondManager = await AddUserAsync(OrganisationId, Role.Manager);
        Stranger = await AddUserAsync(await AddOrganisationAsync("Other Lender"), Role.Manager);
        application = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = database.ConnectionString,
                Limits = LenderServer.NoLimits,
            }
        );
        await application.StartAsync();
        http.BaseAddress = new Uri(application.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await application.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>A loan of 12,000.00 that was paid out 100 days ago.</summary>
    public async Task<StoredLoan> OpenLoanAsync(LoanTerms? terms = null, bool hasApplication = true)
    {
        terms ??= Terms;
        var file = new StoredLoan
        {
            CustomerId = Customer.UserId,
            Id = Ids.Next(),
            OrganisationId = OrganisationId,
            ApplicationId = hasApplication ? Ids.Next() : null,
            ProductName = "Salary Loan",
            AccountProductName = "Personal Loan",
            RepaymentMethod = PaymentMethod.BankTransfer,
            Reference = CreditorReference.FromBody($"TEST{Interlocked.Increment(ref loans):0000}").Value,
            Terms = terms,
            Collector = null,
            AppliedOn = terms.SubmittedOn,
            DisbursedOn = null,
            State = LoanStatus.PendingDisbursement,
            Balance = default,
            PayoffMinor = 0,
            OverpaidMinor = 0,
            PendingMinor = 0,
            BalanceOn = null,
            NextDueOn = null,
            InstallmentCount = 0,
            Events = [],
        };
        var change = new LoanChanges(Ids).Open(file, terms.PrincipalMinor, terms.SubmittedOn, Now());
        await using var connection = await Database.OpenConnectionAsync();
        await LoanChangeStore.WriteAsync(connection, [change], default);
        return change.After;
    }

    /// <summary>A product of the lender, open or not.</summary>
    public Task<LoanProduct> AddProductAsync(LoanProduct? product = null, bool isOpen = true) =>
        TestProducts.AddAsync(Database, OrganisationId, product ?? TestProducts.Salary(Ids.Next()), isOpen);

    /// <summary>A repayment that waits for verification.</summary>
    public async Task<Guid> ReportAsync(StoredLoan loan, long amountMinor, DateOnly paidOn)
    {
        var id = Ids.Next();
        await ExecuteAsync(
            """
            with recorded as (
              insert into repayment (customer_id, id, organisation_id, account_id, amount, method, reference,
                                     reference_matches, paid_on, recorded_by, recorded_at)
              values ($1, $2, $3, $4, $5, 'BANK_TRANSFER', 'TEST', true, $6, $1, now()))
            update loan_account set pending_total = pending_total + $5 where customer_id = $1 and id = $4
            """,
            loan.CustomerId,
            id,
            loan.OrganisationId,
            loan.Id,
            amountMinor,
            paidOn
        );
        return id;
    }

    /// <summary>A repayment that counts.</summary>
    public async Task<Guid> PayAsync(StoredLoan loan, long amountMinor, DateOnly paidOn)
    {
        var id = await ReportAsync(loan, amountMinor, paidOn);
        var answer = await PutAsync(Cashier, $"admin/repayments/{id}/verify");
        Assert.Equal(200, answer.Status);
        return id;
    }

    /// <summary>Fails if <c>paydown audit</c> finds anything.</summary>
    public async Task ShouldAuditCleanAsync()
    {
        using var output = new StringWriter();
        Assert.True(await Audit.RunAsync(Database, output, json: false, default) == 0, output.ToString());
    }

    /// <summary>Puts money into the customer's wallet, as a disbursement does.</summary>
    public async Task FundWalletAsync(long amountMinor)
    {
        var naira = Currency.Get("NGN");
        var entry = PostingRules.DisbursedToWallet(Ids.Next(), new Money(amountMinor, naira), Today);
        await using var connection = await Database.OpenConnectionAsync();
        await WalletStore.LockAsync(connection, Customer.UserId, OrganisationId, naira, default);
        await using var batch = new NpgsqlBatch(connection);
        WalletStore.AddTo(
            batch,
            [new(Customer.UserId, OrganisationId, new BookedEntry(Ids.Next(), entry), TimeProvider.System.GetUtcNow())]
        );
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>What the customer's wallet holds, in minor units.</summary>
    public Task<long> ReadWalletAsync() =>
        ScalarAsync<long>(
            "select coalesce(sum(balance), 0)::bigint from wallet where customer_id = $1",
            Customer.UserId
        );

    public Task<TestAnswer> GetAsync(Caller caller, string path) => SendAsync(caller, HttpMethod.Get, path, null, null);

    public Task<TestAnswer> PutAsync(Caller caller, string path, object? body = null, string? key = null) =>
        SendAsync(caller, HttpMethod.Put, path, body, key ?? Ids.Next().ToString());

    public Task<TestAnswer> PostAsync(Caller caller, string path, object? body = null, string? key = null) =>
        SendAsync(caller, HttpMethod.Post, path, body, key ?? Ids.Next().ToString());

    /// <summary>A new access token, good on every server of this database.</summary>
    public string TokenOf(Caller caller) => application.Services.GetRequiredService<AccessTokens>().Issue(caller);

    /// <summary>What the server stores of a loan.</summary>
    public async Task<StoredLoan> ReadAsync(StoredLoan loan)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return (await LoanStore.FindAsync(connection, loan.CustomerId, loan.Id, forUpdate: false, default))!;
    }

    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Changes what the triggers guard, as only somebody can who owns the tables.</summary>
    public async Task DamageAsync(string sql, params object[] parameters)
    {
        var administrator = new NpgsqlConnectionStringBuilder(cluster.AdministratorConnectionString)
        {
            Database = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(administrator.ConnectionString);
        await connection.OpenAsync();
        await using (var unguarded = new NpgsqlCommand("set session_replication_role = replica", connection))
            await unguarded.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    private ActionContext Now() => new(Manager.UserId, TimeProvider.System.GetUtcNow(), Today, "test");

    private async Task<TestAnswer> SendAsync(Caller caller, HttpMethod method, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, $"api/v6/services/{path}");
        request.Headers.Add("X-Auth-Token", application.Services.GetRequiredService<AccessTokens>().Issue(caller));
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "203.0.113.7");
        request.Headers.Add("x-fapi-interaction-id", "test");
        if (key is not null)
            request.Headers.Add("x-idempotency-key", key);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var response = await http.SendAsync(request);
        return new TestAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Contains("Idempotency-Replayed")
        );
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = Database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return command;
    }

    private async Task<Guid> AddOrganisationAsync(string name)
    {
        var id = Ids.Next();
        await ExecuteAsync(
            """
            insert into organisation (id, name, currency_code, collection_account_number, collection_account_name,
                                      collection_bank_code, collection_bank_name, contact_email, contact_phone,
                                        contact_hours, recorded_at)
            values ($1, $2, 'NGN', '0000000000', $2, '000', 'Test Bank', 'help@test.example', '+2340000000',
                    '9 to 5', now())
            """,
            id,
            name
        );
        return id;
    }

    private async Task<Caller> AddUserAsync(Guid organisationId, Role role)
    {
        var id = Ids.Next();
        await ExecuteAsync(
            """
            insert into app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
            values ($1, $2, $3, 'Ada', 'Test', $1::text || '@test.example', $4, now())
            """,
            id,
            organisationId,
            role.ToString().ToUpperInvariant(),
            LenderServer.StoredPassword
        );
        return new Caller(id, organisationId, role, Ids.Next());
    }
}

/// <summary>What the server answered.</summary>
public sealed record TestAnswer(int Status, string Body, bool IsReplayed)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Data => Json.GetProperty("data");

    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;
}
