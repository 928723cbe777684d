using System.Diagnostics;
using Npgsql;

namespace Paydown.Server.Tests.Endurance;

/// <summary>The figures of the process and the tables that must stay constant while a server runs.</summary>
internal sealed record SoakSample(
    long ManagedBytes,
    int Handles,
    int Threads,
    long UpdatedTableBytes,
    long DeadRows,
    double BytesOfRepayment
)
{
    public static async Task<SoakSample> TakeAsync(NpgsqlDataSource database)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        await using var command = database.CreateCommand(
            """
            select pg_table_size('loan_account'),
                   (select coalesce(sum(n_dead_tup), 0)::bigint from pg_stat_user_tables
                    where relname <> 'loan_account'),
                   pg_table_size('repayment')::float8 / greatest(1, (select count(*) from repayment))
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        using var process = Process.GetCurrentProcess();
        return new SoakSample(
            GC.GetTotalMemory(forceFullCollection: true),
            Directory.GetFiles("/proc/self/fd").Length,
            process.Threads.Count,
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.GetDouble(2)
        );
    }

    public override string ToString() =>
        $"{ManagedBytes / 1_048_576.0:N1} MiB managed, {Handles} handles, {Threads} threads, "
        + $"{UpdatedTableBytes / 1_048_576.0:N1} MiB of loan accounts, {DeadRows:N0} dead rows, "
        + $"{BytesOfRepayment:N0} bytes per repayment";
}
