using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Payments;
using Shouldly;
using BankAccount = (System.Guid Id, string Number);
using PaydownClient = Paydown.Client.PaydownClient;
using PaydownSession = Paydown.Client.PaydownSession;

namespace Paydown.Server.Tests.Endurance;

/// <summary>A customer with three bank accounts, named by what the sandbox does with transfers to them.</summary>
internal sealed record Traveller(TestUser Customer, BankAccount Good, BankAccount Closed, BankAccount Endless);

/// <summary>A server with the sandbox for payments, a lender with three products, and its customers.</summary>
internal sealed class JourneyStage : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly List<Traveller> travellers = [];
    private readonly TestServer server;

    private JourneyStage(TestServer server) => this.server = server;

    /// <summary>The fee for a transfer, in minor units.</summary>
    public const long WithdrawalFeeMinor = 25_00;

    public IReadOnlyList<Traveller> Travellers => travellers;

    /// <summary>
    /// A product that is approved and paid out automatically, one with tranches, and one with recalculated interest.
    /// </summary>
    public IReadOnlyList<LoanProduct> Products { get; private set; } = [];

    public TestUser Cashier => server.Lender.Cashier;

    public TestUser Manager => server.Lender.Manager;

    public DateOnly Today => server.Today;

    public JourneyBooks Books { get; } = new();

    public NpgsqlDataSource Database => server.Database;

    public static async Task<JourneyStage> StartAsync(TestCluster cluster, int customers)
    {
        var started = await TestServer.StartAsync(
            cluster,
            options =>
                options with
                {
                    Payments = new PaymentOptions
                    {
                        Kind = PaymentKind.Sandbox,
                        Pause = TimeSpan.FromMilliseconds(20),
                        SandboxDuration = TimeSpan.Zero,
                    },
                }
        );
        var stage = new JourneyStage(started);
        await started.Lender.ChangeAsync(("withdrawalFee", WithdrawalFeeMinor / 100m));
        await stage.AddProductsAsync();
        for (var number = 0; number < customers; number++)
            stage.travellers.Add(await stage.AddTravellerAsync());
        return stage;
    }

    /// <summary>A client of the .NET library that calls as a user.</summary>
    public PaydownClient ClientOf(TestUser user)
    {
        var client = new PaydownClient(
            http,
            new() { Address = server.Address, RetryDelay = TimeSpan.FromMilliseconds(1) }
        );
        client.SignIn.Resume(new PaydownSession { AccessToken = user.Token });
        return client;
    }

    /// <summary>A new idempotency key.</summary>
    public string NextKey() => server.Ids.Next().ToString();

    /// <summary>Waits until every transfer has ended, except those that never do.</summary>
    public Task SettleAsync() => Wait.UntilAsync(async () => await CountUnderWayAsync() == 0);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    private Task<long> CountUnderWayAsync() =>
        server.ScalarAsync<long>(
            """
            select count(*) from wallet_transfer_standing s
            join wallet_transfer t on t.customer_id = s.customer_id and t.id = s.transfer_id
            where s.status not in ('COMPLETED', 'FAILED') and t.account_number <> $1
            """,
            TestWallet.EndlessNumber
        );

    private async Task AddProductsAsync()
    {
        var usual = TestProducts.Salary;
        LoanProduct[] products =
        [
            usual with
            {
                ApprovesAutomatically = true,
                DisbursesAutomatically = true,
                Fees = [new("Processing fee", FeeKind.Percent, Kobo(0), 1, FeeCharged.Deducted)],
            },
            usual with
            {
                Name = "Business Loan",
                DisbursementsMax = 3,
                Fees = [new("Arrangement fee", FeeKind.Flat, Kobo(20_00), 0, FeeCharged.Added)],
            },
            usual with
            {
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
        var added = new List<LoanProduct>();
        foreach (var product in products)
            added.Add(await server.Lender.AddProductAsync(product));
        Products = added;
    }

    private async Task<Traveller> AddTravellerAsync()
    {
        var customer = await server.Lender.AddCustomerAsync();
        return new Traveller(
            customer,
            await AddBankAccountAsync(customer, TestWallet.GoodNumber),
            await AddBankAccountAsync(customer, TestWallet.ClosedNumber),
            await AddBankAccountAsync(customer, TestWallet.EndlessNumber)
        );
    }

    private async Task<BankAccount> AddBankAccountAsync(TestUser customer, string number) =>
        (await server.Lender.BankAccountOfAsync(customer, number), number);
}
