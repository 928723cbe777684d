using System.Data;
using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Compares the writes of the clients with one snapshot of the database. Each confirmed write is there exactly once,
/// each other one completely or not at all, and nothing else is there. The audit finds no breach.
/// </summary>
internal sealed class WriteCheck(string connectionString, Lender lender, ClientWrites writes)
{
    /// <summary>
    /// Compares the writes. Those recorded before <paramref name="since"/> were already checked for completeness.
    /// </summary>
    /// <returns>The repayments that are in the database, by the key of their report.</returns>
    public async Task<IReadOnlyDictionary<string, Guid>> CheckAsync(DateTimeOffset since)
    {
        writes.Unexpected.ShouldBeEmpty();
        await using var connection = new NpgsqlConnection(PoollessConnectionString);
        await connection.OpenAsync();
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        // A repayment carries the key of its report in its narration.
        var reported = await ReadAsync(connection, "select narration, id from repayment", []);
        Compare(writes.All.Where(write => write.IsReport), reported);
        await CheckReportsAsync(connection, since);

        var verified = await AnswersAsync(connection, DateTimeOffset.MinValue, isReport: false);
        Compare(writes.All.Where(write => !write.IsReport), verified);
        await CheckVerifiesAsync(connection, verified);
        return reported.ToDictionary(row => row.Key, row => row.Id, StringComparer.Ordinal);
    }

    /// <summary>Runs the program's audit.</summary>
    public async Task AuditAsync()
    {
        await using var source = NpgsqlDataSource.Create(PoollessConnectionString);
        using var output = new StringWriter();
        var code = await Audit.RunAsync(source, output, json: false, CancellationToken.None);
        code.ShouldBe(0, output.ToString());
    }

    // A report has rows in three tables, all with the instant of its group.
    private async Task CheckReportsAsync(NpgsqlConnection connection, DateTimeOffset since)
    {
        var rows = await ReadAsync(connection, "select narration, id from repayment where recorded_at >= $1", [since]);
        var answers = await AnswersAsync(connection, since, isReport: true);
        var events = await ReadAsync(
            connection,
            $"select type::text, subject_id from outbox_event where type = 'REPAYMENT_RECORDED' and recorded_at >= $1",
            [since]
        );
        rows.Except(answers).ShouldBeEmpty("repayments without their stored answer");
        answers.Except(rows).ShouldBeEmpty("stored answers without their repayment");
        events.Count.ShouldBe(rows.Count, "events");
        events.Select(row => row.Id).Except(rows.Select(row => row.Id)).ShouldBeEmpty("events without their repayment");
    }

    // The stored answers to reports or to verifications, with the keys of the clients. Every answer about a repayment
    // is the answer to one of their writes.
    private async Task<List<(string Key, Guid Id)>> AnswersAsync(
        NpgsqlConnection connection,
        DateTimeOffset since,
        bool isReport
    )
    {
        var sent = writes.All.ToDictionary(write => RecordIdOf(write).ToString());
        var answers = await ReadAsync(
            connection,
            "select id::text, subject_id from idempotency_record where subject_id is not null and recorded_at >= $1",
            [since]
        );
        return
        [
            .. answers
                .Select(answer => (Write: sent[answer.Key], answer.Id))
                .Where(answer => answer.Write.IsReport == isReport)
                .Select(answer => (answer.Write.Key, answer.Id)),
        ];
    }

    private RecordId RecordIdOf(ClientWrite write) =>
        write.IsReport
            ? RecordId.Of(write.Borrower.Customer.Caller.UserId, "POST user/repay-loan/{user-id}", write.Key)
            : RecordId.Of(lender.Cashier.UserId, "PUT admin/repayments/{id}/verify", write.Key);

    private static async Task CheckVerifiesAsync(NpgsqlConnection connection, List<(string Key, Guid Id)> verified)
    {
        var decisions = await ReadAsync(connection, "select kind, repayment_id from repayment_decision", []);
        var events = await ReadAsync(
            connection,
            $"select type::text, subject_id from outbox_event where type = 'REPAYMENT_VERIFIED'",
            []
        );
        var ids = Ordered(verified);
        Ordered(decisions).ShouldBe(ids, "decisions and their stored answers");
        Ordered(events).ShouldBe(ids, "decisions and their events");
    }

    private static List<Guid> Ordered(List<(string Key, Guid Id)> rows) => [.. rows.Select(row => row.Id).Order()];

    private static void Compare(IEnumerable<ClientWrite> wanted, List<(string Key, Guid Id)> rows)
    {
        var byKey = wanted.ToDictionary(write => write.Key, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, id) in rows)
        {
            seen.Add(key).ShouldBeTrue($"{key} is stored twice.");
            byKey.TryGetValue(key, out var write).ShouldBeTrue($"{key} was not sent by a client.");
            if (write!.IsDone)
                id.ShouldBe(write.Id!.Value, $"{key} is not the confirmed repayment.");
        }

        var lost = byKey.Values.Where(write => write.IsDone && !seen.Contains(write.Key)).Select(write => write.Key);
        lost.ShouldBeEmpty("confirmed but not there");
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
