using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>
/// The data that decisions on repayments need: the repayments, their locked loans, and the four-eyes amounts.
/// </summary>
public sealed class DecidableRepayments
{
    private readonly Dictionary<RepaymentId, (StoredRepayment Stored, Money? FourEyesAbove)> repayments = [];
    private readonly Dictionary<LoanId, StoredLoan> loans = [];
    private readonly HashSet<DecisionTarget> held = [];
    private readonly List<LoanChange> changes = [];
    private readonly HashSet<RepaymentId> paid = [];
    private readonly HashSet<RepaymentId> partlyArrived = [];

    /// <summary>The changes that the group has decided so far.</summary>
    public IReadOnlyList<LoanChange> Changes => changes;

    public StoredRepayment? Find(RepaymentId repaymentId) =>
        repayments.TryGetValue(repaymentId, out var found) ? found.Stored : null;

    /// <summary>The facts of a repayment that the rules need; null if the organisation has none with this id.</summary>
    public RepaymentCase? FindCase(RepaymentId repaymentId) =>
        repayments.TryGetValue(repaymentId, out var found)
            ? found.Stored.ToCase(found.FourEyesAbove, LoanOf(found.Stored))
            : null;

    /// <summary>The repayments of a loan that were read and that no bank entry pays.</summary>
    public IEnumerable<StoredRepayment> OpenOf(LoanId loanId) =>
        repayments.Values.Select(one => one.Stored).Where(one => one.AccountId == loanId && !paid.Contains(one.Id));

    /// <summary>All loans that were read.</summary>
    public IReadOnlyCollection<StoredLoan> Loans => loans.Values;

    /// <summary>All repayments that were read and that no bank entry pays.</summary>
    public IEnumerable<StoredRepayment> Open =>
        repayments.Values.Select(one => one.Stored).Where(one => !paid.Contains(one.Id));

    /// <summary>A bank entry of the group pays a repayment, so no other one does.</summary>
    public void MarkPaid(RepaymentId repaymentId) => paid.Add(repaymentId);

    /// <summary>Other bank entries wait as parts of a repayment, so the next one does not pay it alone.</summary>
    public void MarkPartlyArrived(RepaymentId repaymentId) => partlyArrived.Add(repaymentId);

    /// <summary>True if bank entries wait as parts of a repayment.</summary>
    public bool IsPartlyArrived(RepaymentId repaymentId) => partlyArrived.Contains(repaymentId);

    /// <summary>The loan, which must have been read.</summary>
    public StoredLoan GetLoan(LoanId loanId) => loans[loanId];

    /// <summary>The loan of a repayment that was found.</summary>
    public StoredLoan LoanOf(StoredRepayment repayment) => loans[repayment.AccountId];

    /// <summary>True if another transaction has locked the repayment's loan and the group skips locked loans.</summary>
    public bool IsHeld(DecisionTarget target) => held.Contains(target);

    /// <summary>Applies a decision to the repayment and its loan, so later decisions of the group see it.</summary>
    /// <param name="change">The decided change.</param>
    /// <param name="repayment">The repayment with the approved terms.</param>
    public void Apply(LoanChange change, StoredRepayment repayment)
    {
        var (before, fourEyesAbove) = repayments[repayment.Id];
        var decided = change.Decisions[0].Leads is { } status
            ? repayment with
            {
                Status = status,
            }
            : before.ApprovedFirst(
                change.ActionContext.By,
                new(repayment.Amount, repayment.PaidOn),
                repayment.CorrectionReason
            );
        repayments[repayment.Id] = (decided, fourEyesAbove);
        loans[change.After.Id] = change.After;
        changes.Add(change);
    }

    internal void Add(StoredRepayment stored, Money? fourEyesAbove) =>
        repayments.Add(stored.Id, (stored, fourEyesAbove));

    internal void Add(StoredLoan loan) => loans.Add(loan.Id, loan);

    internal void AddHeld(DecisionTarget target) => held.Add(target);

    internal StoredLoan? FindLoan(LoanId id) => loans.GetValueOrDefault(id);
}

/// <summary>A repayment that an officer of an organisation decides on.</summary>
/// <param name="OrganisationId">The officer's organisation.</param>
/// <param name="RepaymentId">The id in the request. The organisation may have no such repayment.</param>
public readonly record struct DecisionTarget(OrganisationId OrganisationId, RepaymentId RepaymentId);

/// <summary>A loan of a customer.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="LoanId">The loan account.</param>
public readonly record struct LoanKey(CustomerId CustomerId, LoanId LoanId);

/// <summary>Reads the data for decisions on one or more repayments, in one round trip.</summary>
public static class VerificationStore
{
    private const string AskedRepayments = """
        unnest($1, $2) as asked (organisation_id, id)
        join repayment r on r.organisation_id = asked.organisation_id and r.id = asked.id
        """;

