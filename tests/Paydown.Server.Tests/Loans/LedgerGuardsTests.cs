using Npgsql;
using Paydown.Server.Loans;
using Paydown.Server.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

public sealed class LedgerGuardsTests(TestLender lender) : IClassFixture<TestLender>
{
    [Theory]
    [InlineData("loan_event")]
    [InlineData("repayment")]
    [InlineData("repayment_decision")]
    [InlineData("repayment_allocation")]
    [InlineData("journal_entry")]
    [InlineData("posting")]
    [InlineData("audit_entry")]
    public async Task The_database_refuses_to_change_what_was_recorded(string table)
    {
        await RecordAsync();
        foreach (var change in (string[])[
            $"update {table} set recorded_at = now()", $"delete from {table}", $"truncate {table} cascade"])
        {
            var sql = table == "posting" ? change.Replace("recorded_at = now()", "amount = 1", StringComparison.Ordinal)
                : table == "repayment_decision" ? change.Replace("recorded_at", "decided_at", StringComparison.Ordinal)
                : change;
            var refused = await Should.ThrowAsync<PostgresException>(() => lender.ExecuteAsync(sql));
            refused.MessageText.ShouldContain("append-only");
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

    [Fact]
    public async Task A_group_writes_many_changes_of_many_loans_at_once()
    {
        var (one, other) = (await lender.OpenLoanAsync(), await lender.OpenLoanAsync());
        var changes = new LoanChanges(lender.Ids);
        var occasion = new Server.Platform.Occasion(
            lender.Cashier.UserId, TimeProvider.System.GetUtcNow(), lender.Today, "test");
        Guid[] ids =
        [
            await lender.ReportAsync(one, 60_000, lender.Today),
            await lender.ReportAsync(one, 50_000, lender.Today.AddDays(-30)),
            await lender.ReportAsync(other, 40_000, lender.Today),
        ];
        await using (var connection = await lender.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            var read = await VerificationStore.ReadAsync(
                connection, [.. ids.Select(id => new DecisionTarget(lender.OrganisationId, id))], default);
            var (first, second, third) = (read.Find(ids[0])!, read.Find(ids[1])!, read.Find(ids[2])!);
            var earlier = changes.Verify(read.LoanOf(first), first, occasion);
            var later = changes.Verify(earlier.After, second, occasion);
            var elsewhere = changes.Verify(read.LoanOf(third), third, occasion);
            await LoanChangeStore.WriteAsync(connection, [earlier, later, elsewhere], default);
            await transaction.CommitAsync();
        }

        var after = await lender.ReadAsync(one);
        (after.Events.Count, after.PendingMinor, after.Balance.Total).ShouldBe((3, 0, one.Balance.Total - 110_000));
        const string Version = "select version from repayment_standing where repayment_id = $1";
        (await lender.ScalarAsync<int>(Version, ids[0])).ShouldBe(2);
        await using var output = new StringWriter();
        var exit = await Server.Commands.Audit.RunAsync(lender.Database, output, json: false, default);
        exit.ShouldBe(0, output.ToString());
    }

    private async Task RecordAsync()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 10_000, lender.Today);
        await lender.PostAsync(
            lender.Manager, $"admin/loans/{loan.Id}/charges",
            new { kind = "FEE", amount = 1, dueDate = $"{lender.Today:yyyy-MM-dd}" });
    }

    private async Task<Guid> AddEntryAsync()
    {
        var id = lender.Ids.Next();
        await lender.ExecuteAsync(
            """
            insert into journal_entry (customer_id, id, organisation_id, kind, subject_id, narration, currency_code,
                                       effective_on, recorded_at)
            values ($1, $2, $3, 'TEST', $2, 'Test', 'NGN', current_date, now())
            """, lender.Customer.UserId, id, lender.OrganisationId);
        return id;
    }

    private async Task AddPostingsAsync(Guid entry, params (short Line, long Amount)[] postings) =>
        await lender.ExecuteAsync(
        """
        insert into posting (customer_id, entry_id, line, organisation_id, ledger_account, amount)
        select $1, $2, line, $3, 'TEST', amount from unnest($4, $5) as r (line, amount)
        """,
        lender.Customer.UserId, entry, lender.OrganisationId, postings.Select(one => one.Line).ToArray(),
        postings.Select(one => one.Amount).ToArray());
}
