using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// Reads loans with their events. Within a writing transaction the account rows are locked, in the order of their ids.
/// </summary>
public static class LoanStore
{
    /// <summary>
    /// The columns of an account <c>l</c> with its terms <c>t</c> and what its days have left, <c>d</c>.
    /// </summary>
    internal const string AccountColumns = """
        l.customer_id, l.id, l.organisation_id, l.loan_application_id, l.product_name, l.account_product_name,
        l.repayment_method, l.reference, t.terms, l.collector, l.applied_on, l.disbursed_on, l.state,
        l.principal_balance, l.interest_balance, l.fees_balance, l.penalty_balance, l.payoff_balance,
        l.overpaid, l.pending_total, l.balance_on, l.next_due_on, l.installment_count, d.day_rules,
        d.accrual_posting, d.suspended_after_days, d.accrued_on, d.accrued_interest, d.suspended_interest,
        d.lost_suspense, d.arrears_bucket, d.provision_on, d.allowance, d.allowance_used, d.next_action_on
        """;

    /// <summary>The tables of <see cref="AccountColumns"/> beside the account.</summary>
    internal const string JoinAccount = """
        join loan_terms t on t.customer_id = l.customer_id and t.account_id = l.id
        join loan_day d on d.customer_id = l.customer_id and d.account_id = l.id
        """;

    /// <summary>
    /// The columns of an account with all that belongs to it, and their tables. Whoever locks, locks <c>l</c> and
    /// <c>d</c>: after a wait, a statement sees the newest version of the rows that it locks, and an old one of others.
    /// </summary>
    internal const string SelectAccounts = $"select {AccountColumns} from loan_account l {JoinAccount}";