    // Every statement that locks loans uses this order. The statements after this one see what the last holder of each
    // lock committed.
    private const string LockAccounts = $"""
        {LoanStore.SelectAccounts}
        where (l.customer_id, l.id) in (select r.customer_id, r.account_id from {AskedRepayments})
        order by l.customer_id, l.id
        for no key update of l, d
        """;

    private const string LockFreeAccounts = LockAccounts + " skip locked";

    private const string FindEvents = $"""
        select {LoanStore.EventColumns} from loan_event
        where (customer_id, account_id) in (select r.customer_id, r.account_id from {AskedRepayments})
        order by account_id, sequence
        """;

    private static readonly string FindRepayments = SelectRepayments(AskedRepayments);

    private const string AskedLoans = "unnest($1, $2) as asked (customer_id, account_id)";

    private const string LockLoans = $"""
        {LoanStore.SelectAccounts}
        where (l.customer_id, l.id) in (select asked.customer_id, asked.account_id from {AskedLoans})
        order by l.customer_id, l.id
        for no key update of l, d
        """;

    private const string FindLoanEvents = $"""
        select {LoanStore.EventColumns} from loan_event
        where (customer_id, account_id) in (select asked.customer_id, asked.account_id from {AskedLoans})
        order by account_id, sequence
        """;

    // What a bank's entry can pay: pending repayments, and verified ones that no entry pays yet.
    private static readonly string FindOpenRepayments = SelectRepayments(
        $"""
        (select r.* from {AskedLoans}
         join repayment r on r.customer_id = asked.customer_id and r.account_id = asked.account_id
         left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
         where s.status is null
           or s.status = 'VERIFIED' and r.method in ('BANK_TRANSFER', 'DIRECT_DEBIT')
             and not exists (select from entry_link e where e.repayment_id = r.id)) r
        """
    );

    // An API token acts for the manager who created it, so that manager counts as the recorder.
    private static string SelectRepayments(string from) =>
        $"""
            select r.customer_id, r.id, r.account_id, r.amount, r.paid_on,
                   {FirstApprovalStore.LowestAmountSince("o", "r.recorded_at")} as four_eyes_above,
                   d.kinds, d.decided_by, d.rounds, d.reasons, d.amounts, d.days,
                   r.organisation_id, r.method,
                   case when r.recorded_by = r.customer_id then r.recorded_by
                        else coalesce((select t.created_by from api_token t where t.id = r.recorded_by), r.recorded_by)
                   end as recorded_by
            from {from} join organisation o on o.id = r.organisation_id
            cross join lateral (
              select array_agg(d.kind::text) as kinds, array_agg(d.decided_by) as decided_by, array_agg(d.round::int) as rounds,
                     array_agg(d.reason) as reasons, array_agg(d.amount::bigint) as amounts, array_agg(d.paid_on) as days
              from repayment_decision d where d.customer_id = r.customer_id and d.repayment_id = r.id) d
            """;

