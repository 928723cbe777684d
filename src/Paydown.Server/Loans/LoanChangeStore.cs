using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Ledger;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Wallets;

namespace Paydown.Server.Loans;

/// <summary>The amount of one repayment that awaits verification.</summary>
/// <param name="CustomerId">The customer of the loan.</param>
/// <param name="AccountId">The loan account, locked.</param>
/// <param name="Amount">The reported amount.</param>
public readonly record struct PendingAmount(CustomerId CustomerId, LoanId AccountId, Money Amount);

/// <summary>
/// Writes changes of loans: all rows of any number of changes in one round trip, within the transaction that has locked
/// the loans. Several changes of one loan must be in their order.
/// </summary>
public static class LoanChangeStore
{
    private const string InsertAccounts = """
        insert into loan_account (customer_id, id, organisation_id, loan_application_id, product_name,
                                  account_product_name, repayment_method, reference, currency_code, collector,
                                  applied_on, disbursed_on, recorded_at, state, principal_balance, interest_balance,
                                  fees_balance, penalty_balance, payoff_balance, overpaid, installment_count)
        select customer_id, id, organisation_id, loan_application_id, product_name, account_product_name,
               repayment_method, reference, currency_code, collector, applied_on, disbursed_on, recorded_at,
               'PENDING_DISBURSEMENT', 0, 0, 0, 0, 0, 0, 0
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
          as r (customer_id, id, organisation_id, loan_application_id, product_name, account_product_name,
                repayment_method, reference, currency_code, collector, applied_on, disbursed_on, recorded_at)
        """;

    // Refuses a reference that the organisation has already.
    private const string InsertReferences = """
        insert into loan_reference (organisation_id, reference, customer_id, account_id)
        select * from unnest($1, $2, $3, $4)
        """;

    private const string InsertTerms =
        "insert into loan_terms (customer_id, account_id, terms) select * from unnest($1, $2, $3::json[])";

    // A row that stays as it is is not written. The end of a day changes few accounts.
    private const string UpdateAccounts = """
        update loan_account l
        set collector = r.collector, disbursed_on = r.disbursed_on, state = r.state, principal_balance = r.principal,
            interest_balance = r.interest, fees_balance = r.fees, penalty_balance = r.penalty,
            payoff_balance = r.payoff, overpaid = r.overpaid, pending_total = r.pending_total,
            balance_on = r.balance_on, next_due_on = r.next_due_on, installment_count = r.installment_count,
            event_count = r.event_count
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
          as r (customer_id, id, collector, disbursed_on, state, principal, interest, fees, penalty, payoff, overpaid,
                pending_total, balance_on, next_due_on, installment_count, event_count)
        where l.customer_id = r.customer_id and l.id = r.id
          and (l.collector, l.disbursed_on, l.state, l.principal_balance, l.interest_balance, l.fees_balance,
               l.penalty_balance, l.payoff_balance, l.overpaid, l.pending_total, l.balance_on, l.next_due_on,
               l.installment_count, l.event_count)
            is distinct from
              (r.collector, r.disbursed_on, r.state, r.principal, r.interest, r.fees, r.penalty, r.payoff, r.overpaid,
               r.pending_total, r.balance_on, r.next_due_on, r.installment_count, r.event_count)
        """;

    private const string AddPending = """
        update loan_account l
        set pending_total = l.pending_total + r.amount
        from unnest($1, $2, $3) as r (customer_id, id, amount)
        where l.customer_id = r.customer_id and l.id = r.id
        """;

    private const string InsertEvents = """
        insert into loan_event (customer_id, account_id, sequence, id, kind, value_on, amount, down_payment,
                                target_id, charge_kind, due_on, rule_for, rule, act, recorded_by, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::json[], $15, $16)
        """;

    private const string InsertReasons = """
        insert into loan_event_reason (customer_id, account_id, event_id, reason)
        select * from unnest($1, $2, $3, $4)
        """;

