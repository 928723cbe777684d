using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Approvals;
using Paydown.Lending.Installments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>
/// Which repayments of an organisation an officer wants to see. What is null does not narrow the list.
/// </summary>
public sealed record OfficerRepaymentFilter
{
    public required Guid OrganisationId { get; init; }

    /// <summary>
    /// <c>PENDING_VERIFICATION</c>, <c>VERIFIED</c> or <c>REJECTED</c>, which includes reversed ones.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>Recorded at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Recorded before this instant.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>As it was reported.</summary>
    public long? AmountMinor { get; init; }

    public bool IsOldestFirst { get; init; }

    /// <summary>Whose repayments; null: those of all customers.</summary>
    public FoundPayers? Payers { get; init; }
}

/// <summary>
/// Reads repayments for the officers of an organisation. Without a customer, each status is read along its own index:
/// reports that wait from their list, the others from the standings; all together are merged from the three.
/// </summary>
public static class OfficerRepaymentStore
{
    private const string Pending = "PENDING_VERIFICATION";

    private const string Narrowed = """
        where organisation_id = $1
          and ($2::timestamptz is null or recorded_at >= $2)
          and ($3::timestamptz is null or recorded_at < $3)
        """;

    private const string OfPending = $"""
        select customer_id, repayment_id, recorded_at from pending_repayment
        {Narrowed} and ($4::bigint is null or amount = $4)
        """;

    private const string OfDecided = $"""
        select customer_id, repayment_id, recorded_at from repayment_standing
        {Narrowed} and ($4::bigint is null or reported_amount = $4)
        """;

    private const string OfVerified = $"{OfDecided} and status = 'VERIFIED'";
    private const string OfRejected = $"{OfDecided} and status <> 'VERIFIED'";

    // The repayments of the customers that were found, few enough to be sorted.
    private const string OfPayers = """
        select customer_id, repayment_id, recorded_at
        from (
        select r.customer_id, r.id as repayment_id, r.recorded_at
        from repayment r
        left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
        where r.customer_id = any ($5) and r.organisation_id = $1
          and ($2::timestamptz is null or r.recorded_at >= $2)
          and ($3::timestamptz is null or r.recorded_at < $3)
          and ($4::bigint is null or r.amount = $4)
          and ($6::uuid[] is null or r.account_id = any ($6))
          and ($7::uuid[] is null or r.bank_account_id = any ($7))
          and ($8::text is null or case when r.reference_matches then r.account_id = any ($9)
                                        else reference_key(r.reference) = reference_key($8) end)
          and ($10::text is null or $10 = case when s.status is null then 'PENDING_VERIFICATION'
                                               when s.status = 'VERIFIED' then s.status
                                               else 'REJECTED' end)
        ) found
        where true
        """;

    private static readonly string Details = $"""
        select r.customer_id, r.id, r.account_id, l.loan_application_id, l.product_name, l.account_product_name,
               r.method, r.amount, l.currency_code, r.reference, r.reference_matches, r.narration, r.paid_on,
               r.recorded_at, coalesce(s.status, 'PENDING_VERIFICATION'), s.reason, s.lines::text,
               coalesce(s.principal_balance, l.principal_balance),
               coalesce(s.total_balance,
                        l.principal_balance + l.interest_balance + l.fees_balance + l.penalty_balance),
               case when s.total_balance is null then l.balance_on end,
               u.first_name || ' ' || u.last_name, u.email,
               (select d.decided_by from repayment_decision d
                where d.customer_id = r.customer_id and d.repayment_id = r.id and d.kind = 'FIRST_APPROVAL'
                order by d.round desc limit 1),
               last.decided_by, last.decided_at,
               b.id, b.account_number, b.account_name, b.bank_code, b.bank_name,
               r.recorded_by, s.amount, s.paid_on, s.correction_reason, twin.id,
               {FirstApprovalStore.LowestAmountSince("o", "r.recorded_at")}
        """;

    private static readonly string Joined = $"""
        join repayment r on r.customer_id = page.customer_id and r.id = page.repayment_id
        join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id
        join app_user u on u.id = r.customer_id
        join organisation o on o.id = r.organisation_id
        left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
        left join bank_account b on b.customer_id = r.customer_id and b.id = r.bank_account_id
        left join lateral (select d.decided_by, d.decided_at from repayment_decision d
                           where d.customer_id = r.customer_id and d.repayment_id = r.id
                             and d.kind <> 'FIRST_APPROVAL'
                           order by d.decided_at desc limit 1) last on true
        left join lateral (select d.id
                           -- By payment date: without the fence the order leads through all repayments before it.
                           from (select d.id {RepaymentDetailsStore.FromDuplicates} and d.id < r.id offset 0) d
                           order by d.id desc limit 1) twin on true
        """;

    private static readonly Dictionary<(string? Status, bool IsOldestFirst), PageQuery> Organisations = new (
        string? Status,
        string[] Sources
    )[]
    {
        (null, [OfPending, OfVerified, OfRejected]),
        (Pending, [OfPending]),
        ("VERIFIED", [OfVerified]),
        ("REJECTED", [OfRejected]),
    }
        .SelectMany(list => new[] { false, true }, (list, isOldest) => (list, isOldest))
        .ToDictionary(
            one => (one.list.Status, one.isOldest),
            one => Query(one.list.Sources, one.isOldest, parameterCount: 4)
        );

    private static readonly PageQuery PayersNewest = Query([OfPayers], isOldestFirst: false, parameterCount: 10);
    private static readonly PageQuery PayersOldest = Query([OfPayers], isOldestFirst: true, parameterCount: 10);

