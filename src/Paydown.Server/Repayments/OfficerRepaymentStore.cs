using Npgsql;
using NpgsqlTypes;
using Paydown.Lending;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;

namespace Paydown.Server.Repayments;

/// <summary>
/// Which repayments of an organisation an officer wants to see. What is null does not narrow the list.
/// </summary>
public sealed record OfficerRepaymentFilter
{
    public required Guid OrganisationId { get; init; }

    public Guid? LoanApplicationId { get; init; }

    /// <summary><c>PENDING_VERIFICATION</c>, <c>VERIFIED</c>, <c>REJECTED</c>, <c>REVERSED</c>.</summary>
    public string[]? Statuses { get; init; }

    /// <summary>Recorded at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Recorded before this instant.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>Reads repayments for the officers of an organisation, newest first.</summary>
public static class OfficerRepaymentStore
{
    private const string Filtered =
        """
        from repayment r
        join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id
        left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
        where r.organisation_id = $1
          and ($2::uuid is null or l.loan_application_id = $2)
          and ($3::text[] is null or coalesce(s.status, 'PENDING_VERIFICATION') = any ($3))
          and ($4::timestamptz is null or r.recorded_at >= $4)
          and ($5::timestamptz is null or r.recorded_at < $5)
        """;

    private const string Count = $"select count(*) {Filtered}";

    private static readonly string List =
        $"""
        select page.*, u.first_name || ' ' || u.last_name, u.email,
               (select d.decided_by from repayment_decision d
                where d.customer_id = page.customer_id and d.repayment_id = page.id and d.kind = 'FIRST_APPROVAL'
                order by d.round desc limit 1),
               last.decided_by, last.decided_at, twin.id
        from (select r.customer_id, r.id, r.account_id, l.loan_application_id, l.product_name, l.account_product_name,
                     r.method, r.amount, l.currency_code, r.reference, r.reference_matches, r.narration, r.paid_on,
                       r.recorded_at,
                     coalesce(s.status, 'PENDING_VERIFICATION'), s.reason, s.lines::text,
                     coalesce(s.principal_balance, l.principal_balance),
                     coalesce(s.total_balance,
                              l.principal_balance + l.interest_balance + l.fees_balance + l.penalty_balance),
                     case when s.total_balance is null then l.balance_on end,
                     r.recorded_by, s.amount, s.paid_on, s.correction_reason
              {Filtered}
              order by r.id desc limit $6 offset $7) page
        join app_user u on u.id = page.customer_id
        left join lateral (select d.decided_by, d.decided_at from repayment_decision d
                           where d.customer_id = page.customer_id and d.repayment_id = page.id
                             and d.kind <> 'FIRST_APPROVAL'
                           order by d.decided_at desc limit 1) last on true
        {RepaymentDetailsStore.JoinEarlierDuplicate("page", "twin")}
        order by page.id desc
        """;

    /// <summary>One page, and how many there are in all.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="size">Records a page.</param>
    /// <param name="offset">Records before it.</param>
    /// <param name="today">The organisation's day, for balances that change with the days.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<(IReadOnlyList<OfficerRepayment> Repayments, long Total)> ListAsync(
        NpgsqlConnection connection, OfficerRepaymentFilter filter, int size, long offset, DateOnly today,
        CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(Count, filter));
        var list = Command(List, filter);
        list.Parameters.Add(new() { Value = (long)size });
        list.Parameters.Add(new() { Value = offset });
        batch.BatchCommands.Add(list);

        var (repayments, stale, total) = (new List<OfficerRepayment>(), new List<int>(), 0L);
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            total = reader.GetInt64(0);
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                if (!reader.IsDBNull(19) && reader.GetFieldValue<DateOnly>(19) != today) stale.Add(repayments.Count);
                repayments.Add(Read(reader));
            }
        }

        foreach (var index in stale)
            repayments[index] = await AsOfAsync(connection, repayments[index], today, cancellation);
        return (repayments, total);
    }

    // A balance that changes with the days, cached on another day, is computed anew from the events.
    private static async Task<OfficerRepayment> AsOfAsync(
        NpgsqlConnection connection, OfficerRepayment repayment, DateOnly today, CancellationToken cancellation)
    {
        var loan = await LoanStore.FindAsync(
            connection, repayment.CustomerId, repayment.AccountId, forUpdate: false, cancellation);
        var outstanding = loan!.Replay(today).Outstanding;
        return repayment with
        {
            PrincipalBalance = loan.Money(outstanding.Principal),
            TotalBalance = loan.Money(outstanding.Total),
        };
    }

    private static NpgsqlBatchCommand Command(string sql, OfficerRepaymentFilter filter) => new(sql)
    {
        Parameters =
        {
            new() { Value = filter.OrganisationId },
            new() { Value = (object?)filter.LoanApplicationId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new()
            {
                Value = (object?)filter.Statuses ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            },
            new() { Value = (object?)filter.From ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            new() { Value = (object?)filter.Before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    private static OfficerRepayment Read(NpgsqlDataReader reader)
    {
        var currency = Currency.Get(reader.GetString(8));
        var status = reader.GetString(14);
        var lines = reader.IsDBNull(16) ? (IReadOnlyList<AllocationLine>)[] : StoredLines.Read(reader.GetString(16));
        return new OfficerRepayment
        {
            CustomerId = reader.GetGuid(0),
            Id = reader.GetGuid(1),
            AccountId = reader.GetGuid(2),
            LoanApplicationId = reader.IsDBNull(3) ? null : reader.GetGuid(3),
            LoanProductName = reader.GetString(4),
            AccountProductName = reader.GetString(5),
            LoanRepaymentMethodEnum = reader.GetString(6),
            RepaymentAmount = new Money(reader.GetInt64(reader.IsDBNull(21) ? 7 : 21), currency),
            CurrencyCode = currency.Code,
            RepaymentReference = reader.GetString(9),
            ReferenceMatches = reader.GetBoolean(10),
            PaymentNarration = reader.IsDBNull(11) ? null : reader.GetString(11),
            PaymentDate = reader.GetFieldValue<DateOnly>(reader.IsDBNull(22) ? 12 : 22),
            ReportedAmount = reader.IsDBNull(23) ? null : new Money(reader.GetInt64(7), currency),
            ReportedPaymentDate = reader.IsDBNull(23) ? null : reader.GetFieldValue<DateOnly>(12),
            CorrectionReason = reader.IsDBNull(23) ? null : reader.GetString(23),
            RecordedBy = reader.GetGuid(20),
            CreationDate = reader.GetFieldValue<DateTimeOffset>(13),
            VerificationStatus = status == "REVERSED" ? "REJECTED" : status,
            IsReversed = status == "REVERSED",
            RejectionReason = reader.IsDBNull(15) ? null : reader.GetString(15),
            Allocation = [.. lines.Select(line => ExplainedLine.Of(line, currency))],
            PrincipalBalance = new Money(reader.GetInt64(17), currency),
            TotalBalance = new Money(reader.GetInt64(18), currency),
            CustomerName = reader.GetString(24),
            Email = reader.GetString(25),
            FirstApprovedBy = reader.IsDBNull(26) ? null : reader.GetGuid(26),
            DecidedBy = reader.IsDBNull(27) ? null : reader.GetGuid(27),
            DecidedAt = reader.IsDBNull(28) ? null : reader.GetFieldValue<DateTimeOffset>(28),
            PossibleDuplicateOf = reader.IsDBNull(29) ? null : reader.GetGuid(29),
        };
    }
}
