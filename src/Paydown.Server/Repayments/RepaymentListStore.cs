using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>The name and e-mail of a customer in a list.</summary>
public sealed record ListedCustomer(string Name, string Email);

/// <summary>The loan of listed repayments.</summary>
public sealed record ListedLoan
{
    public required LoanApplicationId? ApplicationId { get; init; }

    public required string ProductName { get; init; }

    public required string AccountProductName { get; init; }

    public required Money PrincipalBalance { get; init; }

    public required Money TotalBalance { get; init; }

    public required Money Payoff { get; init; }

    public required Money Pending { get; init; }

    /// <summary>The day for which the balances hold; null if they hold on any day.</summary>
    public required DateOnly? BalanceOn { get; init; }

    public required DateOnly? NextDueOn { get; init; }

    public required int InstallmentCount { get; init; }

    public Currency Currency => Payoff.Currency;
}

/// <summary>One repayment as it was reported, with its standing.</summary>
public sealed record ListedRepayment
{
    public required RepaymentId Id { get; init; }

    public required LoanId AccountId { get; init; }

    public required Money Amount { get; init; }

    public required PaymentMethod Method { get; init; }

    public required string Reference { get; init; }

    public required DateOnly PaidOn { get; init; }

    public required DateTime RecordedAt { get; init; }

    /// <summary>The standing; null while the repayment is pending.</summary>
    public required ListedStanding? Standing { get; set; }
}

/// <summary>The outcome of a decided repayment.</summary>
public sealed record ListedStanding
{
    /// <summary>A decided status, never pending.</summary>
    public required RepaymentStatus Status { get; init; }

    public required string? Reason { get; init; }

    public required Money? PrincipalBalance { get; init; }

    public required Money? TotalBalance { get; init; }

    public required DateOnly? DueOn { get; init; }

    /// <summary>The allocation as JSON in minor units; null if there is none.</summary>
    public required byte[]? Lines { get; init; }

    /// <summary>The amount that counts instead of the reported one; null if it counts as reported.</summary>
    public required Money? CorrectedAmount { get; init; }

    /// <summary>The date that counts instead of the reported one; null if it counts as reported.</summary>
    public required DateOnly? CorrectedOn { get; init; }

    /// <summary>Why an officer corrected it; null if it was not corrected.</summary>
    public required string? CorrectionReason { get; init; }
}

/// <summary>The repayments of one customer, newest first, with the customer and the loans.</summary>
public sealed class CustomerRepaymentList
{
    public List<ListedRepayment> Repayments { get; } = [];

    public Dictionary<LoanId, ListedLoan> Loans { get; } = [];

    public ListedCustomer? Customer { get; set; }

    /// <summary>The currency of one of the loans.</summary>
    public Currency CurrencyOf(LoanId loanId) => Loans[loanId].Currency;
}

/// <summary>The filters of a customer's list of repayments.</summary>
/// <param name="Status">The status that the customer sees; null for any.</param>
/// <param name="LoanApplicationId">The application of the loan; null for all loans.</param>
/// <param name="Paging">The page; null for the whole list.</param>
/// <param name="Id">One repayment; null for all.</param>
public sealed record ListFilter(
    RepaymentStatus? Status,
    LoanApplicationId? LoanApplicationId,
    Paging? Paging,
    RepaymentId? Id = null
)
{
    private static readonly ListFilter All = new(null, null, null);

    /// <summary>True for the whole list without a filter.</summary>
    public bool IsAll => this == All;
}

/// <summary>The SQL of the customers' lists. Each response is read from one snapshot.</summary>
public static class RepaymentListStore
{
    private const string Begin = "begin isolation level repeatable read read only";

    // Rows are reached by key only, so one plan fits groups of any length, and still fits when the tables have grown.
    private const string PlanOnce = "set local plan_cache_mode = force_generic_plan";

