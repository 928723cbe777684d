using System.Data;
using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Storage;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Holds what the clients know against what the database has, at one moment: each acknowledged deed is there exactly
/// once, each other one wholly or not at all, nothing came from nowhere, and the audit is clean.
/// </summary>
internal sealed class Reckoning(string connectionString, Lender lender, Deeds deeds)
{
    private const string AnsweredId = "substring(encode(body, 'escape') from '\"id\":\"([0-9a-f-]{36})\"')::uuid";
    private const string ToldId =
        "substring(encode(payload, 'escape') from '\"repaymentId\":\"([0-9a-f-]{36})\"')::uuid";

    /// <summary>Compares; what was recorded before <paramref name="since"/> was searched for halves before.</summary>
    /// <returns>The repayments that are in the database, by the key of their report.</returns>
    public async Task<IReadOnlyDictionary<string, Guid>> CheckAsync(DateTimeOffset since)
    {
        deeds.Surprises.ShouldBeEmpty();
        await using var connection = new NpgsqlConnection(PoollessConnectionString);
        await connection.OpenAsync();
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        // A repayment carries the key of its report in its narration.
        var reported = await ReadAsync(connection, "select narration, id from repayment", []);
        Compare(deeds.All.Where(deed => deed.IsReport), reported);
        await CheckReportsAsync(connection, since);

        var verified = await ReadAsync(
            connection,
            $"select key, {AnsweredId} from idempotency_record where caller_id = $1",
            [lender.Cashier.UserId]
        );
        Compare(deeds.All.Where(deed => !deed.IsReport), verified);
        await CheckVerifiesAsync(connection, verified);
        return reported.ToDictionary(row => row.Key, row => row.Id, StringComparer.Ordinal);
    }

    /// <summary>The audit of the program itself.</summary>
    public async Task AuditAsync()
    {
        await using var source = NpgsqlDataSource.Create(PoollessConnectionString);
        using var output = new StringWriter();
        var code = await Audit.RunAsync(source, output, json: false, CancellationToken.None);
        code.ShouldBe(0, output.ToString());
    }

    // Three tables, one story. All three rows of a report bear the moment of its group.
    private async Task CheckReportsAsync(NpgsqlConnection connection, DateTimeOffset since)
    {
        var rows = await ReadAsync(connection, "select narration, id from repayment where recorded_at >= $1", [since]);
        var answers = await ReadAsync(
            connection,
            $"""
            select key, {AnsweredId} from idempotency_record
            where recorded_at >= $1 and route like 'POST user/repay-loan/%'
            """,
            [since]
        );
        var told = await ReadAsync(
            connection,
            $"select type, {ToldId} from outbox_event where type = 'repayment.recorded' and recorded_at >= $1",
            [since]
        );
        rows.Except(answers).ShouldBeEmpty("repayments without their stored answer");
        answers.Except(rows).ShouldBeEmpty("stored answers without their repayment");
        told.Count.ShouldBe(rows.Count, "events for the outside");
        told.Select(row => row.Id).Except(rows.Select(row => row.Id)).ShouldBeEmpty("events without their repayment");
    }

    private static async Task CheckVerifiesAsync(NpgsqlConnection connection, List<(string Key, Guid Id)> verified)
    {
        var decisions = await ReadAsync(connection, "select kind, repayment_id from repayment_decision", []);
        var told = await ReadAsync(
            connection,
            $"select type, {ToldId} from outbox_event where type = 'repayment.verified'",
            []
        );
        var ids = Ordered(verified);
        Ordered(decisions).ShouldBe(ids, "decisions and their stored answers");
        Ordered(told).ShouldBe(ids, "decisions and their events");
    }

    private static List<Guid> Ordered(List<(string Key, Guid Id)> rows) => [.. rows.Select(row => row.Id).Order()];

    private static void Compare(IEnumerable<Deed> wanted, List<(string Key, Guid Id)> rows)
    {
        var byKey = wanted.ToDictionary(deed => deed.Key, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, id) in rows)
        {
            seen.Add(key).ShouldBeTrue($"{key} is there twice.");
            byKey.TryGetValue(key, out var deed).ShouldBeTrue($"{key} came from nowhere.");
            if (deed!.IsDone)
                id.ShouldBe(deed.Id!.Value, $"{key} is another repayment than was answered.");
        }

        var lost = byKey.Values.Where(deed => deed.IsDone && !seen.Contains(deed.Key)).Select(deed => deed.Key);
        lost.ShouldBeEmpty("acknowledged and not there");
    }

    private static async Task<List<(string Key, Guid Id)>> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        object[] values
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, Guid)>();
        while (await reader.ReadAsync())
            rows.Add((reader.GetString(0), reader.GetGuid(1)));
        return rows;
    }

    private string PoollessConnectionString =>
        new NpgsqlConnectionStringBuilder(Database.Read(connectionString).ConnectionString)
        {
            Pooling = false,
            CommandTimeout = 60,
        }.ConnectionString;
}
