using Npgsql;

namespace Paydown.Server.Tests.Isolation;

/// <summary>How much is written in a database: the rows of all its tables.</summary>
internal static class TableRows
{
    // A failed sign-in, or a wrong PIN, is meant to be written down.
    private const string Tables = """
        select string_agg(format('select count(*) from %I', tablename), ' union all ')
        from pg_tables where schemaname = 'public' and tablename not in ('sign_in_failure', 'transaction_pin_failure')
        """;

    public static async Task<long> CountAsync(NpgsqlDataSource database)
    {
        await using var tables = database.CreateCommand(Tables);
        var counts = (string)(await tables.ExecuteScalarAsync())!;
        await using var command = database.CreateCommand($"select sum(count)::bigint from ({counts}) rows (count)");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
