using Npgsql;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

/// <summary>The database refuses rows that refer to nothing, whatever the program does.</summary>
public sealed class SchemaReferenceTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Theory]
    [InlineData(
        "a repayment of a missing loan",
        """
            insert into repayment (customer_id, id, organisation_id, account_id, amount, method, reference,
                                   reference_matches, paid_on, recorded_by, recorded_at)
            values ($1, $2, $3, $2, 1, 'CASH', 'R', false, current_date, $1, now())
            """
    )]
    [InlineData(
        "a standing of nothing",
        """
            insert into repayment_standing (customer_id, repayment_id, organisation_id, status, reported_amount,
                                            recorded_at)
            values ($1, $2, $3, 'REJECTED', 1, now())
            """
    )]
    [InlineData(
        "a decision on nothing",
        """
            insert into repayment_decision (customer_id, repayment_id, kind, decided_by, decided_at)
            values ($1, $2, 'VERIFIED', $3, now())
            """
    )]
    [InlineData(
        "terms of nothing",
        "insert into loan_terms (customer_id, account_id, terms) select $1, $2, '{}' where $3::uuid is not null"
    )]
    [InlineData(
        "an event of a missing loan",
        """
            insert into loan_event (customer_id, account_id, sequence, id, kind, value_on, recorded_by, recorded_at)
            values ($1, $2, 1, $2, 'WRITE_OFF', current_date, $3, now())
            """
    )]
    [InlineData(
        "an entry of a missing loan",
        """
            insert into journal_entry (customer_id, id, organisation_id, account_id, kind, subject_id, currency_code,
                                       effective_on, recorded_at, ledger_accounts, amounts)
            values ($1, $2, $3, $2, 'CREDIT_GIVEN', $2, 'NGN', current_date, now(), '{1020,1110}', '{1,-1}')
            """
    )]
    [InlineData(
        "a bank account of nobody",
        """
            insert into bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code,
                                      bank_name, account_type, is_default, is_verified, recorded_at)
            select $2, $2, $3, '1', 'N', '058', 'B', 'SAVINGS', false, false, now() where $1::uuid is not null
            """
    )]
    public async Task The_database_refuses_a_reference_to_nothing(string fault, string sql)
    {
        var refused = await Should.ThrowAsync<PostgresException>(
            () => server.BackDoor.ExecuteAsync(sql, lender.Customer.UserId, server.Ids.Next(), lender.Id),
            fault
        );
        refused.SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation);
    }

    [Fact]
    public async Task The_database_refuses_a_loan_of_nobody()
    {
        var loan = await lender.OpenLoanAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            server.BackDoor.ExecuteAsync(
                """
                insert into loan_account
                select (jsonb_populate_record(l, jsonb_build_object('customer_id', $2::uuid, 'id', $2::uuid,
                                                                    'reference', 'RF00X'))).*
                from loan_account l where l.id = $1
                """,
                loan.Id,
                server.Ids.Next()
            )
        );
        refused.SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation);
    }

    [Fact]
    public async Task The_database_refuses_a_second_event_with_the_same_id()
    {
        var loan = await lender.OpenLoanAsync();
        var refused = await Should.ThrowAsync<PostgresException>(() =>
            server.BackDoor.ExecuteAsync(
                """
                insert into loan_event (customer_id, account_id, sequence, id, kind, value_on, amount, recorded_at)
                select customer_id, account_id, sequence + 1, id, kind, value_on, amount, recorded_at
                from loan_event where account_id = $1
                """,
                loan.Id
            )
        );
        refused.ConstraintName.ShouldBe("loan_event_pkey");
    }

    [Theory]
    [InlineData("update repayment set amount = 1", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("delete from loan_event", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("update journal_entry set amounts = amounts", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("delete from ledger_balance", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("truncate repayment_decision", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("drop trigger append_only on repayment", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("alter table repayment disable trigger append_only", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("drop table audit_entry", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("create table mine (id int)", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("insert into ledger_account values (1, 'MINE')", PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData("set session_replication_role = replica", PostgresErrorCodes.InsufficientPrivilege)]
    public async Task The_role_of_the_application_cannot_change_facts_or_the_schema(string sql, string state)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        await using var role = new NpgsqlCommand("select current_user::text", connection);
        (await role.ExecuteScalarAsync()).ShouldBe(Database.ApplicationRole);
        await using var command = new NpgsqlCommand(sql, connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(state);
    }
}
