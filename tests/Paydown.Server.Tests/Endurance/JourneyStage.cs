using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Shouldly;
using BankAccount = (System.Guid Id, string Number);
using PaydownClient = Paydown.Client.PaydownClient;
using PaydownSession = Paydown.Client.PaydownSession;

namespace Paydown.Server.Tests.Endurance;

/// <summary>A customer who travels, with three bank accounts, called by what the sandbox does with them.</summary>
internal sealed record Traveller(Caller Caller, BankAccount Good, BankAccount Closed, BankAccount Endless);

/// <summary>
/// A server with the sandbox for payments on a database of its own, a lender with three products, and its customers.
/// </summary>
internal sealed class JourneyStage : IAsyncDisposable
{
    private const string GoodNumber = "0123456785";
    private const string ClosedNumber = "0000009011";
    private const string EndlessNumber = "0000009035";
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient http = new();
    private readonly Ids ids = new(TimeProvider.System);
    private readonly List<Traveller> travellers = [];
    private WebApplication server = null!;
    private Guid organisationId;

    /// <summary>What a transfer costs, in minor units.</summary>
    public const long WithdrawalFeeMinor = 25_00;

    public IReadOnlyList<Traveller> Travellers => travellers;

    /// <summary>One that the rules approve and pay out, one in parts, one whose interest is recalculated.</summary>
    public IReadOnlyList<LoanProduct> Products { get; private set; } = [];

    public Caller Cashier { get; private set; } = null!;

    public Caller Manager { get; private set; } = null!;

    public JourneyBooks Books { get; } = new();

    public NpgsqlDataSource Database { get; private set; } = null!;

    public static async Task<JourneyStage> StartAsync(TestCluster cluster, int customers)
    {
        var stage = new JourneyStage();
        var connectionString = await cluster.CreateDatabaseAsync();
        stage.server = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = connectionString,
                Limits = LenderServer.NoLimits,
                Payments = new PaymentOptions
                {
                    Kind = PaymentKind.Sandbox,
                    Pause = Glance,
                    SandboxDuration = TimeSpan.Zero,
                },
            }
        );
        await stage.server.StartAsync();
        stage.Database = NpgsqlDataSource.Create(connectionString);
        await stage.AddLenderAsync();
        for (var number = 0; number < customers; number++)
            stage.travellers.Add(await stage.AddTravellerAsync());
        return stage;
    }

    /// <summary>A client of the .NET library that speaks for somebody, with a token of its own.</summary>
    public PaydownClient ClientOf(Caller caller)
    {
        var client = new PaydownClient(
            http,
            new() { Address = new(server.Urls.Single()), RetryDelay = TimeSpan.FromMilliseconds(1) }
        );
        var token = server.Services.GetRequiredService<AccessTokens>().Issue(caller);
        client.SignIn.Resume(new PaydownSession { AccessToken = token });
        return client;
    }

    /// <summary>An idempotency key that nobody has used.</summary>
    public string NextKey() => ids.Next().ToString();

    /// <summary>Waits until every transfer has ended that ever will.</summary>
    public async Task SettleAsync()
    {
        var clock = Stopwatch.StartNew();
        while (await CountUnderWayAsync() is var left and > 0)
        {
            clock.Elapsed.ShouldBeLessThan(PatienceMax, $"{left} transfers do not end.");
            await Task.Delay(Glance);
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
    }

    private async Task<long> CountUnderWayAsync()
    {
        await using var command = Database.CreateCommand(
            """
            select count(*) from wallet_transfer_standing s
            join wallet_transfer t on t.customer_id = s.customer_id and t.id = s.transfer_id
            where s.status not in ('COMPLETED', 'FAILED') and t.account_number <> $1
            """
        );
        command.Parameters.Add(new() { Value = EndlessNumber });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task AddLenderAsync()
    {
        organisationId = ids.Next();
        await ExecuteAsync(
            """
            insert into organisation (id, name, currency_code, collection_account_number, collection_account_name,
                                      collection_bank_code, collection_bank_name, contact_email, contact_phone,
                                      contact_hours, withdrawal_fee, recorded_at)
            values ($1, 'Journey Lending', 'NGN', '1000000018', 'Journey Lending', '057', 'Example Bank',
                    'help@lender.example', '+234 800 000 0000', '9 to 5', $2, now())
            """,
            organisationId,
            WithdrawalFeeMinor
        );
        Cashier = await AddUserAsync(Role.Cashier);
        Manager = await AddUserAsync(Role.Manager);
        var usual = TestProducts.Salary(ids.Next());
        Products =
        [
            usual with
            {
                ApprovesAutomatically = true,
                DisbursesAutomatically = true,
                Fees = [new("Processing fee", FeeKind.Percent, 0, 1, FeeCharged.Deducted)],
            },
            usual with
            {
                Id = ids.Next(),
                Name = "Business Loan",
                DisbursementsMax = 3,
                Fees = [new("Arrangement fee", FeeKind.Flat, 20_00, 0, FeeCharged.Added)],
            },
            usual with
            {
                Id = ids.Next(),
                Name = "Flexible Loan",
                Schedule = new()
                {
                    ScheduleType = ScheduleType.Progressive,
                    Recalculation = new(
                        PreClosure.TillPreClosureDate,
                        Reschedule.AdjustLastUnpaidPeriod,
                        RestFrequency.Daily,
                        1
                    ),
                },
            },
        ];
        foreach (var product in Products)
            await TestProducts.AddAsync(Database, organisationId, product, isOpen: true);
    }

    private async Task<Traveller> AddTravellerAsync()
    {
        var caller = await AddUserAsync(Role.Customer);
        return new Traveller(
            caller,
            await AddBankAccountAsync(caller, GoodNumber, isDefault: true),
            await AddBankAccountAsync(caller, ClosedNumber, isDefault: false),
            await AddBankAccountAsync(caller, EndlessNumber, isDefault: false)
        );
    }

    private async Task<Caller> AddUserAsync(Role role)
    {
        var id = ids.Next();
        await ExecuteAsync(
            """
            insert into app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
            values ($1, $2, $3, 'Ada', 'Example', $4, $5, now())
            """,
            id,
            organisationId,
            Words.Write(role),
            $"{id}@lender.example",
            LenderServer.StoredPassword
        );
        return new Caller(id, organisationId, role, ids.Next());
    }

    private async Task<BankAccount> AddBankAccountAsync(Caller caller, string number, bool isDefault)
    {
        var id = ids.Next();
        await ExecuteAsync(
            """
            insert into bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code,
                                      bank_name, account_type, is_default, is_verified, recorded_at)
            values ($1, $2, $3, $4, 'Ada Example', '058', 'Example Bank', 'SAVINGS', $5, true, now())
            """,
            caller.UserId,
            id,
            organisationId,
            number,
            isDefault
        );
        return (id, number);
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
