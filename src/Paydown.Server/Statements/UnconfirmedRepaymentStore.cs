using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>Reads reports of transfers that no entry pays, although the statements of their days are there.</summary>
public static class UnconfirmedRepaymentStore
{
    // The days of which the statements of all collection accounts are there, if a lender imports them.
    private const string Covered = """
        (select max(f.first) as first, min(l.last) as last
         from collection_account a
         cross join lateral (select b.closing_on as last from bank_statement b
                             where b.collection_account_id = a.id and b.closing_on is not null and b.state = 'TAKEN'
                             order by b.closing_on desc limit 1) l
         cross join lateral (select coalesce(b.opening_on, b.closing_on) as first from bank_statement b
                             where b.collection_account_id = a.id and b.closing_on is not null and b.state = 'TAKEN'
                             order by b.closing_on limit 1) f
         where a.organisation_id = $1 and a.ledger_account = 'COLLECTION_ACCOUNT' and a.closed_at is null
         having min(l.last) is not null)
        """;

    // By the day of the report, which leads to them in the officers' work list.
    private const string Pending = """
        select p.customer_id, p.repayment_id, p.recorded_at
        from pending_repayment p
        join repayment r on r.customer_id = p.customer_id and r.id = p.repayment_id
        where p.organisation_id = $1 and p.recorded_at < least(c.last, $2::date) + 1
          and r.method = 'BANK_TRANSFER' and r.paid_on between c.first and least(c.last, $2::date)
        """;

    // What an officer verified, and no entry of a statement pays.
    private const string Verified = """
        select p.customer_id, p.repayment_id, p.recorded_at
        from repayment_standing p
        join repayment r on r.customer_id = p.customer_id and r.id = p.repayment_id
        where p.organisation_id = $1 and p.status = 'VERIFIED' and p.recorded_at < least(c.last, $2::date) + 1
          and r.method = 'BANK_TRANSFER' and r.paid_on between c.first and least(c.last, $2::date)
          and not exists (select from entry_link e where e.repayment_id = p.repayment_id)
        """;

    private static readonly PageQuery PendingPage = PageOf(Pending);

    private static readonly PageQuery VerifiedPage = PageOf(Verified);

    private static PageQuery PageOf(string those) =>
        new(
            $"from {Covered} c cross join lateral ({those} offset 0) p",
            $"""
            select r.customer_id, r.id, r.account_id, u.first_name || ' ' || u.last_name as customer_name,
                   r.amount, l.currency_code, r.reference, r.paid_on, r.recorded_at
            from {Covered} c
            cross join lateral (
              {those} and ($3::timestamptz is null or (p.recorded_at, p.repayment_id) > ($3, $4::uuid))
              order by p.recorded_at, p.repayment_id limit $5 offset $6) page
            join repayment r on r.customer_id = page.customer_id and r.id = page.repayment_id
            join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id
            join app_user u on u.id = r.customer_id
            order by page.recorded_at, page.repayment_id
            """
        );

    /// <summary>Returns a page of the transfers that no statement shows, oldest first.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="status">Pending or verified ones.</param>
    /// <param name="today">The organisation's date.</param>
    /// <param name="paging">The page.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static Task<PageRecords<UnconfirmedRepayment>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        RepaymentStatus status,
        DateOnly today,
        Paging paging,
        CancellationToken cancellation
    ) =>
        (status == RepaymentStatus.Verified ? VerifiedPage : PendingPage).ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.TimestampTz, NpgsqlDbType.Uuid],
            [
                Sql.Value(organisationId),
                Sql.Value(today.AddDays(-ListUnconfirmedRepayments.DaysUnderWayMax), NpgsqlDbType.Date),
            ],
            reader => Read(reader, today),
            cancellation
        );

    private static UnconfirmedRepayment Read(NpgsqlDataReader reader, DateOnly today)
    {
        var (currency, paidOn) = (reader.Currency("currency_code"), reader.Date("paid_on"));
        return new()
        {
            Id = reader.Id<RepaymentId>("id"),
            AccountId = reader.Id<LoanId>("account_id"),
            CustomerId = reader.Id<CustomerId>("customer_id"),
            CustomerName = reader.Text("customer_name"),
            Amount = reader.Money("amount", currency),
            CurrencyCode = currency.Code,
            Reference = reader.Text("reference"),
            PaidOn = paidOn,
            AgeInDays = today.DayNumber - paidOn.DayNumber,
            RecordedAt = reader.Instant("recorded_at"),
        };
    }
}
