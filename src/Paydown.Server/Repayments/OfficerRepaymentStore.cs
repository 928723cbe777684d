using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>The filters of an officer's list of repayments. A null property does not narrow the list.</summary>
public sealed record OfficerRepaymentFilter
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The status that officers see: rejected includes reversed.</summary>
    public RepaymentStatus? Status { get; init; }

    /// <summary>Only repayments recorded at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only repayments recorded before this instant.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The reported amount.</summary>
    public Money? Amount { get; init; }

    public bool IsOldestFirst { get; init; }

    /// <summary>The customers whose repayments to list; null for all customers.</summary>
    public FoundPayers? Payers { get; init; }
}

/// <summary>
/// Reads repayments for the officers of an organisation. Unless customers are given, each status is read along its own
/// index: pending reports from <c>pending_repayment</c>, the others from <c>repayment_standing</c>. The list of all
/// statuses merges the three.
/// </summary>
public static class OfficerRepaymentStore
{
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

    // The repayments of the given customers, which are few enough to sort.
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
               r.recorded_at, coalesce(s.status, 'PENDING_VERIFICATION') as status, s.reason, s.lines::text as lines,
               coalesce(s.principal_balance, l.principal_balance) as principal_balance,
               coalesce(s.total_balance,
                        l.principal_balance + l.interest_balance + l.fees_balance + l.penalty_balance) as total_balance,
               case when s.total_balance is null then l.balance_on end as balance_on,
               u.first_name || ' ' || u.last_name as customer_name, u.email,
               (select d.decided_by from repayment_decision d
                where d.customer_id = r.customer_id and d.repayment_id = r.id and d.kind = 'FIRST_APPROVAL'
                order by d.round desc limit 1) as first_approved_by,
               last.decided_by, last.decided_at,
               b.id as bank_account_id, b.account_number, b.account_name, b.bank_code, b.bank_name,
               r.recorded_by, s.amount as corrected_amount, s.paid_on as corrected_on, s.correction_reason,
               twin.id as twin_id,
               {FirstApprovalStore.LowestAmountSince("o", "r.recorded_at")} as four_eyes_above
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

    private static readonly Dictionary<(RepaymentStatus? Status, bool IsOldestFirst), PageQuery> Organisations = new (
        RepaymentStatus? Status,
        string[] Sources
    )[]
    {
        (null, [OfPending, OfVerified, OfRejected]),
        (RepaymentStatus.PendingVerification, [OfPending]),
        (RepaymentStatus.Verified, [OfVerified]),
        (RepaymentStatus.Rejected, [OfRejected]),
    }
        .SelectMany(list => new[] { false, true }, (list, isOldest) => (list, isOldest))
        .ToDictionary(
            one => (one.list.Status, one.isOldest),
            one => Query(one.list.Sources, one.isOldest, parameterCount: 4)
        );

    private static readonly PageQuery PayersNewest = Query([OfPayers], isOldestFirst: false, parameterCount: 10);
    private static readonly PageQuery PayersOldest = Query([OfPayers], isOldestFirst: true, parameterCount: 10);

    /// <summary>Reads one page.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="filter">The filters and the order.</param>
    /// <param name="paging">The page.</param>
    /// <param name="today">The organisation's date, for balances that change daily.</param>
    /// <param name="cancellation">Cancels the query.</param>
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
            reader => (Repayment: Read(reader), BalanceOn: reader.DateOrNull("balance_on")),
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

    // PostgreSQL does not push an order into the parts of a union, so each part has the order and the limit of the
    // page.
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
        NpgsqlParameter[] common =
        [
            Sql.Value(filter.OrganisationId),
            Sql.Value(filter.From, NpgsqlDbType.TimestampTz),
            Sql.Value(filter.Before, NpgsqlDbType.TimestampTz),
            Sql.Value(filter.Amount, NpgsqlDbType.Bigint),
        ];
        return filter.Payers is not { } payers
            ? common
            :
            [
                .. common,
                Sql.Value(payers.CustomerIds),
                Sql.Value(payers.AccountIds),
                Sql.Value(payers.BankAccountIds),
                Sql.Value(payers.Reference, NpgsqlDbType.Text),
                Sql.Value(payers.ReferencedAccountIds),
                Sql.Value(filter.Status is { } status ? Words.Write(status) : null, NpgsqlDbType.Text),
            ];
    }

    // A balance that changes daily and was cached on another day is recomputed from the events.
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
        var currency = reader.Currency("currency_code");
        var status = reader.Word<RepaymentStatus>("status");
        var lines = reader.IsNull("lines") ? (IReadOnlyList<AllocationLine>)[] : StoredLines.Read(reader.Text("lines"));
        return new OfficerRepayment
        {
            CustomerId = reader.Id<CustomerId>("customer_id"),
            Id = reader.Id<RepaymentId>("id"),
            AccountId = reader.Id<LoanId>("account_id"),
            LoanApplicationId = reader.IdOrNull<LoanApplicationId>("loan_application_id"),
            LoanProductName = reader.Text("product_name"),
            AccountProductName = reader.Text("account_product_name"),
            LoanRepaymentMethodEnum = reader.Text("method"),
            RepaymentAmount = reader.MoneyOrNull("corrected_amount", currency) ?? reader.Money("amount", currency),
            CurrencyCode = currency.Code,
            RepaymentReference = reader.Text("reference"),
            ReferenceMatches = reader.Boolean("reference_matches"),
            PaymentNarration = reader.TextOrNull("narration"),
            PaymentDate = reader.DateOrNull("corrected_on") ?? reader.Date("paid_on"),
            ReportedAmount = reader.IsNull("correction_reason") ? null : reader.Money("amount", currency),
            ReportedPaymentDate = reader.IsNull("correction_reason") ? null : reader.Date("paid_on"),
            CorrectionReason = reader.TextOrNull("correction_reason"),
            RecordedBy = reader.Id<UserId>("recorded_by"),
            PossibleDuplicateOf = reader.IdOrNull<RepaymentId>("twin_id"),
            CreationDate = reader.Instant("recorded_at"),
            VerificationStatus = Words.Write(status.ShownToCustomer()),
            IsReversed = status == RepaymentStatus.Reversed,
            RejectionReason = reader.TextOrNull("reason"),
            Allocation = [.. lines.Select(line => ExplainedLine.Of(line, currency))],
            PrincipalBalance = reader.Money("principal_balance", currency),
            TotalBalance = reader.Money("total_balance", currency),
            CustomerName = reader.Text("customer_name"),
            Email = reader.Text("email"),
            FirstApprovedBy = reader.IdOrNull<UserId>("first_approved_by"),
            ApprovalsNeeded = FourEyesRules.ApprovalsNeeded(
                status == RepaymentStatus.PendingVerification,
                hasFirst: !reader.IsNull("first_approved_by"),
                reader.Money("amount", currency),
                reader.MoneyOrNull("four_eyes_above", currency)
            ),
            DecidedBy = reader.IdOrNull<UserId>("decided_by"),
            DecidedAt = reader.InstantOrNull("decided_at"),
            BankAccount = reader.IsNull("bank_account_id")
                ? null
                : new PayersBankAccount(
                    reader.Id<BankAccountId>("bank_account_id"),
                    reader.Text("account_number"),
                    reader.Text("account_name"),
                    reader.Text("bank_code"),
                    reader.Text("bank_name")
                ),
        };
    }
}