    /// <summary>One page.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="filter">Which ones, in which order.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="today">The organisation's day, for balances that change with the days.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<PageRecords<OfficerRepayment>> ListAsync(
        NpgsqlConnection connection,
        OfficerRepaymentFilter filter,
        Paging paging,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var query =
            filter.Payers is null ? Organisations[(filter.Status, filter.IsOldestFirst)]
            : filter.IsOldestFirst ? PayersOldest
            : PayersNewest;
        var page = await query.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.TimestampTz, NpgsqlDbType.Uuid],
            ParametersOf(filter),
            reader =>
                (
                    Repayment: Read(reader),
                    BalanceOn: reader.IsDBNull(19) ? (DateOnly?)null : reader.GetFieldValue<DateOnly>(19)
                ),
            cancellation
        );
        var repayments = new List<OfficerRepayment>(page.Records.Count);
        foreach (var (repayment, balanceOn) in page.Records)
        {
            repayments.Add(
                balanceOn is null || balanceOn == today
                    ? repayment
                    : await AsOfAsync(connection, repayment, today, cancellation)
            );
        }

        return new PageRecords<OfficerRepayment>(repayments, page.Counted);
    }

    // Each source is read in the order of the list, as far as the page may reach: PostgreSQL does not carry an order
    // into the parts of a union.
    private static PageQuery Query(string[] sources, bool isOldestFirst, int parameterCount)
    {
        var (sign, way) = isOldestFirst ? (">", "asc") : ("<", "desc");
        int at = parameterCount + 1,
            id = at + 1,
            take = at + 2,
            skip = at + 3;
        var order = $"order by recorded_at {way}, repayment_id {way}";
        var parts = sources.Select(source =>
            $"""
                ({source} and (${at}::timestamptz is null or (recorded_at, repayment_id) {sign} (${at}, ${id}::uuid))
                 {order} limit ${take}::int + ${skip}::int)
                """
        );
        return new PageQuery(
            $"from ({string.Join(" union all ", sources)}) p",
            $"""
            {Details}
            from (select * from ({string.Join(" union all ", parts)}) p {order} limit ${take} offset ${skip}) page
            {Joined}
            order by page.recorded_at {way}, page.repayment_id {way}
            """
        );
    }

    private static NpgsqlParameter[] ParametersOf(OfficerRepaymentFilter filter)
    {
        const NpgsqlDbType ids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;
        NpgsqlParameter[] common =
        [
            new() { Value = filter.OrganisationId },
            PageQuery.Value(filter.From, NpgsqlDbType.TimestampTz),
            PageQuery.Value(filter.Before, NpgsqlDbType.TimestampTz),
            PageQuery.Value(filter.AmountMinor, NpgsqlDbType.Bigint),
        ];
        return filter.Payers is not { } payers
            ? common
            :
            [
                .. common,
                PageQuery.Value(payers.CustomerIds, ids),
                PageQuery.Value(payers.AccountIds, ids),
                PageQuery.Value(payers.BankAccountIds, ids),
                PageQuery.Value(payers.Reference, NpgsqlDbType.Text),
                PageQuery.Value(payers.ReferencedAccountIds, ids),
                PageQuery.Value(filter.Status, NpgsqlDbType.Text),
            ];
    }

    // A balance that changes with the days, cached on another day, is computed anew from the events.
    private static async Task<OfficerRepayment> AsOfAsync(
        NpgsqlConnection connection,
        OfficerRepayment repayment,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var loan = await LoanStore.FindAsync(
            connection,
            repayment.CustomerId,
            repayment.AccountId,
            forUpdate: false,
            cancellation
        );
        var outstanding = loan!.Replay(today).Outstanding;
        return repayment with
        {
            PrincipalBalance = loan.Money(outstanding.Principal),
            TotalBalance = loan.Money(outstanding.Total),
        };
    }

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
            RepaymentAmount = new Money(reader.GetInt64(reader.IsDBNull(31) ? 7 : 31), currency),
            CurrencyCode = currency.Code,
            RepaymentReference = reader.GetString(9),
            ReferenceMatches = reader.GetBoolean(10),
            PaymentNarration = reader.IsDBNull(11) ? null : reader.GetString(11),
            PaymentDate = reader.GetFieldValue<DateOnly>(reader.IsDBNull(32) ? 12 : 32),
            ReportedAmount = reader.IsDBNull(33) ? null : new Money(reader.GetInt64(7), currency),
            ReportedPaymentDate = reader.IsDBNull(33) ? null : reader.GetFieldValue<DateOnly>(12),
            CorrectionReason = reader.IsDBNull(33) ? null : reader.GetString(33),
            RecordedBy = reader.GetGuid(30),
            PossibleDuplicateOf = reader.IsDBNull(34) ? null : reader.GetGuid(34),
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
            ApprovalsNeeded = FourEyesRules.ApprovalsNeeded(
                status == Pending,
                hasFirst: !reader.IsDBNull(22),
                reader.GetInt64(7),
                reader.IsDBNull(35) ? null : reader.GetInt64(35)
            ),
            DecidedBy = reader.IsDBNull(23) ? null : reader.GetGuid(23),
            DecidedAt = reader.IsDBNull(24) ? null : reader.GetFieldValue<DateTimeOffset>(24),
            BankAccount = reader.IsDBNull(25)
                ? null
                : new PayersBankAccount(
                    reader.GetGuid(25),
                    reader.GetString(26),
                    reader.GetString(27),
                    reader.GetString(28),
                    reader.GetString(29)
                ),
        };
    }
}
