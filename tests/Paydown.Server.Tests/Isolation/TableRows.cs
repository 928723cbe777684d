using Npgsql;

namespace Paydown.Server.Tests.Isolation;

/// <summary>Counts the rows of all tables of a database.</summary>
internal static class TableRows
{
    // Failed sign-ins and wrong PINs are recorded on purpose, so their tables do not count.
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
