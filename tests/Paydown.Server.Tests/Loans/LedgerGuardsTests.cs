using Npgsql;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

public sealed class LedgerGuardsTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Theory]
    [InlineData("loan_terms", "account_id")]
    [InlineData("loan_event", "recorded_at")]
    [InlineData("repayment", "recorded_at")]
    [InlineData("repayment_decision", "decided_at")]
    [InlineData("repayment_allocation", "recorded_at")]
    [InlineData("journal_entry", "recorded_at")]
    [InlineData("posting", "amount")]
    [InlineData("audit_entry", "recorded_at")]
    [InlineData("wallet_entry", "balance")]
    public async Task The_database_refuses_to_change_what_was_recorded(string table, string column)
    {
        await RecordAsync();
        foreach (
            var change in (string[])
                [$"update {table} set {column} = {column}", $"delete from {table}", $"truncate {table} cascade"]
        )
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => server.BackDoor.ExecuteAsync(change));
            refused.MessageText.ShouldContain($"on {table} refused by rule append_only");
        }
    }

    [Theory]
    [InlineData("loan_account")]
    [InlineData("repayment_standing")]
    [InlineData("wallet")]
    [InlineData("payment_batch")]
    [InlineData("wallet_transfer_standing")]
    public async Task The_database_keeps_every_row_that_balances_are_read_from(string table)
    {
        await RecordAsync();
        foreach (var change in (string[])[$"delete from {table}", $"truncate {table} cascade"])
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => server.BackDoor.ExecuteAsync(change));
            refused.MessageText.ShouldContain($"on {table} refused by rule no_delete");
        }
    }

    [Fact]
    public async Task The_database_refuses_an_unbalanced_posting()
    {
        var entry = await AddEntryAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() => AddPostingsAsync(entry, (1, 100), (2, -99)));
        refused.MessageText.ShouldContain("does not balance");
    }

    [Fact]
    public async Task The_database_refuses_to_add_postings_to_an_entry_later()
    {
        var entry = await AddEntryAsync();
        await AddPostingsAsync(entry, (1, 100), (2, -100));
        await Should.ThrowAsync<PostgresException>(() => AddPostingsAsync(entry, (3, 5), (4, -5)));
    }

    // A plan made while the tables were small would scan them for each statement, and would be kept while they grow.
    [Fact]
    public async Task Statement_triggers_reach_rows_by_key_whatever_the_statistics_say()
    {
        const string Watched = """
            select count(*), count(*) filter (where 'enable_seqscan=off' = any (p.proconfig))
            from pg_trigger t join pg_proc p on p.oid = t.tgfoid where t.tgnewtable is not null
            """;
        await using var command = server.Database.CreateCommand(Watched);
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        reader.GetInt64(0).ShouldBeGreaterThan(0);
        reader.GetInt64(1).ShouldBe(reader.GetInt64(0));
    }

    private async Task RecordAsync()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 10_000, lender.Today);
        await lender.Manager.PostAsync(
            $"admin/loans/{loan.Id}/charges",
            new
            {
                kind = "FEE",
                amount = 1,
                dueDate = $"{lender.Today:yyyy-MM-dd}",
            }
        );
    }

    private async Task<Guid> AddEntryAsync()
    {
        var id = server.Ids.Next();
        await server.BackDoor.ExecuteAsync(
            """
            insert into journal_entry (customer_id, id, organisation_id, kind, subject_id, narration, currency_code,
                                       effective_on, recorded_at)
            values ($1, $2, $3, 'TEST', $2, 'Test', 'NGN', current_date, now())
            """,
            lender.Customer.UserId,
            id,
            lender.Id
        );
        return id;
    }

    private async Task AddPostingsAsync(Guid entry, params (short Line, long Amount)[] postings) =>
        await server.BackDoor.ExecuteAsync(
            """
            insert into posting (customer_id, entry_id, line, organisation_id, ledger_account, amount)
            select $1, $2, line, $3, 'TEST', amount from unnest($4, $5) as r (line, amount)
            """,
            lender.Customer.UserId,
            entry,
            lender.Id,
            postings.Select(one => one.Line).ToArray(),
            postings.Select(one => one.Amount).ToArray()
        );
}
