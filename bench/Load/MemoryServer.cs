using System.Collections.Frozen;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Bench;

/// <summary>
/// Shows what HTTP alone can do: the same Kestrel and the same <see cref="ApiPipeline"/> with its checks of tokens and
/// headers. Everything else is in memory, read once at startup and outdated after a change: the loans for reports, and
/// whole responses for lists and verifications. It is the other side of <c>list</c>; <c>limit</c> measures with it what
/// remains without a database.
/// </summary>
public static class MemoryServer
{
    private const int GroupSize = 500;
    private const int RecordsMax = 1000;

    public const string Lists = "lists";
    public const string Reports = "reports";
    public const string Verifications = "verifications";

    public static async Task<int> RunAsync(string what, string connectionString, string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(url);
        builder.Services.AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_ => Database.Open(connectionString));
        // As in BenchDatabase: no load reaches this rate, but each request is still counted.
        builder.Services.AddSingleton(new CallerLimitOptions { RequestsPerSecond = 1_000_000 });
        builder.Services.AddPlatform();
        await using var application = builder.Build();
        application.Use(application.Services.GetRequiredService<Envelopes>().InvokeAsync);
        application.UseRouting();
        application.MapHealth();
        var routes = new ApiRoutes();
        var database = application.Services.GetRequiredService<NpgsqlDataSource>();
        await (
            what switch
            {
                Lists => MapListsAsync(routes, database),
                Reports => MapReportsAsync(routes, database),
                Verifications => MapVerificationsAsync(routes, database),
                _ => throw new BenchException($"There is no in-memory server for {what}."),
            }
        );
        routes.MapTo(application, application.Services.GetRequiredService<ApiPipeline>());
        await application.RunAsync();
        return 0;
    }

    private static async Task MapListsAsync(ApiRoutes routes, NpgsqlDataSource database)
    {
        var answers = await ReadAnswersAsync(database);
        routes.Add(
            "GET",
            $"user/list-customer-repayments/{RepaymentRoutes.CustomerId}",
            Access.CustomerOrOfficer,
            ListCustomerRepayments.Contract,
            call => ValueTask.FromResult(answers[call.Path(RepaymentRoutes.CustomerId)])
        );
    }

    private static async Task MapReportsAsync(ApiRoutes routes, NpgsqlDataSource database)
    {
        var accounts = await BareReports.ReadAccountsAsync(database);
        var ids = new Ids(TimeProvider.System);
        routes.Add(
            "POST",
            $"user/repay-loan/{RepaymentRoutes.UserId}",
            Access.Customer,
            RepayLoan.Contract,
            call =>
            {
                var body = call.Body;
                var reported = BareReports.Of(
                    call.Caller.CustomerId,
                    body.Get(RepayLoan.AccountId),
                    body.Get(RepayLoan.BankAccountId),
                    body.Get(RepayLoan.RepaymentReference),
                    KeyUse.Of(call)
                );
                return ValueTask.FromResult(
                    RepaymentRecorded.ToAnswer(BareReports.Record(reported, accounts[call.Caller.CustomerId], ids))
                );
            }
        );
    }

    private static async Task MapVerificationsAsync(ApiRoutes routes, NpgsqlDataSource database)
    {
        var organisation = await BareVerifications.ReadOrganisationAsync(database);
        var answers = await BareVerifications.ReadAnswersAsync(database, organisation);
        routes.Add(
            "PUT",
            $"admin/repayments/{RepaymentRoutes.Id}/verify",
            Access.Officer,
            VerifyRepayment.Contract,
            call =>
            {
                var request = BareVerifications.Of(organisation, call.Path(RepaymentRoutes.Id), KeyUse.Of(call));
                return ValueTask.FromResult(answers[request.Asked.Target.RepaymentId]);
            }
        );
    }

    private static async Task<FrozenDictionary<CustomerId, Answer>> ReadAnswersAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        var customers = new List<CustomerId>();
        await using (var command = new NpgsqlCommand("select distinct customer_id from repayment", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                customers.Add(reader.Id<CustomerId>("customer_id"));
        }

        var answers = new Dictionary<CustomerId, Answer>(customers.Count);
        foreach (var group in customers.Chunk(GroupSize))
        {
            foreach (var (id, list) in await RepaymentListStore.ReadNewestAsync(connection, group, RecordsMax))
            {
                answers[id] = Answer.SuccessBytes(new RepaymentJson(list).WriteAll);
            }
        }

        return answers.ToFrozenDictionary();
    }
}