    private const string InsertDecisions = """
        insert into repayment_decision (customer_id, repayment_id, kind, decided_by, reason, decided_at, round, amount,
                                        paid_on)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private const string KeepReplaced = """
        insert into replaced_allocation (customer_id, repayment_id, version, principal_balance, total_balance, overpaid,
                                         lines, replaced_at)
        select s.customer_id, s.repayment_id, s.version, s.principal_balance, s.total_balance, s.overpaid, s.lines,
               r.replaced_at
        from unnest($1, $2, $3) as r (customer_id, repayment_id, replaced_at)
        join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.repayment_id
        where s.lines is not null
        """;

    // Versions continue from the standing's last one; the loan is locked, so no other transaction can take a number.
    private const string InsertReplaced = """
        insert into replaced_allocation (customer_id, repayment_id, version, principal_balance, total_balance, overpaid,
                                         lines, replaced_at)
        select r.customer_id, r.repayment_id, coalesce(s.version, 0) + r.step, r.principal_balance, r.total_balance,
               r.overpaid, r.lines::json, r.replaced_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8)
          as r (customer_id, repayment_id, step, principal_balance, total_balance, overpaid, lines, replaced_at)
        left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.repayment_id
        """;

    // A correction made at verification is kept.
    private const string PutStandings = """
        insert into repayment_standing (customer_id, repayment_id, status, reason, version, principal_balance,
                                        total_balance, overpaid, due_on, lines, amount, paid_on, correction_reason,
                                        organisation_id, recorded_at, reported_amount)
        select r.customer_id, r.repayment_id, r.status, r.reason, r.steps, r.principal_balance, r.total_balance,
               r.overpaid, r.due_on, r.lines::json, r.amount, r.paid_on, r.correction_reason, p.organisation_id,
               p.recorded_at, p.amount
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
          as r (customer_id, repayment_id, status, reason, steps, principal_balance, total_balance, overpaid, due_on,
                lines, amount, paid_on, correction_reason)
        join repayment p on p.customer_id = r.customer_id and p.id = r.repayment_id
        on conflict (customer_id, repayment_id) do update
        set status = excluded.status, reason = excluded.reason, version = repayment_standing.version + excluded.version,
            principal_balance = excluded.principal_balance, total_balance = excluded.total_balance,
            overpaid = excluded.overpaid, due_on = excluded.due_on, lines = excluded.lines
        """;

    /// <summary>Writes all rows of the changes. The caller commits.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<LoanChange> changes,
        CancellationToken cancellation
    )
    {
        if (changes.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(connection);
        AddTo(batch, changes);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Adds the statements that write all rows of the changes to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes)
    {
        if (changes.Count == 0)
            return;
        AddAccounts(batch, changes);
        AddEvents(batch, changes);
        AddReasons(batch, changes);
        AddDecisions(batch, changes);
        AddAllocations(batch, changes);
        AddJournal(batch, changes);
        AddWallets(batch, changes);
        AddMessages(batch, changes);
        AddAudit(batch, changes);
    }

    /// <summary>Adds the statement that counts repayments awaiting verification on their loans to a batch.</summary>
    public static void AddPendingTo(NpgsqlBatch batch, IReadOnlyList<PendingAmount> amounts)
    {
        // An update changes a row once, so each loan must come once.
        var sums = new Dictionary<(CustomerId CustomerId, LoanId AccountId), Money>(amounts.Count);
        foreach (var (customerId, accountId, amount) in amounts)
        {
            var loan = (customerId, accountId);
            sums[loan] = sums.TryGetValue(loan, out var sum) ? sum + amount : amount;
        }

        new RowsStatement<KeyValuePair<(CustomerId CustomerId, LoanId AccountId), Money>>(AddPending, [.. sums])
            .Column(row => row.Key.CustomerId)
            .Column(row => row.Key.AccountId)
            .Column(row => row.Value)
            .AddTo(batch);
    }

    private static void AddAccounts(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes)
    {
        var opened = changes
            .Where(change => change.IsNew)
            .Select(change => (change.After, change.ActionContext.At))
            .ToList();
        new RowsStatement<(StoredLoan Loan, DateTimeOffset At)>(InsertAccounts, opened)
            .Column(row => row.Loan.CustomerId)
            .Column(row => row.Loan.Id)
            .Column(row => row.Loan.OrganisationId)
            .Column(row => row.Loan.ApplicationId)
            .Column(row => row.Loan.ProductName)
            .Column(row => row.Loan.AccountProductName)
            .Column(row => Words.Write(row.Loan.RepaymentMethod))
            .Column(row => row.Loan.Reference)
            .Column(row => row.Loan.Currency.Code)
            .Column(row => row.Loan.Collector)
            .Column(row => row.Loan.AppliedOn)
            .Column(row => row.Loan.DisbursedOn)
            .Column(row => row.At)
            .AddTo(batch);
        new RowsStatement<(StoredLoan Loan, DateTimeOffset At)>(InsertReferences, opened)
            .Column(row => row.Loan.OrganisationId)
            .Column(row => row.Loan.Reference)
            .Column(row => row.Loan.CustomerId)
            .Column(row => row.Loan.Id)
            .AddTo(batch);
        new RowsStatement<(StoredLoan Loan, DateTimeOffset At)>(InsertTerms, opened)
            .Column(row => row.Loan.CustomerId)
            .Column(row => row.Loan.Id)
            .Column(row => StoredJson.Write(row.Loan.Terms))
            .AddTo(batch);

        var last = changes.Select(change => change.After).GroupBy(loan => loan.Id).Select(same => same.Last()).ToList();
        new RowsStatement<StoredLoan>(UpdateAccounts, last)
            .Column(loan => loan.CustomerId)
            .Column(loan => loan.Id)
            .Column(loan => loan.Collector)
            .Column(loan => loan.DisbursedOn)
            .Column(loan => Words.Write(loan.State))
            .Column(loan => loan.Balance.Principal)
            .Column(loan => loan.Balance.Interest)
            .Column(loan => loan.Balance.Fees)
            .Column(loan => loan.Balance.Penalty)
            .Column(loan => loan.Payoff)
            .Column(loan => loan.Overpaid)
            .Column(loan => loan.Pending)
            .Column(loan => loan.BalanceOn)
            .Column(loan => loan.NextDueOn)
            .Column(loan => loan.InstallmentCount)
            .Column(loan => loan.Events.Count)
            .AddTo(batch);
        LoanDayStore.AddTo(batch, [.. opened.Select(row => row.After)], last);
    }

    private static void AddEvents(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes)
    {
        var rows = changes
            .SelectMany(
                change => change.Events,
                (change, loanEvent) => (change, loanEvent, EventRow.Of(loanEvent, change.After.Currency))
            )
            .ToList();
        new RowsStatement<(LoanChange Of, LoanEvent Event, EventRow Fields)>(InsertEvents, rows)
            .Column(row => row.Of.After.CustomerId)
            .Column(row => row.Of.After.Id)
            .Column(row => row.Event.Sequence)
            .Column(row => row.Event.Id)
            .Column(row => row.Fields.Kind)
            .Column(row => row.Event.On)
            .Column(row => row.Fields.Amount)
            .Column(row => row.Fields.DownPayment)
            .Column(row => row.Fields.TargetId)
            .Column(row => row.Fields.ChargeKind)
            .Column(row => row.Fields.DueOn)
            .Column(row => row.Fields.RuleFor)
            .Column(row => row.Fields.Rule)
            .Column(row => row.Fields.Act)
            .Column(row => row.Of.ActionContext.By)
            .Column(row => row.Of.ActionContext.At)
            .AddTo(batch);
    }

    private static void AddReasons(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes) =>
        new RowsStatement<(LoanChange Of, LoanEvent Event)>(
            InsertReasons,
            [
                .. changes
                    .Where(change => change.Reason is not null)
                    .SelectMany(change => change.Events, (change, loanEvent) => (change, loanEvent)),
            ]
        )
            .Column(row => row.Of.After.CustomerId)
            .Column(row => row.Of.After.Id)
            .Column(row => row.Event.Id)
            .Column(row => row.Of.Reason)
            .AddTo(batch);

    private static void AddDecisions(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes)
    {
        var rows = changes.SelectMany(change => change.Decisions, (change, decision) => (change, decision)).ToList();
        new RowsStatement<(LoanChange Of, RepaymentDecision Decision)>(InsertDecisions, rows)
            .Column(row => row.Of.After.CustomerId)
            .Column(row => row.Decision.RepaymentId)
            .Column(row => Words.Write(row.Decision.Kind))
            .Column(row => row.Of.ActionContext.By)
            .Column(row => row.Decision.Reason)
            .Column(row => row.Of.ActionContext.At)
            .Column(row => row.Decision.Round)
            .Column(row => row.Decision.Amount)
            .Column(row => row.Decision.PaidOn)
            .AddTo(batch);
    }

    private static void AddAllocations(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes)
    {
        var versions = RepaymentStanding.VersionsOf(changes);
        var standings = RepaymentStanding.LastOf(changes, versions);
        new RowsStatement<RepaymentStanding>(
            KeepReplaced,
            [.. standings.Where(row => !row.IsNew && row.Status != RepaymentStatus.Rejected)]
        )
            .Column(row => row.CustomerId)
            .Column(row => row.RepaymentId)
            .Column(row => row.At)
            .AddTo(batch);
        new RowsStatement<AllocationVersion>(InsertReplaced, RepaymentStanding.ReplacedOf(versions, standings))
            .Column(row => row.CustomerId)
            .Column(row => row.Paid.EventId)
            .Column(row => row.Step)
            .Column(row => row.Paid.PrincipalBalance)
            .Column(row => row.Paid.TotalBalance)
            .Column(row => row.Paid.Overpaid)
            .Column(row => StoredLines.Write(row.Paid.Lines))
            .Column(row => row.At)
            .AddTo(batch);

        new RowsStatement<RepaymentStanding>(PutStandings, standings)
            .Column(row => row.CustomerId)
            .Column(row => row.RepaymentId)
            .Column(row => Words.Write(row.Status))
            .Column(row => row.Reason)
            .Column(row => row.Steps)
            .Column(row => row.Counted?.PrincipalBalance)
            .Column(row => row.Counted?.TotalBalance)
            .Column(row => row.Counted?.Overpaid)
            .Column(row => row.Counted is null ? null : RepaymentStanding.DueOnOf(row.Counted))
            .Column(row => row.Counted is null ? null : StoredLines.Write(row.Counted.Lines))
            .Column(row => row.Correction?.Amount)
            .Column(row => row.Correction?.PaidOn)
            .Column(row => row.Correction?.Reason)
            .AddTo(batch);
    }

    private static void AddJournal(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes) =>
        JournalStore.AddTo(
            batch,
            [
                .. changes.SelectMany(
                    change => change.Entries,
                    (change, booked) =>
                        new JournalRow(
                            change.After.CustomerId,
                            change.After.OrganisationId,
                            change.After.Id,
                            booked,
                            change.ActionContext.At
                        )
                ),
                .. changes.SelectMany(
                    change => change.CollectorEntries,
                    (change, booked) =>
                        new JournalRow(
                            change.After.CustomerId,
                            change.After.OrganisationId,
                            AccountId: null,
                            booked,
                            change.ActionContext.At
                        )
                ),
            ]
        );

    private static void AddWallets(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes) =>
        WalletStore.AddTo(
            batch,
            [
                .. changes.SelectMany(
                    change => change.WalletEntries,
                    (change, booked) =>
                        new WalletMovement(
                            change.After.CustomerId,
                            change.After.OrganisationId,
                            booked,
                            change.ActionContext.At
                        )
                ),
            ]
        );

    private static void AddMessages(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes) =>
        OutboxStore.AddTo(
            batch,
            [
                .. changes.SelectMany(
                    change => change.Messages,
                    (change, message) =>
                        new OutboxRow(
                            change.After.CustomerId,
                            change.After.OrganisationId,
                            change.After.Id,
                            message,
                            change.ActionContext.At
                        )
                ),
            ]
        );

    private static void AddAudit(NpgsqlBatch batch, IReadOnlyList<LoanChange> changes) =>
        AuditTrail.AddTo(
            batch,
            [
                .. changes.SelectMany(
                    change => change.Audited,
                    (change, entry) =>
                        new AuditRecord(
                            change.After.OrganisationId,
                            change.After.Id.AsSubject,
                            change.ActionContext,
                            entry
                        )
                ),
            ]
        );
}
