using Npgsql;
using Paydown.Server.Platform.Storage;
using Shouldly;

namespace Paydown.Server.Tests;

/// <summary>
/// The only place where tests write SQL: for rows that the program never writes, which the audit must find or the
/// database must refuse, and for rows that operators add by hand.
/// </summary>
public sealed class BackDoor(TestCluster cluster, string connectionString)
{
    private static readonly string[] Books =
    [
        "ledger_balance",
        "journal_entry",
        "replaced_allocation",
        "repayment_standing",
        "repayment_decision",
        "repayment",
        "pending_repayment",
        "loan_event_reason",
        "loan_event",
        "outbox_event",
        "idempotency_record",
        "first_approval",
        "loan_day",
        "loan_due",
        "loan_reference",
        "loan_account",
        "loan_terms",
        "loan_offer",
        "loan_application_event",
        "loan_application",
        "wallet_transfer_standing",
        "wallet_transfer_return",
        "wallet_transfer_outcome",
        "wallet_transfer",
        "payment_batch",
        "wallet_entry",
        "wallet",
        "collector_remittance",
        "collection_standing",
        "collection",
        "collector_file",
        "entry_link",
        "report_part",
        "entry_decision",
        "entry_standing",
        "statement_entry",
        "bank_statement",
        "statement_file",
    ];

    /// <summary>Runs a statement as the owner of the tables, with all triggers.</summary>
    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await RunAsync(command, values);
    }

    /// <summary>Runs statements without triggers, and fails if they change no row.</summary>
    public async Task DamageAsync(string sql, params object[] values)
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
        (await RunAsync(command, values)).ShouldNotBe(0);
    }

    /// <summary>Empties the tables of loans, applications, wallets, statements and collections.</summary>
    public Task ClearBooksAsync() => DamageAsync(string.Join("; ", Books.Select(table => $"delete from {table}")));

    private static Task<int> RunAsync(NpgsqlCommand command, object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value));
        return command.ExecuteNonQueryAsync();
    }
}
