using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>Reads everything stored about one repayment, for the officers of its organisation.</summary>
public static class RepaymentDetailsStore
{
    private const string Find = """
        select r.customer_id, r.id, r.account_id, r.method, r.amount, r.paid_on,
               s.amount as corrected_amount, s.paid_on as corrected_on, s.correction_reason,
               r.reference, r.reference_matches, r.narration, r.is_payoff, r.recorded_at,
               r.recorded_by, coalesce(by.first_name || ' ' || by.last_name, t.name) as recorded_by_name,
               s.status::text as status, s.reason,
               s.lines::text as lines, s.principal_balance, s.total_balance, s.overpaid,
               b.id as bank_account_id, b.account_number, b.account_name, b.bank_code, b.bank_name,
               u.first_name || ' ' || u.last_name as customer_name, u.email, l.currency_code,
               a.arrived, a.part_ids
        from repayment r
        join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id
        join app_user u on u.id = r.customer_id
        left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
        left join bank_account b on b.customer_id = r.customer_id and b.id = r.bank_account_id
        left join app_user by on by.id = r.recorded_by and by.organisation_id = r.organisation_id
        left join api_token t on t.id = r.recorded_by and t.organisation_id = r.organisation_id
        left join lateral (
          select sum(e.amount)::bigint as arrived, array_agg(e.id order by e.id) as part_ids
          from report_part p join statement_entry e on e.id = p.entry_id
          where p.repayment_id = r.id and coalesce(s.status, 'VERIFIED') = 'VERIFIED'
            and not exists (select from entry_link k where k.repayment_id = r.id)) a on true
        where r.organisation_id = $1 and r.id = $2
        """;

    private const string FindDecisions = """
        select d.kind::text as kind, d.decided_by,
               coalesce(u.first_name || ' ' || u.last_name, t.name) as decided_by_name,
               d.decided_at, d.reason, d.amount, d.paid_on
        from repayment_decision d
        left join app_user u on u.id = d.decided_by and u.organisation_id = $3
        left join api_token t on t.id = d.decided_by and t.organisation_id = $3
        where d.customer_id = $1 and d.repayment_id = $2
        order by d.decided_at, d.round
        """;

    /// <summary>
    /// SQL for the repayments that may be the same transfer as repayment <c>r</c> with standing <c>s</c>, by
    /// <see cref="DuplicateRules"/>. They are <c>d</c>, each with its standing <c>ds</c>. A rejected or reversed
    /// repayment is not a duplicate.
    /// </summary>
    internal static readonly string FromDuplicates = $"""
        from repayment d
        left join repayment_standing ds on ds.customer_id = d.customer_id and ds.repayment_id = d.id
        where d.customer_id = r.customer_id and d.id <> r.id
          and d.paid_on between r.paid_on - {DuplicateRules.DaysMax} and r.paid_on + {DuplicateRules.DaysMax}
          and (d.amount = r.amount or coalesce(ds.amount, d.amount) = coalesce(s.amount, r.amount))
          and (d.account_id = r.account_id and d.paid_on = r.paid_on
               or reference_key(d.reference) = reference_key(r.reference)
               or d.account_id = r.account_id and d.reference_matches and r.reference_matches)
          and coalesce(ds.status, 'VERIFIED') = 'VERIFIED' and coalesce(s.status, 'VERIFIED') = 'VERIFIED'
        """;

    private static readonly string FindDuplicates = $"""
        select d.* from repayment r
        left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
        cross join lateral (
          select d.id, d.account_id, coalesce(ds.amount, d.amount) as amount,
                 coalesce(ds.paid_on, d.paid_on) as paid_on, d.reference, coalesce(ds.status, 'PENDING_VERIFICATION')::text as status, d.recorded_at,
                 (select l.currency_code from loan_account l
                  where l.customer_id = d.customer_id and l.id = d.account_id) as currency_code
          {FromDuplicates}) d
        where r.customer_id = $1 and r.id = $2
        order by d.id
        """;

