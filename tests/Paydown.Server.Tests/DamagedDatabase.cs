using Npgsql;
using Shouldly;

namespace Paydown.Server.Tests;

/// <summary>
/// The one door through which tests write to a database: states the program never makes, which the audit must find or
/// the server must withstand. No trigger guards the tables here.
/// </summary>
public sealed class DamagedDatabase(TestCluster cluster, string connectionString)
{
    /// <summary>Runs statements, which must change at least one row.</summary>
    public async Task ExecuteAsync(string sql, params object[] values)
    {
        var administrator = new NpgsqlConnectionStringBuilder(cluster.AdministratorConnectionString)
        {
            Database = new NpgsqlConnectionStringBuilder(connectionString).Database,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(administrator.ConnectionString);
        await connection.OpenAsync();
        await using (var unguarded = new NpgsqlCommand("set session_replication_role = replica", connection))
            await unguarded.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        (await command.ExecuteNonQueryAsync()).ShouldNotBe(0);
    }

    /// <summary>Empties the tables of loans, applications and wallets.</summary>
    public Task ClearBooksAsync() => ExecuteAsync(string.Join("; ", Books.Select(table => $"delete from {table}")));

    private static readonly string[] Books =
    [
        "posting",
        "journal_entry",
        "repayment_allocation",
        "repayment_standing",
        "repayment_decision",
        "repayment",
        "pending_repayment",
        "loan_event",
        "outbox_event",
        "idempotency_record",
        "first_approval",
        "loan_account",
        "loan_terms",
        "loan_offer",
        "loan_application_event",
        "loan_application",
        "wallet_transfer_standing",
        "wallet_transfer_outcome",
        "wallet_transfer",
        "payment_batch",
        "wallet_entry",
        "wallet",
    ];
}
