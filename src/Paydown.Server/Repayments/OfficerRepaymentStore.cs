using Npgsql;
using NpgsqlTypes;
using Paydown.Lending;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

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

    private static readonly PageQuery Page = new(
        Filtered,
        $"""
        select page.*, u.first_name || ' ' || u.last_name, u.email,
               (select d.decided_by from repayment_decision d
                where d.customer_id = page.customer_id and d.repayment_id = page.id and d.kind = 'FIRST_APPROVAL'),
               last.decided_by, last.decided_at
        from (select r.customer_id, r.id, r.account_id, l.loan_application_id, l.product_name, l.account_product_name,
                     r.method, r.amount, l.currency_code, r.reference, r.reference_matches, r.narration, r.paid_on,
                       r.recorded_at,
                     coalesce(s.status, 'PENDING_VERIFICATION'), s.reason, s.lines::text,
                     coalesce(s.principal_balance, l.principal_balance),
                     coalesce(s.total_balance,
                              l.principal_balance + l.interest_balance + l.fees_balance + l.penalty_balance),
                     case when s.total_balance is null then l.balance_on end
              {Filtered} and ($6::uuid is null or r.id < $6)
              order by r.id desc limit $7 offset $8) page
        join app_user u on u.id = page.customer_id
        left join lateral (select d.decided_by, d.decided_at from repayment_decision d
                           where d.customer_id = page.customer_id and d.repayment_id = page.id
                             and d.kind <> 'FIRST_APPROVAL'
                           order by d.decided_at desc limit 1) last on true
        order by page.id desc
        """);

    /// <summary>One page.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="filter">Which ones.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="today">The organisation's day, for balances that change with the days.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<PageRecords<OfficerRepayment>> ListAsync(
        NpgsqlConnection connection, OfficerRepaymentFilter filter, Paging paging, DateOnly today,
        CancellationToken cancellation)
    {
        var page = await Page.ReadAsync(
            connection, paging, ParametersOf(filter),
            reader => (Repayment: Read(reader), BalanceOn: reader.IsDBNull(19) ? (DateOnly?)null
                : reader.GetFieldValue<DateOnly>(19)),
            cancellation);
        var repayments = new List<OfficerRepayment>(page.Records.Count);
        foreach (var (repayment, balanceOn) in page.Records)
        {
            repayments.Add(
                balanceOn is null || balanceOn == today
                    ? repayment
                    : await AsOfAsync(connection, repayment, today, cancellation));
        }

        return new PageRecords<OfficerRepayment>(repayments, page.Counted);
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

    private static NpgsqlParameter[] ParametersOf(OfficerRepaymentFilter filter) =>
    [
        new() { Value = filter.OrganisationId },
        PageQuery.Value(filter.LoanApplicationId, NpgsqlDbType.Uuid),
        PageQuery.Value(filter.Statuses, NpgsqlDbType.Array | NpgsqlDbType.Text),
        PageQuery.Value(filter.From, NpgsqlDbType.TimestampTz),
        PageQuery.Value(filter.Before, NpgsqlDbType.TimestampTz),
    ];

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
            RepaymentAmount = new Money(reader.GetInt64(7), currency),
            CurrencyCode = currency.Code,
            RepaymentReference = reader.GetString(9),
            ReferenceMatches = reader.GetBoolean(10),
            PaymentNarration = reader.IsDBNull(11) ? null : reader.GetString(11),
            PaymentDate = reader.GetFieldValue<DateOnly>(12),
            CreationDate = reader.GetFieldValue<DateTimeOffset>(13),
            VerificationStatus = status == "REVERSED" ? "REJECTED" : status,
            IsReversed = status == "REVERSED",
            RejectionReason = reader.IsDBNull(15) ? null : reader.GetString(15),
            Allocation = [.. lines.Select(line => ExplainedLine.Of(line, currency))],
            PrincipalBalance = new Money(reader.GetInt64(17), currency),
            TotalBalance = new Money(reader.GetInt64(18), currency),
            CustomerName = reader.GetString(20),
            Email = reader.GetString(21),
            FirstApprovedBy = reader.IsDBNull(22) ? null : reader.GetGuid(22),
            DecidedBy = reader.IsDBNull(23) ? null : reader.GetGuid(23),
            DecidedAt = reader.IsDBNull(24) ? null : reader.GetFieldValue<DateTimeOffset>(24),
        };
    }
}
