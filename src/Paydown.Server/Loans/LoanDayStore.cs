using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// Writes what the ends of days have left of a loan, and its next day of work. Whoever writes has locked the account
/// and this row.
/// </summary>
public static class LoanDayStore
{
    private const string InsertDays = """
        insert into loan_day (customer_id, account_id, organisation_id) select * from unnest($1, $2, $3)
        """;

    // A row that stays as it is is not written.
    private const string UpdateDays = """
        update loan_day d
        set day_rules = r.day_rules, accrual_posting = r.accrual_posting, suspended_after_days = r.suspended_after_days,
            accrued_on = r.accrued_on, accrued_interest = r.accrued_interest, suspended_interest = r.suspended_interest,
            lost_suspense = r.lost_suspense, arrears_bucket = r.arrears_bucket, provision_on = r.provision_on,
            allowance = r.allowance, allowance_used = r.allowance_used, next_action_on = r.next_action_on
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
          as r (customer_id, account_id, day_rules, accrual_posting, suspended_after_days, accrued_on, accrued_interest,
                suspended_interest, lost_suspense, arrears_bucket, provision_on, allowance, allowance_used,
                next_action_on)
        where d.customer_id = r.customer_id and d.account_id = r.account_id
          and (d.day_rules, d.accrual_posting, d.suspended_after_days, d.accrued_on, d.accrued_interest,
               d.suspended_interest, d.lost_suspense, d.arrears_bucket, d.provision_on, d.allowance, d.allowance_used,
               d.next_action_on)
            is distinct from
              (r.day_rules, r.accrual_posting, r.suspended_after_days, r.accrued_on, r.accrued_interest,
               r.suspended_interest, r.lost_suspense, r.arrears_bucket, r.provision_on, r.allowance, r.allowance_used,
               r.next_action_on)
        """;

    private const string FindCalled = """
        select d.ctid from loan_day d
        where d.organisation_id = $1 and d.day_rules <> $3 and (d.next_action_on is null or d.next_action_on > $2)
          and exists (select from loan_account l
                      where l.customer_id = d.customer_id and l.id = d.account_id and l.state = 'ACTIVE')
        limit 5000 for no key update of d
        """;

    /// <summary>Adds the statements that write the rows of new and changed loans to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="opened">Loans whose accounts are new.</param>
    /// <param name="changed">The last state of each loan that may have changed, new ones included.</param>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<StoredLoan> opened, IReadOnlyList<StoredLoan> changed)
    {
        new RowsStatement<StoredLoan>(InsertDays, opened)
            .Column(loan => loan.CustomerId)
            .Column(loan => loan.Id)
            .Column(loan => loan.OrganisationId)
            .AddTo(batch);
        new RowsStatement<StoredLoan>(UpdateDays, changed)
            .Column(loan => loan.CustomerId)
            .Column(loan => loan.Id)
            .Column(loan => loan.Standing.Rules)
            .Column(loan => Words.Write(loan.Standing.Accrual.Posting))
            .Column(loan => loan.Standing.Accrual.SuspendedAfterDays)
            .Column(loan => loan.Standing.Accrued?.On)
            .Column(loan => loan.Standing.Accrued?.Unpaid ?? loan.Money(0))
            .Column(loan => loan.Standing.Accrued?.Suspended ?? loan.Money(0))
            .Column(loan => loan.Standing.Accrued?.Lost ?? loan.Money(0))
            .Column(loan => loan.Standing.Bucket)
            .Column(loan => loan.Standing.Provision?.On)
            .Column(loan => loan.Standing.Provision?.Allowance ?? loan.Money(0))
            .Column(loan => loan.Standing.Provision?.Used ?? loan.Money(0))
            .Column(loan => loan.NextActionOn)
            .AddTo(batch);
    }

    /// <summary>
    /// Gives some of an organisation's open loans work for a day, because its settings have changed.
    /// </summary>
    /// <param name="database">The pool.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="rules">The version of its rules; loans that follow it are left out.</param>
    /// <param name="day">The day.</param>
    /// <param name="waits">True to wait for locked loans; otherwise they are left out.</param>
    /// <param name="cancellation">Cancels the statement.</param>
    /// <returns>The number of loans.</returns>
    /// <exception cref="PostgresException">A loan stays locked for too long.</exception>
    public static async Task<int> CallAsync(
        NpgsqlDataSource database,
        OrganisationId organisationId,
        int rules,
        DateOnly day,
        bool waits,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        if (waits)
            await transaction.LimitLockWaitsAsync(cancellation);
        var found = waits ? FindCalled : $"{FindCalled} skip locked";
        await using var command = new NpgsqlCommand(
            $"update loan_day set next_action_on = $2 where ctid = any(array({found}))",
            transaction.Connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(day), Sql.Value(rules) },
        };
        var called = await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync();
        return called;
    }
}
