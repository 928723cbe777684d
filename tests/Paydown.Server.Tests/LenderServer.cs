using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>
/// A server on a database of its own, with two lenders and their people, and what tests need to add loans: take it as a
/// class fixture. Tests of one class share it, so that each adds a customer of its own.
/// </summary>
public sealed class LenderServer(TestCluster cluster) : IAsyncLifetime
{
    public static readonly Currency Naira = Currency.Get("NGN");

    /// <summary>The password of everybody here; not that of the examples in the documentation.</summary>
    public const string Password = "Lender@Server1";

    /// <summary>As it is stored: cheap to make; to check it costs as much as any.</summary>
    public static readonly string StoredPassword = PasswordHash.Create(Password, iterations: 1).ToString();

    private WebApplication? application;
    private NpgsqlDataSource? ownPool;
    private AccessTokens tokens = null!;
    private string connectionString = "";

    /// <summary>The lender that most tests are about.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>Another lender on the same server.</summary>
    public Guid OtherOrganisationId { get; private set; }

    /// <summary>Tests call as often as they can.</summary>
    public static CallerLimitOptions NoLimits { get; } = new() { RequestsPerSecond = CallerLimitOptions.Unlimited };

    /// <summary>Reaches its database.</summary>
    public string ConnectionString => connectionString;

    /// <summary>Its clock. Tests of one class share it; tokens are given by it and last an hour.</summary>
    public AdvancingTime Clock { get; } = new();

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public Ids Ids { get; } = new(TimeProvider.System);

    public IServiceProvider Services => application!.Services;