    // Conditions of absent filters vanish, and the plan fits the page size.
    private const string PlanAnew = "set local plan_cache_mode = force_custom_plan";
    private const string PlanKeys = "set local enable_seqscan = off";

    // A page is a few rows along the key. A hash join would read all standings for them, and a merge join would start
    // with the newest standing even for a page deep in the list.
    private static readonly string[] PlanPage = ["set local enable_hashjoin = off", "set local enable_mergejoin = off"];

    private const string RepaymentColumns =
        "r.id, r.account_id, r.amount, r.method, r.reference, r.paid_on, r.recorded_at";

    private const string StandingColumns =
        "s.status, s.reason, s.principal_balance, s.total_balance, s.due_on, s.lines, s.amount as corrected_amount, "
        + "s.paid_on as corrected_on, s.correction_reason";

    // The newest standings include those of the newest repayments, because only pending repayments have none. Both
    // lists are read along an index and joined here, in a third of the time of a SQL join that looks up each standing.
    private const string StandingsOfCustomers = $"""
        select s.repayment_id, {StandingColumns}
        from unnest($1::uuid[]) with ordinality as c (customer_id, place)
        cross join lateral (select * from repayment_standing where customer_id = c.customer_id
                            order by repayment_id desc limit $2) s
        """;

    private const string NewestOfCustomers = $"""
        select c.place::int as place, {RepaymentColumns}
        from unnest($1::uuid[]) with ordinality as c (customer_id, place)
        cross join lateral (select * from repayment where customer_id = c.customer_id order by id desc limit $2) r
        """;

    private const string LoansOfCustomers = """
        select customer_id, id, loan_application_id, product_name, account_product_name, currency_code,
               principal_balance,
               principal_balance + interest_balance + fees_balance + penalty_balance as total_balance, payoff_balance,
               pending_total, balance_on, next_due_on, installment_count
        from loan_account
        where customer_id = any($1::uuid[])
        """;

    private const string Customers = """
        select id, first_name || ' ' || last_name as name, email
        from app_user
        where id = any($1::uuid[]) and role = 'CUSTOMER'
        """;

    private static readonly string Counted = Filtered("");

    // Skips standings outside the page; without this, a page deep in the list would read every newer standing.
    private static readonly string Paged = $"""
        {Filtered("and ($5::uuid is null or s.repayment_id < $5)")} and ($5::uuid is null or r.id < $5)
        order by r.id desc limit $6 offset $7
        """;

    // Each status leaves one plain condition, so the planner can estimate its rows.
    private static string Filtered(string standing) =>
        $"""
            from repayment r
            left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id {standing}
            where r.customer_id = $1
              and ($2::text is null
                   or $2 = 'PENDING_VERIFICATION' and s.status is null
                   or $2 = 'VERIFIED' and s.status = 'VERIFIED'
                   or $2 = 'REJECTED' and s.status <> 'VERIFIED')
              and ($3::uuid is null or r.account_id in
                   (select id from loan_account where customer_id = $1 and loan_application_id = $3))
              and ($4::uuid is null or r.id = $4)
            """;

