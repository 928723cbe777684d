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
    [InlineData("replaced_allocation", "replaced_at")]
    [InlineData("journal_entry", "recorded_at")]
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

    [Theory]
    [InlineData("an amount is missing", "{1020,1110}", "{100,-99}", "does not balance")]
    [InlineData("one posting", "{1020}", "{0}", "does not balance")]
    [InlineData("no posting", "{}", "{}", "does not balance")]
    [InlineData("a posting of zero", "{1020,1110,4010}", "{100,-100,0}", "does not balance")]
    [InlineData("more accounts than amounts", "{1020,1110,4010}", "{100,-100}", "does not balance")]
    [InlineData("an unknown account", "{1020,9999}", "{100,-100}", "ledger_balance_ledger_account_fkey")]
    public async Task The_database_refuses_an_unsound_entry(
        string fault,
        string accounts,
        string amounts,
        string message
    )
    {
        var refused = await Should.ThrowAsync<PostgresException>(
            () => AddEntryAsync("CREDIT_GIVEN", accounts, amounts),
            fault
        );
        refused.MessageText.ShouldContain(message);
    }

    [Fact]
    public async Task The_database_refuses_an_unknown_kind_of_entry()
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => AddEntryAsync("GIFT", "{1020,1110}", "{1,-1}"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidTextRepresentation);
    }

    [Fact]
    public async Task The_database_refuses_to_book_twice_what_is_booked_once()
    {
        var subject = server.Ids.Next();
        await AddEntryAsync("LOAN_DISBURSED", "{1110,1010}", "{100,-100}", subject);
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            AddEntryAsync("LOAN_DISBURSED", "{1110,1010}", "{100,-100}", subject)
        );
        refused.ConstraintName.ShouldBe("journal_entry_once");
        await AddEntryAsync("ALLOCATION_ADJUSTED", "{1110,1120}", "{1,-1}", subject);
        await AddEntryAsync("ALLOCATION_ADJUSTED", "{1110,1120}", "{-1,1}", subject);
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

    private Task AddEntryAsync(string kind, string accounts, string amounts, Guid? subject = null) =>
        server.BackDoor.ExecuteAsync(
            """
            insert into journal_entry (customer_id, id, organisation_id, kind, subject_id, currency_code, effective_on,
                                       recorded_at, ledger_accounts, amounts)
            values ($1, $2, $3, $4::text::journal_entry_kind, $5, 'NGN', current_date, now(), $6::text::smallint[],
                    $7::text::bigint[])
            """,
            lender.Customer.UserId,
            server.Ids.Next(),
            lender.Id,
            kind,
            subject ?? server.Ids.Next(),
            accounts,
            amounts
        );
}