    /// <summary>
    /// Locks the loans of the repayments and reads everything. A repayment of another organisation is not found.
    /// </summary>
    public static async Task<DecidableRepayments> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DecisionTarget> targets,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        AddReads(batch, LockAccounts, targets);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await ReadAsync(reader, cancellation);
    }

    /// <summary>True if an entry of a bank statement pays a repayment. Its loan must be locked.</summary>
    public static async Task<bool> IsPaidByEntryAsync(
        NpgsqlConnection connection,
        RepaymentId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select exists (select from entry_link where repayment_id = $1)",
            connection
        )
        {
            Parameters = { Sql.Value(id) },
        };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>
    /// Returns what a collector keeps of a repayment; null if no collector has collected it. Its loan must be locked.
    /// </summary>
    public static async Task<Money?> FindCommissionAsync(
        NpgsqlConnection connection,
        StoredRepayment repayment,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select commission::bigint from collection_standing where repayment_id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(repayment.Id) },
        };
        return await command.ExecuteScalarAsync(cancellation) is long minorUnits
            ? new Money(minorUnits, repayment.Amount.Currency)
            : null;
    }

    /// <summary>
    /// Locks loans, in the order of their ids, and reads what a bank's entry can pay: their pending repayments, and
    /// the verified ones that no entry pays yet.
    /// </summary>
    public static async Task<DecidableRepayments> ReadOpenAsync(
        NpgsqlConnection connection,
        IReadOnlyList<LoanKey> loans,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (ReadOnlySpan<string>)[LockLoans, FindLoanEvents, FindOpenRepayments])
        {
            new RowsStatement<LoanKey>(sql, loans)
                .Column(loan => loan.CustomerId)
                .Column(loan => loan.LoanId)
                .AddTo(batch);
        }

        if (loans.Count == 0)
            return new DecidableRepayments();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await ReadAsync(reader, cancellation);
    }

    /// <summary>Opens a transaction, locks the loans of a group and reads the data for its decisions.</summary>
    public static async Task<DecidableRepayments> ReadAsync(Group<VerificationRequest> group)
    {
        await using var batch = new NpgsqlBatch(group.Connection);
        GroupConnections.AddBeginTo(batch);
        AddReads(
            batch,
            group.SkipsLocked ? LockFreeAccounts : LockAccounts,
            [.. group.Requests.Select(request => request.Asked.Target).Distinct()]
        );
        group.AddFindKeys(batch);
        await using var reader = await batch.ExecuteReaderAsync();
        await GroupConnections.SkipBeginAsync(reader);
        var found = await ReadAsync(reader, default);
        await reader.NextResultAsync();
        await group.ReadKeysAsync(reader);
        return found;
    }

    /// <summary>Adds the statements that write the changes of a group to a batch.</summary>
    public static void AddWrites(NpgsqlBatch batch, DecidableRepayments decided, DateTimeOffset _) =>
        LoanChangeStore.AddTo(batch, decided.Changes);

    private static void AddReads(NpgsqlBatch batch, string lockAccounts, IReadOnlyList<DecisionTarget> targets)
    {
        foreach (var sql in (ReadOnlySpan<string>)[lockAccounts, FindEvents, FindRepayments])
        {
            new RowsStatement<DecisionTarget>(sql, targets)
                .Column(target => target.OrganisationId)
                .Column(target => target.RepaymentId)
                .AddTo(batch);
        }
    }

    private static async Task<DecidableRepayments> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var found = new DecidableRepayments();
        foreach (var loan in await LoanStore.ReadAsync(reader, cancellation))
            found.Add(loan);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (found.FindLoan(reader.Id<LoanId>("account_id")) is { Currency: var currency })
                found.Add(ReadRepayment(reader, currency), reader.MoneyOrNull("four_eyes_above", currency));
            else
                found.AddHeld(new(reader.Id<OrganisationId>("organisation_id"), reader.Id<RepaymentId>("id")));
        }

        return found;
    }

    /// <summary>Returns the status of a repayment after its decisions.</summary>
    public static RepaymentStatus StatusOf(IEnumerable<DecisionKind> decisions)
    {
        var status = RepaymentStatus.PendingVerification;
        foreach (var kind in decisions)
        {
            if (kind == DecisionKind.Reversed)
                return RepaymentStatus.Reversed;
            status = RepaymentDecision.LeadsTo(kind) ?? status;
        }

        return status;
    }

    private static StoredRepayment ReadRepayment(NpgsqlDataReader reader, Currency currency)
    {
        var reported = new StoredRepayment
        {
            CustomerId = reader.Id<CustomerId>("customer_id"),
            Id = reader.Id<RepaymentId>("id"),
            AccountId = reader.Id<LoanId>("account_id"),
            Amount = reader.Money("amount", currency),
            PaidOn = reader.Date("paid_on"),
            Status = RepaymentStatus.PendingVerification,
            FirstApprovedBy = null,
            OrganisationId = reader.Id<OrganisationId>("organisation_id"),
            Method = reader.Word<PaymentMethod>("method"),
            RecordedBy = reader.Id<UserId>("recorded_by"),
        };
        return reader.IsNull("kinds") ? reported : WithDecisions(reported, ReadDecisions(reader, reported));
    }

    private static StoredRepayment WithDecisions(
        StoredRepayment reported,
        IReadOnlyList<(UserId By, RepaymentDecision Decision)> decisions
    )
    {
        var (stored, reportedTerms) = (reported, reported.Reported);
        foreach (var (by, decision) in decisions.OrderBy(one => one.Decision.Round))
        {
            var terms = new RepaymentTerms(
                decision.Amount ?? reportedTerms.Amount,
                decision.PaidOn ?? reportedTerms.PaidOn
            );
            if (decision.Kind == DecisionKind.FirstApproval)
                stored = stored.ApprovedFirst(by, terms, decision.IsCorrection ? decision.Reason : null);
            else if (decision.Kind == DecisionKind.Verified)
                stored = stored.With(terms, decision.Reason);
        }

        return stored with
        {
            Status = StatusOf(decisions.Select(one => one.Decision.Kind)),
        };
    }

    private static List<(UserId By, RepaymentDecision Decision)> ReadDecisions(
        NpgsqlDataReader reader,
        StoredRepayment reported
    )
    {
        var kinds = reader.Get<string[]>("kinds");
        var decidedBy = reader.Ids<UserId>("decided_by");
        var rounds = reader.Get<int[]>("rounds");
        var reasons = reader.Get<string?[]>("reasons");
        var amounts = reader.Get<long?[]>("amounts");
        var days = reader.Get<DateOnly?[]>("days");
        var decisions = new List<(UserId, RepaymentDecision)>(kinds.Length);
        for (var i = 0; i < kinds.Length; i++)
        {
            var kind = Words.Read<DecisionKind>(kinds[i]);
            Money? amount = amounts[i] is { } minorUnits ? new(minorUnits, reported.Amount.Currency) : null;
            decisions.Add((decidedBy[i], new(reported.Id, kind, reasons[i], rounds[i], amount, days[i])));
        }

        return decisions;
    }
}
