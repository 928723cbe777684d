using System.Data;
using System.Text.Json;
using Npgsql;
using Paydown.Server.Auditing;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown audit</c>: replays every loan and checks the books, on one consistent snapshot, while servers run. It
/// prints each breach and, at the end, the counts. It changes nothing; it only stores its result, which servers show to
/// monitoring.
/// </summary>
public static class Audit
{
    /// <summary>Runs the audit.</summary>
    /// <param name="db">The database.</param>
    /// <param name="output">Receives the breaches and the counts.</param>
    /// <param name="json">True to write one JSON document instead of lines.</param>
    /// <param name="cancellation">Stops the audit.</param>
    /// <returns>0 if the books are right, 1 if there is a breach.</returns>
    /// <exception cref="OperatingException">The schema does not match this program.</exception>
    public static async Task<int> RunAsync(
        NpgsqlDataSource db,
        TextWriter output,
        bool json,
        CancellationToken cancellation
    )
    {
        await new Migrator(db, TimeProvider.System).RequireCurrentAsync(cancellation);

        await using var connection = await db.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await using (var readOnly = new NpgsqlCommand("set transaction read only", connection))
            await readOnly.ExecuteNonQueryAsync(cancellation);

        var report = new Report(json ? null : output);
        await CheckLoansAsync(connection, report, cancellation);
        await report.AddAsync(await BookLaws.CheckAsync(connection, cancellation));
        report.Entries = await CountEntriesAsync(connection, cancellation);
        await AuditRunStore.AddAsync(db, new(TimeProvider.System.GetUtcNow(), report.Breaches.Count), cancellation);
        await output.WriteLineAsync((json ? report.ToJson() : report.ToString()).AsMemory(), cancellation);
        return report.Breaches.Count == 0 ? 0 : 1;
    }

    // The database reads the next batch of loans while this one is replayed.
    private static async Task CheckLoansAsync(
        NpgsqlConnection connection,
        Report report,
        CancellationToken cancellation
    )
    {
        var batch = await AuditStore.ReadNextAsync(connection, default, cancellation);
        while (batch is { } current)
        {
            var checking = Task.Run(
                () => current.Loans.AsParallel().AsOrdered().SelectMany(LoanLaws.Check).ToList(),
                cancellation
            );
            batch = await AuditStore.ReadNextAsync(connection, current.Last, cancellation);
            await report.AddAsync(await checking);
            report.Loans += current.Loans.Count;
            report.Repayments += current.Loans.Sum(loan => loan.Repayments.Count);
            if (!Console.IsErrorRedirected)
                await Console.Error.WriteAsync($"\r{report.Loans:N0} loans checked ");
        }

        if (!Console.IsErrorRedirected && report.Loans > 0)
            await Console.Error.WriteAsync("\r\e[K");
    }

    private static async Task<long> CountEntriesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select count(*) from journal_entry", connection)
        {
            CommandTimeout = 0,
        };
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private sealed class Report(TextWriter? lines)
    {
        public List<Breach> Breaches { get; } = [];

        public long Loans { get; set; }

        public long Repayments { get; set; }

        public long Entries { get; set; }

        public async Task AddAsync(IReadOnlyList<Breach> found)
        {
            Breaches.AddRange(found);
            if (lines is null)
                return;
            foreach (var breach in found)
                await lines.WriteLineAsync(breach.ToString());
        }

        public string ToJson() =>
            JsonSerializer.Serialize(
                new
                {
                    Loans,
                    Repayments,
                    Entries,
                    Breaches,
                },
                Wire.Options
            );

        public override string ToString() =>
            $"{Loans} loans, {Repayments} repayments, {Entries} entries checked: {Breaches.Count} breaches";
    }
}