    public NpgsqlDataSource Database => ownPool ?? application!.Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>The date in the time zone of both lenders.</summary>
    public static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public async ValueTask InitializeAsync()
    {
        // Migrated by the server under test itself, as at a first start: what it learned before must not matter.
        connectionString = await cluster.CreateBareDatabaseAsync();
        application = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = connectionString,
                Time = Clock,
                Limits = NoLimits,
                SignIn = new SignInOptions
                {
                    LoginsPerAccountAMinute = 10_000,
                    FailuresPerAddressAMinute = 10_000,
                    RegistrationsPerAddressAMinute = 10_000,
                    RegistrationsAMinute = 10_000,
                },
                // No round begins by itself: tests that want one run it.
                Payments = new PaymentOptions { Kind = PaymentKind.Sandbox, Pause = TimeSpan.FromDays(1) },
            }
        );
        await application.Services.GetRequiredService<Migrator>().ApplyAsync(TestContext.Current.CancellationToken);
        await application.StartAsync();
        tokens = application.Services.GetRequiredService<AccessTokens>();
        await AddOrganisationsAsync(new Uri(application.Urls.Single()));
    }

    /// <summary>Two lenders of their own on a server that runs elsewhere; it is not ended with them.</summary>
    public static async Task<LenderServer> OnAsync(TestCluster cluster, Uri address, string connectionString)
    {
        var server = new LenderServer(cluster)
        {
            connectionString = connectionString,
            // Nothing prepared: only the server's connections may be of before a migration.
            ownPool = Server.Platform.Storage.Database.Open($"{connectionString};Max Auto Prepare=0"),
        };
        var keys = new SigningKeys(TimeProvider.System);
        keys.Replace(await new SigningKeyStore(server.Database, TimeProvider.System, server.Ids).LoadAsync(default));
        server.tokens = new AccessTokens(keys, new RevokedSessions(), TimeProvider.System, server.Ids);
        await server.AddOrganisationsAsync(address);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await application.DisposeAsync();
        if (ownPool is not null)
            await ownPool.DisposeAsync();
    }

    /// <summary>An access token that was given just now.</summary>
    public string TokenOf(Caller caller) => tokens.Issue(caller);

    /// <summary>An access token that was given two hours ago, when it was good for one.</summary>
    public string ExpiredTokenOf(Caller caller)
    {
        var services = application!.Services;
        var keys = services.GetRequiredService<SigningKeys>();
        var earlier = new ManualTime(TimeProvider.System.GetUtcNow().AddHours(-2));
        return new AccessTokens(keys, services.GetRequiredService<RevokedSessions>(), earlier, Ids).Issue(caller);
    }

    /// <summary>A client that speaks for a user, with all headers in order.</summary>
    public ApiClient ClientOf(Caller caller) => new(Address, TokenOf(caller));

    /// <summary>A customer called Ada Example.</summary>
    public Task<Caller> AddCustomerAsync() => AddUserAsync(OrganisationId, Role.Customer);

    public async Task<Caller> AddUserAsync(Guid organisationId, Role role)
    {
        var id = Ids.Next();
        await ExecuteAsync(
            """
            insert into app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
            values ($1, $2, $3, 'Ada', 'Example', $4, $5, now())
            """,
            id,
            organisationId,
            Words.Write(role),
            $"{id}@demo.example",
            StoredPassword
        );
        return new Caller(id, organisationId, role, Ids.Next());
    }

    /// <summary>A product of the lender, open or not.</summary>
    public Task<LoanProduct> AddProductAsync(LoanProduct? product = null, bool isOpen = true) =>
        TestProducts.AddAsync(Database, OrganisationId, product ?? TestProducts.Salary(Ids.Next()), isOpen);

    /// <summary>
    /// A loan of 1,200.00 NGN, by default without interest, in twelve installments of 100.00, 30 days apart, with what
    /// was repaid and a balance cached as the server keeps it.
    /// </summary>
    public async Task<StoredLoan> AddLoanAsync(Caller customer, TestLoan loan)
    {
        var disbursedOn = Today.AddDays(-loan.DaysAgo);
        var id = Ids.Next();
        var events = EventsOf(loan, disbursedOn);
        var state = Loan.Replay(loan.TermsFrom(disbursedOn), events, Today);
        Guid? applicationId = loan.HasApplication ? Ids.Next() : null;
        await ExecuteAsync(
            """
            insert into loan_account (
              customer_id, id, organisation_id, loan_application_id, product_name, account_product_name,
              repayment_method, reference, currency_code, collector, applied_on, disbursed_on, state,
              principal_balance, interest_balance, fees_balance, penalty_balance, payoff_balance, overpaid,
              next_due_on, installment_count, event_count, balance_on, recorded_at)
            values ($1, $2, $3, nullif($4, $2), 'Salary Loan', 'Personal Loans', 'BANK_TRANSFER', $5, 'NGN',
                    nullif($6, ''), $7, $7, $8, $9, $10, 0, 0, $11, $12, $13, 12, $14, $15, now())
            """,
            customer.UserId,
            id,
            customer.OrganisationId,
            applicationId ?? id,
            CreditorReference.FromBody(id.ToString("N")[^20..]).Value,
            loan.Collector ?? "",
            disbursedOn,
            loan.IsDisbursed ? StoredState(state.Status) : "PENDING_DISBURSEMENT",
            PayableRules.Owed(state).Principal,
            PayableRules.Owed(state).Interest,
            state.Payoff.Total,
            state.OverpaidMinor,
            state.Installments.FirstOrDefault(row => !row.IsPaid)?.DueOn ?? disbursedOn,
            events.Count,
            state.HoldsOnAnyDay ? DBNull.Value : Today
        );
        await ExecuteAsync(
            "insert into loan_terms (customer_id, account_id, terms) values ($1, $2, $3::json)",
            customer.UserId,
            id,
            StoredTerms.Write(state.Terms)
        );
        foreach (var loanEvent in events)
        {
            await ExecuteAsync(
                """
                insert into loan_event (customer_id, account_id, sequence, id, kind, value_on, amount, recorded_at)
                values ($1, $2, $3, $4, $5, $6, $7, now())
                """,
                customer.UserId,
                id,
                loanEvent.Sequence,
                loanEvent.Id,
                Words.Write(loanEvent.Kind),
                loanEvent.On,
                loanEvent is MoneyEvent money ? money.AmountMinor : 0
            );
        }

        await using var connection = await Database.OpenConnectionAsync();
        return (await LoanStore.FindAsync(connection, customer.UserId, id, forUpdate: false, default))!;
    }

    /// <summary>A repayment with how it stands; null where it is pending.</summary>
    public async Task<Guid> AddRepaymentAsync(
        StoredLoan loan,
        long minor,
        string? status,
        string method = "BANK_TRANSFER"
    )
    {
        var id = Ids.Next();
        await ExecuteAsync(
            """
            insert into repayment (customer_id, id, organisation_id, account_id, amount, method, reference,
                                   reference_matches, paid_on, recorded_by, recorded_at)
            values ($1, $2, $3, $4, $5, $6, $7, true, $8, $1, now())
            """,
            loan.CustomerId,
            id,
            loan.OrganisationId,
            loan.Id,
            minor,
            method,
            loan.Reference,
            Today
        );
        if (status is null)
        {
            await ExecuteAsync(
                "update loan_account set pending_total = pending_total + $3 where customer_id = $1 and id = $2",
                loan.CustomerId,
                loan.Id,
                minor
            );
        }
        else
        {
            await ExecuteAsync(
                """
                insert into repayment_standing (customer_id, repayment_id, status, reason, organisation_id,
                                                recorded_at, reported_amount)
                select customer_id, id, $3, 'Because', organisation_id, recorded_at, amount
                from repayment where customer_id = $1 and id = $2
                """,
                loan.CustomerId,
                id,
                status
            );
        }

        return id;
    }

    /// <summary>A verified bank account of a customer.</summary>
    public async Task<Guid> AddBankAccountAsync(Caller customer)
    {
        var id = Ids.Next();
        await ExecuteAsync(
            """
            insert into bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code,
                                      bank_name,
                                      account_type, is_default, is_verified, recorded_at)
            values ($1, $2, $3, '0123456785', 'Ada Example', '058', 'Example Bank', 'SAVINGS', true, true, now())
            """,
            customer.UserId,
            id,
            customer.OrganisationId
        );
        return id;
    }

    /// <summary>Another server on the same database.</summary>
    public async Task<WebApplication> StartSecondAsync(CallerLimitOptions? limits = null)
    {
        var second = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = connectionString,
                Limits = limits ?? NoLimits,
                Payments = new PaymentOptions { Kind = PaymentKind.Sandbox, Pause = TimeSpan.FromDays(1) },
            }
        );
        await second.StartAsync();
        return second;
    }

    /// <summary>A client of another server on the same database.</summary>
    public static ApiClient ClientOf(WebApplication server, Caller caller) =>
        new(new Uri(server.Urls.Single()), server.Services.GetRequiredService<AccessTokens>().Issue(caller));

    /// <summary>An API token of a lender, as it is sent.</summary>
    public async Task<(Guid Id, string Token)> AddApiTokenAsync(
        Guid organisationId,
        Scopes scopes,
        bool isExpired = false,
        bool isRevoked = false
    )
    {
        var (id, token, now) = (Ids.Next(), ApiTokenSecret.Create(), TimeProvider.System.GetUtcNow());
        await ExecuteAsync(
            """
            insert into api_token (id, organisation_id, name, hash, scopes, created_by, created_at, expires_at,
                                   revoked_by, revoked_at)
            values ($1, $2, 'Importer', $3, $4, $1, $5, $6, $7, $8)
            """,
            id,
            organisationId,
            ApiTokenSecret.HashOf(token),
            ScopeWords.Write(scopes),
            now.AddDays(-2),
            now.AddDays(isExpired ? -1 : 1),
            isRevoked ? id : DBNull.Value,
            isRevoked ? now : DBNull.Value
        );
        return (id, token);
    }

    /// <summary>One number of the database.</summary>
    public async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var command = CommandOf(sql, values);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    private List<LoanEvent> EventsOf(TestLoan loan, DateOnly disbursedOn)
    {
        if (!loan.IsDisbursed)
            return [];
        List<LoanEvent> events =
        [
            new Disbursed
            {
                Id = Ids.Next(),
                Sequence = 1,
                On = disbursedOn,
                AmountMinor = 1_200_00,
            },
        ];
        if (loan.PaidMinor > 0)
        {
            events.Add(
                new PaymentReceived
                {
                    Id = Ids.Next(),
                    Sequence = 2,
                    On = disbursedOn.AddDays(1),
                    AmountMinor = loan.PaidMinor,
                }
            );
        }

        return events;
    }

    private async Task AddOrganisationsAsync(Uri address)
    {
        Address = address;
        OrganisationId = await AddOrganisationAsync();
        OtherOrganisationId = await AddOrganisationAsync();
    }

    private static string StoredState(LoanStatus status) =>
        Words.Write(status == LoanStatus.InArrears ? LoanStatus.Active : status);

    /// <summary>One more lender, in a time zone.</summary>
    public async Task<Guid> AddOrganisationAsync(string timeZone = "UTC")
    {
        var id = Ids.Next();
        await ExecuteAsync(
            """
            insert into organisation (id, name, currency_code, collection_account_number,
                                      collection_account_name, collection_bank_code, collection_bank_name,
                                      contact_email, contact_phone, contact_hours, time_zone, recorded_at)
            values ($1, 'Demo Lender', 'NGN', '0000014579', 'Demo Lender Collections', '011', 'Example Bank',
                    'help@lender.example', '+234 1 555 0100', 'Monday to Friday', $2, now())
            """,
            id,
            timeZone
        );
        return id;
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = CommandOf(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand CommandOf(string sql, object[] values)
    {
        var command = Database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}

/// <summary>
/// A loan that a test wants. By default it runs, its first installment falls due in 20 days, and nothing is repaid.
/// </summary>
public sealed record TestLoan
{
    /// <summary>Days since it was disbursed.</summary>
    public int DaysAgo { get; init; } = 10;

    public long PaidMinor { get; init; }

    public bool HasApplication { get; init; } = true;

    public bool IsDisbursed { get; init; } = true;

    public string? Collector { get; init; }

    /// <summary>Accrued by the day on what is outstanding, and until the day of the payoff.</summary>
    public decimal AnnualRatePercent { get; init; }

    public LoanTerms TermsFrom(DateOnly day) =>
        new()
        {
            Currency = LenderServer.Naira,
            PrincipalMinor = 1_200_00,
            AnnualRatePercent = AnnualRatePercent,
            NumberOfInstallments = 12,
            RepayEvery = 30,
            RepayUnit = PeriodUnit.Days,
            SubmittedOn = day,
            InterestPeriod = InterestPeriod.Daily,
            Recalculation =
                AnnualRatePercent == 0
                    ? null
                    : new(PreClosure.TillPreClosureDate, Reschedule.AdjustLastUnpaidPeriod, RestFrequency.Daily, 1),
            Allocation = new()
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };
}