    /// <summary>Returns one repayment; null if the organisation has none with this id.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="organisationId">The officer's organisation.</param>
    /// <param name="id">The repayment.</param>
    /// <param name="context">
    /// The current instant and date, for balances that change daily and approvals that expire.
    /// </param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<RepaymentDetails?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        RepaymentId id,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        if (await FindRowAsync(connection, organisationId, id, cancellation) is not { } row)
            return null;
        var loan = (
            await LoanStore.FindAsync(connection, row.CustomerId, row.AccountId, forUpdate: false, cancellation)
        )!;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(FindDecisions)
                {
                    Parameters = { Sql.Value(row.CustomerId), Sql.Value(id), Sql.Value(organisationId) },
                },
                new(FindDuplicates) { Parameters = { Sql.Value(row.CustomerId), Sql.Value(id) } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var decisions = new List<DecisionTaken>();
        while (await reader.ReadAsync(cancellation))
            decisions.Add(ReadDecision(reader, row));
        await reader.NextResultAsync(cancellation);
        var duplicates = new List<PossibleDuplicate>();
        while (await reader.ReadAsync(cancellation))
            duplicates.Add(ReadDuplicate(reader));
        await reader.DisposeAsync();
        var awaited =
            row.Status != RepaymentStatus.Verified
                ? null
                : await FirstApprovalStore.FindAwaitedAsync(
                    connection,
                    organisationId,
                    ActKind.ReverseRepayment,
                    id.AsSubject,
                    loan.Events.Count,
                    context.At,
                    cancellation
                );
        return row.ToDetails(loan, loan.Replay(context.Today), context.Today, decisions, duplicates, awaited);
    }

    private static async Task<DetailsRow?> FindRowAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        RepaymentId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ReadRow(reader) : null;
    }

    private static DetailsRow ReadRow(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new DetailsRow
        {
            CustomerId = reader.Id<CustomerId>("customer_id"),
            Id = reader.Id<RepaymentId>("id"),
            AccountId = reader.Id<LoanId>("account_id"),
            Method = reader.Word<PaymentMethod>("method"),
            ReportedAmount = reader.Money("amount", currency),
            ReportedOn = reader.Date("paid_on"),
            CorrectedAmount = reader.MoneyOrNull("corrected_amount", currency),
            CorrectedOn = reader.DateOrNull("corrected_on"),
            CorrectionReason = reader.TextOrNull("correction_reason"),
            Reference = reader.Text("reference"),
            ReferenceMatches = reader.Boolean("reference_matches"),
            Narration = reader.TextOrNull("narration"),
            IsPayoff = reader.Boolean("is_payoff"),
            RecordedAt = reader.Instant("recorded_at"),
            RecordedBy = reader.Id<UserId>("recorded_by"),
            RecordedByName = reader.TextOrNull("recorded_by_name"),
            Status = reader.WordOrNull<RepaymentStatus>("status") ?? RepaymentStatus.PendingVerification,
            Reason = reader.TextOrNull("reason"),
            Lines = reader.IsNull("lines") ? [] : StoredLines.Read(reader.Text("lines")),
            PrincipalBalance = reader.MoneyOrNull("principal_balance", currency),
            TotalBalance = reader.MoneyOrNull("total_balance", currency),
            Overpaid = reader.MoneyOrNull("overpaid", currency) ?? Money.Zero(currency),
            BankAccount = reader.IsNull("bank_account_id")
                ? null
                : new PayersBankAccount(
                    reader.Id<BankAccountId>("bank_account_id"),
                    reader.Text("account_number"),
                    reader.Text("account_name"),
                    reader.Text("bank_code"),
                    reader.Text("bank_name")
                ),
            PartlyArrived = reader.MoneyOrNull("arrived", currency) is { } arrived
                ? new(arrived, reader.Ids<StatementEntryId>("part_ids"))
                : null,
            CustomerName = reader.Text("customer_name"),
            Email = reader.Text("email"),
        };
    }

    private static DecisionTaken ReadDecision(NpgsqlDataReader reader, DetailsRow row)
    {
        var kind = reader.Text("kind");
        var approves = kind is "FIRST_APPROVAL" or "VERIFIED";
        return new DecisionTaken(
            kind,
            reader.Id<UserId>("decided_by"),
            reader.TextOrNull("decided_by_name"),
            reader.Instant("decided_at"),
            reader.TextOrNull("reason"),
            approves ? reader.MoneyOrNull("amount", row.ReportedAmount.Currency) ?? row.ReportedAmount : null,
            approves
                ? reader.IsNull("paid_on")
                    ? row.ReportedOn
                    : reader.Date("paid_on")
                : null
        );
    }

    private static PossibleDuplicate ReadDuplicate(NpgsqlDataReader reader) =>
        new(
            reader.Id<RepaymentId>("id"),
            reader.Id<LoanId>("account_id"),
            reader.Money("amount", reader.Currency("currency_code")),
            reader.Date("paid_on"),
            reader.Text("reference"),
            reader.Text("status"),
            reader.Instant("recorded_at")
        );
}