    /// <summary>The newest repayments of several customers, at most <paramref name="limit"/> each.</summary>
    public static async Task<Dictionary<CustomerId, CustomerRepaymentList>> ReadNewestAsync(
        NpgsqlConnection connection,
        CustomerId[] customerIds,
        int limit
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(Begin));
        batch.BatchCommands.Add(new(PlanOnce));
        batch.BatchCommands.Add(new(PlanKeys));
        batch.BatchCommands.Add(With(new(LoansOfCustomers), customerIds));
        batch.BatchCommands.Add(With(new(Customers), customerIds));
        batch.BatchCommands.Add(With(new(NewestOfCustomers), customerIds, limit));
        batch.BatchCommands.Add(With(new(StandingsOfCustomers), customerIds, limit));
        batch.BatchCommands.Add(new("commit"));
        var lists = new Dictionary<CustomerId, CustomerRepaymentList>(customerIds.Length);
        foreach (var id in customerIds)
            lists.Add(id, new CustomerRepaymentList());

        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lists[reader.Id<CustomerId>("customer_id")].Loans.Add(reader.Id<LoanId>("id"), ReadLoan(reader));
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            lists[reader.Id<CustomerId>("id")].Customer = ReadCustomer(reader);
        await reader.NextResultAsync();
        await ReadRepaymentsAsync(reader, [.. customerIds.Select(id => lists[id])]);
        return lists;
    }

    private static async Task ReadRepaymentsAsync(NpgsqlDataReader reader, CustomerRepaymentList[] lists)
    {
        var repayments = new Dictionary<RepaymentId, ListedRepayment>();
        while (await reader.ReadAsync())
        {
            var list = lists[reader.Integer("place") - 1];
            var repayment = ReadRepayment(reader, list.CurrencyOf(reader.Id<LoanId>("account_id")));
            list.Repayments.Add(repayment);
            repayments.Add(repayment.Id, repayment);
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            if (repayments.TryGetValue(reader.Id<RepaymentId>("repayment_id"), out var repayment))
                repayment.Standing = ReadStanding(reader, repayment.Amount.Currency);
        }

        // SQL guarantees no order here, although the rows usually arrive in this one.
        foreach (var list in lists)
            list.Repayments.Sort((one, other) => other.Id.Value.CompareTo(one.Id.Value));
    }

    /// <summary>Opens a cursor over one customer's repayments, on one snapshot.</summary>
    public static async Task<RepaymentCursor> OpenAsync(
        NpgsqlDataSource database,
        CustomerId customerId,
        ListFilter filter,
        CancellationToken cancellation
    )
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(Begin));
        batch.BatchCommands.Add(new(PlanAnew));
        batch.BatchCommands.Add(new(PageQuery.DoNotCompile));
        if (filter.Paging is not null)
        {
            batch.BatchCommands.Add(new(PlanKeys));
            foreach (var plan in PlanPage)
                batch.BatchCommands.Add(new(plan));
        }

        batch.BatchCommands.Add(With(new(LoansOfCustomers), [customerId]));
        batch.BatchCommands.Add(With(new(Customers), [customerId]));
        var isCounted = filter.Paging is { Counts: true };
        if (isCounted)
        {
            batch.BatchCommands.Add(
                WithFilter(
                    $"select count(*) from (select {Counted} order by r.id desc limit {Paging.TotalMax + 1}) counted",
                    customerId,
                    filter
                )
            );
        }

        var rows = WithFilter($"select {RepaymentColumns}, {StandingColumns} {Paged}", customerId, filter);
        rows.Parameters.Add(Sql.Value(filter.Paging?.AfterId<RepaymentId>(), NpgsqlDbType.Uuid));
        rows.Parameters.Add(Sql.Value(filter.Paging?.Take, NpgsqlDbType.Integer));
        rows.Parameters.Add(Sql.Value(filter.Paging?.Skip ?? 0));
        batch.BatchCommands.Add(rows);
        return await RepaymentCursor.OpenAsync(connection, batch, isCounted, cancellation);
    }

    /// <summary>
    /// Recomputes the balances that were cached on another day from the events, because recalculated interest grows
    /// daily.
    /// </summary>
    public static async ValueTask RefreshAsync(
        NpgsqlDataSource database,
        CustomerId customerId,
        CustomerRepaymentList list,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        if (!list.Loans.Values.Any(loan => loan.BalanceOn is { } on && on != today))
            return;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        foreach (var stored in await LoanStore.ListAsync(connection, customerId, cancellation))
        {
            if (!list.Loans.TryGetValue(stored.Id, out var listed) || listed.BalanceOn is not { } on || on == today)
                continue;
            var loan = stored.Replay(today);
            list.Loans[stored.Id] = listed with
            {
                PrincipalBalance = stored.Money(loan.Outstanding.Principal),
                TotalBalance = stored.Money(loan.Outstanding.Total),
                Payoff = stored.Money(loan.Payoff.Total),
            };
        }
    }

    /// <summary>Returns true if the organisation has this customer.</summary>
    public static async Task<bool> IsCustomerAsync(
        NpgsqlDataSource database,
        OrganisationId organisationId,
        CustomerId customerId,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            "select 1 from app_user where id = $1 and organisation_id = $2 and role = 'CUSTOMER'"
        );
        command.Parameters.Add(Sql.Value(customerId));
        command.Parameters.Add(Sql.Value(organisationId));
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    /// <summary>A row with a repayment and, if it was decided, its standing.</summary>
    internal static ListedRepayment ReadJoined(NpgsqlDataReader reader, CustomerRepaymentList frame)
    {
        var repayment = ReadRepayment(reader, frame.CurrencyOf(reader.Id<LoanId>("account_id")));
        if (!reader.IsNull("status"))
            repayment.Standing = ReadStanding(reader, repayment.Amount.Currency);
        return repayment;
    }

    private static ListedRepayment ReadRepayment(NpgsqlDataReader reader, Currency currency) =>
        new()
        {
            Id = reader.Id<RepaymentId>("id"),
            AccountId = reader.Id<LoanId>("account_id"),
            Amount = reader.Money("amount", currency),
            Method = reader.Word<PaymentMethod>("method"),
            Reference = reader.Text("reference"),
            PaidOn = reader.Date("paid_on"),
            RecordedAt = reader.Get<DateTime>("recorded_at"),
            Standing = null,
        };

    private static ListedStanding ReadStanding(NpgsqlDataReader reader, Currency currency) =>
        new()
        {
            Status = reader.Word<RepaymentStatus>("status"),
            Reason = reader.TextOrNull("reason"),
            PrincipalBalance = reader.MoneyOrNull("principal_balance", currency),
            TotalBalance = reader.MoneyOrNull("total_balance", currency),
            DueOn = reader.DateOrNull("due_on"),
            Lines = reader.IsNull("lines") ? null : reader.Get<byte[]>("lines"),
            CorrectedAmount = reader.MoneyOrNull("corrected_amount", currency),
            CorrectedOn = reader.DateOrNull("corrected_on"),
            CorrectionReason = reader.TextOrNull("correction_reason"),
        };

    internal static ListedCustomer ReadCustomer(NpgsqlDataReader reader) =>
        new(reader.Text("name"), reader.Text("email"));

    internal static ListedLoan ReadLoan(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new ListedLoan
        {
            ApplicationId = reader.IdOrNull<LoanApplicationId>("loan_application_id"),
            ProductName = reader.Text("product_name"),
            AccountProductName = reader.Text("account_product_name"),
            PrincipalBalance = reader.Money("principal_balance", currency),
            TotalBalance = reader.Money("total_balance", currency),
            Payoff = reader.Money("payoff_balance", currency),
            Pending = reader.Money("pending_total", currency),
            BalanceOn = reader.DateOrNull("balance_on"),
            NextDueOn = reader.DateOrNull("next_due_on"),
            InstallmentCount = reader.Integer("installment_count"),
        };
    }

    private static NpgsqlBatchCommand With(NpgsqlBatchCommand command, CustomerId[] customerIds, int? limit = null)
    {
        command.Parameters.Add(Sql.Value(customerIds));
        if (limit is { } most)
            command.Parameters.Add(Sql.Value(most));
        return command;
    }

    private static NpgsqlBatchCommand WithFilter(string sql, CustomerId customerId, ListFilter filter) =>
        new(sql)
        {
            Parameters =
            {
                Sql.Value(customerId),
                Sql.Value(filter.Status is { } status ? Words.Write(status) : null, NpgsqlDbType.Text),
                Sql.Value(filter.LoanApplicationId, NpgsqlDbType.Uuid),
                Sql.Value(filter.Id, NpgsqlDbType.Uuid),
            },
        };
}
