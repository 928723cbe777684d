using System.Data;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Auditing;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown audit</c>: replays every loan and checks the books, while servers run. Each range of customers and each
/// law of the books has a snapshot of its own, so the audit holds up neither vacuum nor a standby for long. What looks
/// like a breach is read again before it is reported. It changes nothing; it only stores its result, which servers show
/// to monitoring.
/// </summary>
public static class Audit
{
    private const int ReadsMax = 5;

    /// <inheritdoc cref="RunAsync(NpgsqlDataSource, TextWriter, AuditOptions, CancellationToken)"/>
    public static Task<int> RunAsync(
        NpgsqlDataSource db,
        TextWriter output,
        bool json,
        CancellationToken cancellation
    ) => RunAsync(db, output, new AuditOptions { Json = json }, cancellation);

    /// <summary>Runs the audit.</summary>
    /// <param name="db">The database; a standby will do.</param>
    /// <param name="output">Receives the breaches and the counts.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="cancellation">Stops the audit.</param>
    /// <returns>0 if the books are right, 1 if there is a breach.</returns>
    /// <exception cref="OperatingException">The schema does not match this program.</exception>
    public static async Task<int> RunAsync(
        NpgsqlDataSource db,
        TextWriter output,
        AuditOptions options,
        CancellationToken cancellation
    )
    {
        await new Migrator(db, TimeProvider.System).RequireCurrentAsync(cancellation);
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var name = await NameAsync(connection, cancellation);
        var state = await AuditState.ReadAsync(options.StateFile, name, cancellation);
        var report = new Report(options.Json ? null : output, state);
        await CheckLoansAsync(connection, report, state, options, cancellation);
        foreach (var law in BookLaws.All)
        {
            await report.AddAsync(
                await FindAsync(
                    connection,
                    () => BookLaws.CheckAsync(connection, law, cancellation),
                    options,
                    cancellation
                )
            );
        }

        report.Entries = await SnapshotAsync(connection, () => CountAsync(connection, cancellation), cancellation);
        await AuditRunStore.AddAsync(db, new(TimeProvider.System.GetUtcNow(), report.Breaches.Count), cancellation);
        await output.WriteLineAsync((options.Json ? report.ToJson() : report.ToString()).AsMemory(), cancellation);
        if (options.StateFile is { } file)
            File.Delete(file);
        return report.Breaches.Count == 0 ? 0 : 1;
    }

    // The database reads the next range of customers while this one is replayed.
    private static async Task CheckLoansAsync(
        NpgsqlConnection connection,
        Report report,
        AuditState state,
        AuditOptions options,
        CancellationToken cancellation
    )
    {
        var after = state.After;
        var range = await ReadNextAsync(after);
        while (range is { } current)
        {
            var checking = Task.Run(() => Check(current.Loans), cancellation);
            range = await ReadNextAsync(current.Last);
            var suspected = await checking;
            await report.AddAsync(
                suspected.Count == 0
                    ? suspected
                    : await ConfirmAsync(
                        connection,
                        suspected,
                        () => CheckAsync(after, current.Last),
                        options,
                        cancellation
                    )
            );
            after = current.Last;
            report.Count(current.Loans);
            if (options.StateFile is { } file)
                await report.StateAfter(state, after).WriteAsync(file, cancellation);
            options.Checked?.Invoke(report.Loans);
            cancellation.ThrowIfCancellationRequested();
            if (!Console.IsErrorRedirected)
                await Console.Error.WriteAsync($"\r{report.Loans:N0} loans checked ");
        }

        if (!Console.IsErrorRedirected && report.Loans > 0)
            await Console.Error.WriteAsync("\r\e[K");

        Task<(IReadOnlyList<AuditedLoan> Loans, CustomerId Last)?> ReadNextAsync(CustomerId from) =>
            SnapshotAsync(
                connection,
                () => AuditStore.ReadNextAsync(connection, from, options.CustomersPerRange, cancellation),
                cancellation
            );

        async Task<IReadOnlyList<Breach>> CheckAsync(CustomerId from, CustomerId last) =>
            Check(await AuditStore.ReadAsync(connection, from, last, cancellation));
    }

    private static IReadOnlyList<Breach> Check(IReadOnlyList<AuditedLoan> loans) =>
        [.. loans.AsParallel().AsOrdered().SelectMany(LoanLaws.Check)];

    private static async Task<IReadOnlyList<Breach>> FindAsync(
        NpgsqlConnection connection,
        Func<Task<IReadOnlyList<Breach>>> read,
        AuditOptions options,
        CancellationToken cancellation
    )
    {
        var suspected = await SnapshotAsync(connection, read, cancellation);
        return suspected.Count == 0
            ? suspected
            : await ConfirmAsync(connection, suspected, read, options, cancellation);
    }

    // What only one of two snapshots shows is not broken: the shards of a database may show different moments.
    private static async Task<IReadOnlyList<Breach>> ConfirmAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Breach> suspected,
        Func<Task<IReadOnlyList<Breach>>> read,
        AuditOptions options,
        CancellationToken cancellation
    )
    {
        if (options.Suspecting is { } suspecting)
            await suspecting();
        var again = await SnapshotAsync(connection, read, cancellation);
        return [.. again.Where(breach => suspected.Any(breach.IsSameAs))];
    }

    // A standby cancels a read that is in the way of its replay; it is read again.
    private static async Task<T> SnapshotAsync<T>(
        NpgsqlConnection connection,
        Func<Task<T>> read,
        CancellationToken cancellation
    )
    {
        for (var number = 1; ; number++)
        {
            await using var snapshot = await connection.BeginTransactionAsync(
                IsolationLevel.RepeatableRead,
                cancellation
            );
            try
            {
                await using (var readOnly = new NpgsqlCommand("set transaction read only", connection))
                    await readOnly.ExecuteNonQueryAsync(cancellation);
                return await read();
            }
            catch (PostgresException exception)
                when (exception.SqlState == PostgresErrorCodes.SerializationFailure && number < ReadsMax)
            {
                // The transaction is rolled back.
            }
        }
    }

    private static async Task<string> NameAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select current_database() || ' ' || coalesce(min(id::text), '') from organisation",
            connection
        );
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select count(*) from journal_entry", connection)
        {
            CommandTimeout = 0,
        };
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private sealed class Report(TextWriter? lines, AuditState state)
    {
        public List<Breach> Breaches { get; } = [.. state.Breaches];

        public long Loans { get; private set; } = state.Loans;

        public long Repayments { get; private set; } = state.Repayments;

        public long Entries { get; set; }

        public void Count(IReadOnlyList<AuditedLoan> loans)
        {
            Loans += loans.Count;
            Repayments += loans.Sum(loan => loan.Repayments.Count);
        }

        public AuditState StateAfter(AuditState before, CustomerId after) =>
            before with
            {
                After = after,
                Loans = Loans,
                Repayments = Repayments,
                Breaches = [.. Breaches],
            };

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
