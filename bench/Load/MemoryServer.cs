using System.Collections.Frozen;
using Npgsql;
using Paydown.Server;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;

namespace Paydown.Bench;

/// <summary>
/// The other side of <c>list</c>: the same Kestrel, the same door with the same check of tokens and headers, and every
/// customer's answer ready in memory, made once at the start and never right again after a change.
/// </summary>
public static class MemoryServer
{
    private const int GroupSize = 500;
    private const int RecordsMax = 1000;

    public static async Task<int> RunAsync(string connectionString, string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(url);
        builder.Services.AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_ => Database.Open(connectionString));
        builder.Services.AddPlatform();
        await using var application = builder.Build();
        var answers = await ReadAllAsync(application.Services.GetRequiredService<NpgsqlDataSource>());
        application.UseEnvelopes();
        application.UseRouting();
        application.MapHealth();
        var routes = new ApiRoutes();
        routes.Get("user/list-customer-repayments/{customer-id}", call =>
            ValueTask.FromResult(answers[call.PathId("customer-id")]))
            .For(Access.CustomerOrOfficer)
            .Takes(ListCustomerRepayments.QueryFields)
            .Described("Bench", "Answers from memory")
            .Answers<IReadOnlyList<CustomerRepayment>>([CustomerRepayment.Example], paged: true);
        routes.MapTo(application, application.Services.GetRequiredService<Door>());
        await application.RunAsync();
        return 0;
    }

    private static async Task<FrozenDictionary<Guid, Answer>> ReadAllAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        var customers = new List<Guid>();
        await using (var command = new NpgsqlCommand("select distinct customer_id from repayment", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) customers.Add(reader.GetGuid(0));
        }

        var answers = new Dictionary<Guid, Answer>(customers.Count);
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
