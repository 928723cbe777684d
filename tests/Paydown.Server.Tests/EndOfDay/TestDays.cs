using System.Text.Json.Nodes;
using Paydown.Server.EndOfDay;
using Paydown.Server.Loans;
using Paydown.Server.Notices;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Tests.EndOfDay;

/// <summary>The end of a day in tests.</summary>
internal static class TestDays
{
    public static EndOfDayRun RunOf(TestServer server, int batchSize = 300) =>
        new(server.Database, new LoanDays(server.Ids), new ReminderWriter(server.Ids, server.Clock), server.Clock)
        {
            BatchSize = batchSize,
        };

    /// <summary>Runs the end of today.</summary>
    public static async Task<EndOfDayTotals> EndDayAsync(this TestServer server, TestOrganisation organisation) =>
        await RunOf(server).RunAsync(await server.BusinessDateAsync(organisation), server.Today, null, default);

    public static async Task<BusinessDate> BusinessDateAsync(this TestServer server, TestOrganisation organisation)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        var all = await OrganisationStore.ListBusinessDatesAsync(connection, default);
        return all.Single(one => one.OrganisationId == organisation.Id);
    }

    /// <summary>Changes when the organisation recognises interest.</summary>
    public static async Task FollowAsync(this TestOrganisation organisation, string posting)
    {
        var shown = (await organisation.Manager.GetAsync("admin/organisation")).ShouldSucceed();
        var settings = JsonNode.Parse(shown.GetRawText())!.AsObject();
        settings["accrualPosting"] = posting;
        (await organisation.Manager.PutAsync("admin/organisation", settings)).ShouldSucceed();
    }

    /// <summary>Changes some fields of the organisation's policy of arrears.</summary>
    public static async Task ChangePolicyAsync(this TestOrganisation organisation, JsonObject changes)
    {
        var shown = (await organisation.Manager.GetAsync("admin/arrears-policy")).ShouldSucceed();
        var policy = JsonNode.Parse(shown.GetRawText())!.AsObject();
        foreach (var (name, value) in changes)
            policy[name] = value?.DeepClone();
        (await organisation.Manager.PutAsync("admin/arrears-policy", policy)).ShouldSucceed();
    }

    /// <summary>The balances of a loan, or of all loans, without zeros; debits positive.</summary>
    public static async Task<Dictionary<string, long>> LedgerAsync(
        this TestServer server,
        TestOrganisation organisation,
        StoredLoan? loan = null
    )
    {
        await using var command = server.Database.CreateCommand(
            """
            select ledger_account, sum(amount)::bigint from posting
            where organisation_id = $1 and ($2::uuid is null or account_id = $2)
            group by 1 having sum(amount) <> 0
            """
        );
        command.Parameters.Add(Sql.Value(organisation.Id));
        command.Parameters.Add(Sql.Value(loan?.Id));
        await using var reader = await command.ExecuteReaderAsync();
        var balances = new Dictionary<string, long>();
        while (await reader.ReadAsync())
            balances.Add(reader.GetString(0), reader.GetInt64(1));
        return balances;
    }
}
