using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>The filters of the officers' list of loans. A null property does not narrow the list.</summary>
public sealed record LoanFilter
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The stored state, which is never in arrears.</summary>
    public LoanStatus? State { get; init; }

    public string? Product { get; init; }

    /// <summary>Only loans with an unpaid installment that fell due on this day or earlier.</summary>
    public DateOnly? DueBy { get; init; }

    public FoundBorrowers? Borrowers { get; init; }

    public bool IsEarliestDueFirst { get; init; }
}

/// <summary>What a search has found: loans of these customers, and only these loans if any are named.</summary>
/// <param name="CustomerIds">At most <see cref="LoanListStore.CustomersMax"/> customers.</param>
/// <param name="AccountIds">The loan accounts; null for all loans of the customers.</param>
public sealed record FoundBorrowers(CustomerId[] CustomerIds, LoanId[]? AccountIds);

/// <summary>A listed loan, and what is known about its customer.</summary>
/// <param name="Loan">The loan with its events.</param>
/// <param name="DueOn">The cached due date of its earliest unpaid installment; null if there is none.</param>
/// <param name="CustomerName">The customer's first and last name.</param>
/// <param name="Email">The customer's e-mail address.</param>
/// <param name="Phone">The phone number with the dialing code; null if unknown.</param>
public sealed record LoanListRow(StoredLoan Loan, DateOnly? DueOn, string CustomerName, string Email, string? Phone);

/// <summary>
/// Reads loans for the officers of an organisation: along the index of loans by id, state or product, or along
/// <c>loan_due</c>. The planner chooses by the filters.
/// </summary>
public static class LoanListStore
{
    public const int CustomersMax = 1_000;

    private const string FindNamed = """
        select customer_id, id from loan_account
        where organisation_id = $1 and (id = $2 or loan_application_id = $2)
        """;

    private const string FindReferenced =
        "select customer_id, id from loan_account where organisation_id = $1 and reference = $2";

    private const string Narrowed = """
        l.organisation_id = $1
          and ($2::text is null or l.state = $2)
          and ($3::text is null or l.product_name = $3)
          and ($5::uuid[] is null or l.customer_id = any ($5))
          and ($6::uuid[] is null or l.id = any ($6))
        """;

    private const string OfAll = $"from loan_account l where {Narrowed} and $4::date is null";

    // A list of tables, not a join: the planner may begin with either.
    private const string OfDue = $"""
        from loan_due d, loan_account l
        where {Narrowed} and d.organisation_id = $1 and ($4::date is null or d.due_on <= $4)
          and d.customer_id = l.customer_id and d.account_id = l.id
        """;

    private static readonly PageQuery Newest = Query(OfAll, "l.next_due_on", "l.id < $8", "l.id desc", "l.id desc");
    private static readonly PageQuery NewestDue = Query(OfDue, "d.due_on", "l.id < $8", "l.id desc", "l.id desc");
    private static readonly PageQuery EarliestDue = Query(
        OfDue,
        "d.due_on",
        "(d.due_on, d.account_id) > ($7, $8)",
        "d.due_on, d.account_id",
        "l.due_on, l.id"
    );

    /// <summary>Returns what a search finds, or a refusal if more than <see cref="CustomersMax"/> match.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="organisationId">The officer's organisation.</param>
    /// <param name="text">An id, a reference, or a part of a name, e-mail or phone number.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<Result<FoundBorrowers>> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string text,
        CancellationToken cancellation
    )
    {
        if (IdText.TryParse(text.AsSpan().Trim(), "D", out CustomerId customerId))
        {
            var named = await ReadAsync(connection, FindNamed, organisationId, customerId, cancellation);
            return named.Count > 0 ? BorrowersOf(named) : new FoundBorrowers([customerId], null);
        }

        if (CreditorReference.TryParse(text, out var reference))
        {
            var keys = await ReadAsync(connection, FindReferenced, organisationId, reference.Value, cancellation);
            if (keys.Count > 0)
                return BorrowersOf(keys);
        }

        var found = await CustomerSearch.FindAsync(
            connection,
            organisationId,
            text,
            among: null,
            CustomersMax + 1,
            cancellation
        );
        return found.Count <= CustomersMax
            ? new FoundBorrowers([.. found], null)
            : Refusals.ValidationFailed(
                new FieldError("search", $"matches more than {CustomersMax} customers; give more of it.")
            );
    }

    /// <summary>Reads one page.</summary>
    public static async Task<PageRecords<LoanListRow>> ListAsync(
        NpgsqlConnection connection,
        LoanFilter filter,
        Paging paging,
        CancellationToken cancellation
    )
    {
        var query =
            filter.IsEarliestDueFirst ? EarliestDue
            : filter.DueBy is null ? Newest
            : NewestDue;
        var page = await query.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Date, NpgsqlDbType.Uuid],
            [
                Sql.Value(filter.OrganisationId),
                Sql.Value(filter.State is { } state ? Words.Write(state) : null, NpgsqlDbType.Text),
                Sql.Value(filter.Product, NpgsqlDbType.Text),
                Sql.Value(filter.DueBy, NpgsqlDbType.Date),
                Sql.Value(filter.Borrowers?.CustomerIds),
                Sql.Value(filter.Borrowers?.AccountIds),
            ],
            Read,
            cancellation
        );
        var loans = await LoanStore.WithEventsAsync(
            connection,
            [.. page.Records.Select(one => one.Loan)],
            cancellation
        );
        return new([.. page.Records.Zip(loans, (one, loan) => one with { Loan = loan })], page.Counted);
    }

    private static PageQuery Query(string from, string dueOn, string isBehind, string order, string shownOrder) =>
        new(
            from,
            $"""
            select {LoanStore.AccountColumns}, l.due_on,
                   u.first_name || ' ' || u.last_name as customer_name, u.email, p.dialing_code || p.phone as phone
            from (select l.*, {dueOn} as due_on
                  {from} and ($7::date is null or {isBehind})
                  order by {order} limit $9 offset $10) l
            {LoanStore.JoinAccount}
            join app_user u on u.id = l.customer_id
            left join customer_profile p on p.customer_id = l.customer_id
            order by {shownOrder}
            """
        );

    private static FoundBorrowers BorrowersOf(List<LoanKey> keys) =>
        new([.. keys.Select(key => key.CustomerId).Distinct()], [.. keys.Select(key => key.Id)]);

    private static async Task<List<LoanKey>> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        OrganisationId organisationId,
        object value,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(value) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<LoanKey>();
        while (await reader.ReadAsync(cancellation))
            found.Add(new(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("id")));
        return found;
    }

    private static LoanListRow Read(NpgsqlDataReader reader) =>
        new(
            LoanStore.ReadAccount(reader),
            reader.DateOrNull("due_on"),
            reader.Text("customer_name"),
            reader.Text("email"),
            reader.TextOrNull("phone")
        );
}