    /// <summary>Returns a customer's loan; null if the customer has none with this id.</summary>
    public static Task<StoredLoan?> FindAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        LoanId accountId,
        bool forUpdate,
        CancellationToken cancellation
    ) => FindOneAsync(connection, "l.customer_id = $1 and l.id = $2", customerId, accountId, forUpdate, cancellation);

    /// <summary>Returns the loan of a customer's application; null if there is none.</summary>
    public static Task<StoredLoan?> FindByApplicationAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        LoanApplicationId applicationId,
        bool forUpdate,
        CancellationToken cancellation
    ) =>
        FindOneAsync(
            connection,
            "l.customer_id = $1 and l.loan_application_id = $2",
            customerId,
            applicationId,
            forUpdate,
            cancellation
        );

    /// <summary>
    /// Returns a loan of an organisation, for its officers; null if the organisation has none with this id.
    /// </summary>
    public static Task<StoredLoan?> FindInOrganisationAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        LoanId accountId,
        bool forUpdate,
        CancellationToken cancellation
    ) =>
        FindOneAsync(
            connection,
            "l.organisation_id = $1 and l.id = $2",
            organisationId,
            accountId,
            forUpdate,
            cancellation
        );

    /// <summary>Returns the customer's loan whose application or account has this id; null if there is none.</summary>
    public static Task<StoredLoan?> FindShownAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        ShownLoanId id,
        CancellationToken cancellation
    ) => FindOneAsync(connection, $"l.customer_id = $1 and {ShownId}", customerId, id, forUpdate: false, cancellation);

    /// <summary>Returns the same for any customer of an organisation.</summary>
    public static Task<StoredLoan?> FindShownInOrganisationAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ShownLoanId id,
        CancellationToken cancellation
    ) =>
        FindOneAsync(
            connection,
            $"l.organisation_id = $1 and {ShownId}",
            organisationId,
            id,
            forUpdate: false,
            cancellation
        );

    private const string ShownId = "(l.loan_application_id = $2 or l.id = $2)";

    /// <summary>Returns all loans of a customer, newest first.</summary>
    public static async Task<IReadOnlyList<StoredLoan>> ListAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        // The subquery hides the customer from the planner. Otherwise it would expect fewer loans of a known customer
        // than of an unknown one, and so plan the statement again for each customer, which takes longer than reading
        // the loans.
        const string theirs = "customer_id = (select $1::uuid)";
        batch.BatchCommands.Add(
            Command($"{SelectAccounts} where l.{theirs} order by l.id desc", Sql.Value(customerId))
        );
        batch.BatchCommands.Add(
            Command(
                $"select {EventColumns} from loan_event where {theirs} order by account_id, sequence",
                Sql.Value(customerId)
            )
        );
        return await ReadAsync(batch, cancellation);
    }

    /// <summary>Returns the customer's loans with these ids.</summary>
    public static async Task<IReadOnlyList<StoredLoan>> ListAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        IReadOnlyList<LoanId> ids,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        // Looked up one by one. A plan for all customers expects few loans, and would read every loan of a customer
        // with many.
        foreach (
            var sql in (ReadOnlySpan<string>)
                [
                    $"""
                        select l.* from unnest($2) wanted (id)
                        cross join lateral ({SelectAccounts} where l.customer_id = $1 and l.id = wanted.id limit 1) l
                        """,
                    $"""
                        select e.* from unnest($2) wanted (id)
                        cross join lateral (
                          select {EventColumns} from loan_event where customer_id = $1 and account_id = wanted.id
                          order by sequence) e
                        order by e.account_id, e.sequence
                        """,
                ]
        )
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { Sql.Value(customerId), Sql.Value(ids) } });
        }

        return await ReadAsync(batch, cancellation);
    }

    /// <summary>Returns loans of any customers by their keys, in no order.</summary>
    public static async Task<IReadOnlyList<StoredLoan>> ListAsync(
        NpgsqlConnection connection,
        IReadOnlyList<LoanKey> keys,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        var customers = keys.Select(key => key.CustomerId).ToList();
        var ids = keys.Select(key => key.Id).ToList();
        foreach (
            var sql in (ReadOnlySpan<string>)
                [
                    $"""
                        select l.* from unnest($1, $2) wanted (customer_id, id)
                        cross join lateral (
                          {SelectAccounts} where l.customer_id = wanted.customer_id and l.id = wanted.id limit 1) l
                        """,
                    EventsOfLoans,
                ]
        )
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { Sql.Value(customers), Sql.Value(ids) } });
        }

        return await ReadAsync(batch, cancellation);
    }

    /// <summary>Returns the accounts with their events.</summary>
    public static async Task<IReadOnlyList<StoredLoan>> WithEventsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StoredLoan> accounts,
        CancellationToken cancellation
    )
    {
        var customers = accounts.Select(account => account.CustomerId).ToList();
        var ids = accounts.Select(account => account.Id).ToList();
        await using var command = new NpgsqlCommand(EventsOfLoans, connection)
        {
            Parameters = { Sql.Value(customers), Sql.Value(ids) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await ReadEventsAsync(reader, accounts, cancellation);
    }

    private static async Task<StoredLoan?> FindOneAsync<TOwner, TId>(
        NpgsqlConnection connection,
        string where,
        TOwner owner,
        TId id,
        bool forUpdate,
        CancellationToken cancellation
    )
        where TOwner : struct, IId<TOwner>
        where TId : struct, IId<TId>
    {
        // Two statements: the events are read after the lock is held. A statement sees what was committed when
        // it began.
        await using var batch = new NpgsqlBatch(connection);
        var locking = forUpdate ? "for no key update of l, d" : "";
        batch.BatchCommands.Add(Command($"{SelectAccounts} where {where} {locking}", Sql.Value(owner), Sql.Value(id)));
        batch.BatchCommands.Add(
            Command(
                $"""
                select {EventColumns} from loan_event
                where (customer_id, account_id) = (select l.customer_id, l.id from loan_account l where {where})
                order by account_id, sequence
                """,
                Sql.Value(owner),
                Sql.Value(id)
            )
        );
        return (await ReadAsync(batch, cancellation)).SingleOrDefault();
    }

    private const string EventsOfLoans = $"""
        select e.* from unnest($1, $2) wanted (customer_id, id)
        cross join lateral (
          select {EventColumns} from loan_event
          where customer_id = wanted.customer_id and account_id = wanted.id
          order by sequence) e
        """;

    internal const string EventColumns =
        "account_id, sequence, id, kind, value_on, amount, down_payment, target_id, charge_kind, due_on, rule_for, rule, act";

    private static async Task<List<StoredLoan>> ReadAsync(NpgsqlBatch batch, CancellationToken cancellation)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await ReadAsync(reader, cancellation);
    }

    /// <summary>
    /// Reads two results: accounts by <see cref="SelectAccounts"/>, and their events by <see cref="EventColumns"/>.
    /// </summary>
    internal static async Task<List<StoredLoan>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var accounts = new List<StoredLoan>();
        while (await reader.ReadAsync(cancellation))
            accounts.Add(ReadAccount(reader));
        await reader.NextResultAsync(cancellation);
        return await ReadEventsAsync(reader, accounts, cancellation);
    }

    private static async Task<List<StoredLoan>> ReadEventsAsync(
        NpgsqlDataReader reader,
        IReadOnlyList<StoredLoan> accounts,
        CancellationToken cancellation
    )
    {
        var byId = accounts.ToDictionary(
            account => account.Id,
            account => (account.Currency, Events: new List<LoanEvent>())
        );
        while (await reader.ReadAsync(cancellation))
        {
            if (byId.TryGetValue(reader.Id<LoanId>("account_id"), out var account))
                account.Events.Add(ReadEvent(reader, account.Currency));
        }

        return [.. accounts.Select(account => account with { Events = byId[account.Id].Events })];
    }

    /// <summary>Reads an account without its events, by <see cref="AccountColumns"/>.</summary>
    internal static StoredLoan ReadAccount(NpgsqlDataReader reader)
    {
        var terms = StoredJson.Read<LoanTerms>(reader.Text("terms"));
        return new StoredLoan
        {
            CustomerId = reader.Id<CustomerId>("customer_id"),
            Id = reader.Id<LoanId>("id"),
            OrganisationId = reader.Id<OrganisationId>("organisation_id"),
            ApplicationId = reader.IdOrNull<LoanApplicationId>("loan_application_id"),
            ProductName = reader.Text("product_name"),
            AccountProductName = reader.Text("account_product_name"),
            RepaymentMethod = reader.Word<PaymentMethod>("repayment_method"),
            Reference = reader.Text("reference"),
            Terms = terms,
            Collector = reader.TextOrNull("collector"),
            AppliedOn = reader.DateOrNull("applied_on"),
            DisbursedOn = reader.DateOrNull("disbursed_on"),
            State = reader.Word<LoanStatus>("state"),
            Balance = new ComponentAmounts(
                reader.Long("principal_balance"),
                reader.Long("interest_balance"),
                reader.Long("fees_balance"),
                reader.Long("penalty_balance")
            ),
            Payoff = reader.Money("payoff_balance", terms.Currency),
            Overpaid = reader.Money("overpaid", terms.Currency),
            Pending = reader.Money("pending_total", terms.Currency),
            BalanceOn = reader.DateOrNull("balance_on"),
            NextDueOn = reader.DateOrNull("next_due_on"),
            InstallmentCount = reader.Integer("installment_count"),
            Standing = ReadStanding(reader, terms.Currency),
            NextActionOn = reader.DateOrNull("next_action_on"),
            Events = [],
        };
    }

    private static DayStanding ReadStanding(NpgsqlDataReader reader, Currency currency)
    {
        return new DayStanding
        {
            Rules = reader.Integer("day_rules"),
            Accrual = new(reader.Word<AccrualPosting>("accrual_posting"), reader.IntegerOrNull("suspended_after_days")),
            Accrued = reader.DateOrNull("accrued_on") is { } accruedOn
                ? new(accruedOn, Read("accrued_interest"), Read("suspended_interest"), Read("lost_suspense"))
                : null,
            Bucket = reader.Integer("arrears_bucket"),
            Provision = reader.DateOrNull("provision_on") is { } provisionOn
                ? new(provisionOn, Read("allowance"), Read("allowance_used"))
                : null,
        };

        Money Read(string column) => reader.Money(column, currency);
    }

    private static LoanEvent ReadEvent(NpgsqlDataReader reader, Currency currency) =>
        new EventRow
        {
            Kind = reader.Text("kind"),
            Amount = reader.Money("amount", currency),
            DownPayment = reader.MoneyOrNull("down_payment", currency),
            TargetId = reader.IdOrNull<LoanEventId>("target_id"),
            ChargeKind = reader.TextOrNull("charge_kind"),
            DueOn = reader.DateOrNull("due_on"),
            RuleFor = reader.TextOrNull("rule_for"),
            Rule = reader.TextOrNull("rule"),
            Act = reader.TextOrNull("act"),
        }.ToEvent(reader.Id<LoanEventId>("id"), reader.Integer("sequence"), reader.Date("value_on"));

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> ids)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var id in ids)
            command.Parameters.Add(id);
        return command;
    }
}

/// <summary>The key of a loan.</summary>
/// <param name="CustomerId">Its customer.</param>
/// <param name="Id">The loan account.</param>
public readonly record struct LoanKey(CustomerId CustomerId, LoanId Id);
