using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>What an officer knows about the payer. A null property does not narrow the search.</summary>
public sealed record PayerSearch
{
    /// <summary>The officer's organisation.</summary>
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The payer's customer id.</summary>
    public CustomerId? CustomerId { get; init; }

    /// <summary>The loan account that was paid.</summary>
    public LoanId? AccountId { get; init; }

    /// <summary>The application of the loan that was paid.</summary>
    public LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The number of the bank account that the report names.</summary>
    public string? BankAccountNumber { get; init; }

    /// <summary>The reference of the report, in any spelling.</summary>
    public string? Reference { get; init; }

    /// <summary>A part of the customer's name, e-mail or phone number.</summary>
    public string? Text { get; init; }

    /// <summary>True if nothing narrows the search.</summary>
    public bool IsEmpty => this == new PayerSearch { OrganisationId = OrganisationId };
}

/// <summary>The customers whose repayments match a search, and further conditions on those repayments.</summary>
/// <param name="CustomerIds">At most <see cref="PayerStore.CustomersMax"/> customers.</param>
/// <param name="AccountIds">The loan accounts that were paid; null for any.</param>
/// <param name="BankAccountIds">The bank accounts that the reports name; null for any.</param>
/// <param name="Reference">The reference of the reports; null for any.</param>
/// <param name="ReferencedAccountIds">The loan that owns the reference; empty if no loan does.</param>
public sealed record FoundPayers(
    CustomerId[] CustomerIds,
    LoanId[]? AccountIds,
    BankAccountId[]? BankAccountIds,
    string? Reference,
    LoanId[] ReferencedAccountIds
);

/// <summary>
/// Finds the customers that match a search. Each condition uses an index, so a page reads the repayments of only a few
/// customers.
/// </summary>
public static class PayerStore
{
    public const int CustomersMax = 1_000;

    private const string ByAccount = "select customer_id, id from loan_account where organisation_id = $1 and id = $2";
    private const string ByApplication =
        "select customer_id, id from loan_account where organisation_id = $1 and loan_application_id = $2";
    private const string ByOwnReference =
        "select customer_id, id from loan_account where organisation_id = $1 and reference = $2";

    private static readonly string ByBankAccount = $"""
        select customer_id, id from bank_account where organisation_id = $1 and account_number = $2
        limit {CustomersMax + 1}
        """;

    private static readonly string ByOtherReference = $"""
        select customer_id, id from repayment
        where organisation_id = $1 and not reference_matches and reference_key(reference) = reference_key($2)
        limit {CustomersMax + 1}
        """;

    /// <summary>Returns the matching customers, or a refusal if more than <see cref="CustomersMax"/> match.</summary>
    public static async Task<Result<FoundPayers>> FindAsync(
        NpgsqlConnection connection,
        PayerSearch search,
        CancellationToken cancellation
    )
    {
        Task<List<(CustomerId CustomerId, TId Id)>> Find<TId>(string sql, object value)
            where TId : struct, IId<TId> => ReadAsync<TId>(connection, sql, search.OrganisationId, value, cancellation);

        HashSet<CustomerId>? customers = search.CustomerId is { } customerId ? [customerId] : null;
        LoanId[]? accounts = null;
        if (search.AccountId is { } accountId)
            accounts = Narrow(await Find<LoanId>(ByAccount, accountId), accounts, ref customers);
        if (search.LoanApplicationId is { } applicationId)
            accounts = Narrow(await Find<LoanId>(ByApplication, applicationId), accounts, ref customers);

        BankAccountId[]? bankAccounts = null;
        if (search.BankAccountNumber is { } number)
        {
            var found = await Find<BankAccountId>(ByBankAccount, number);
            if (found.Count > CustomersMax)
                return TooMany("bankAccountNumber");
            bankAccounts = Narrow(found, null, ref customers);
        }

        List<(CustomerId CustomerId, LoanId Id)> referenced = [];
        if (search.Reference is { } reference)
        {
            if (CreditorReference.TryParse(reference, out var own))
                referenced = await Find<LoanId>(ByOwnReference, own.Value);
            if (customers is null)
            {
                var others = await Find<RepaymentId>(ByOtherReference, reference);
                if (others.Count > CustomersMax)
                    return TooMany("reference");
                customers = [.. referenced.Select(one => one.CustomerId), .. others.Select(one => one.CustomerId)];
            }
        }

        if (search.Text is { } text)
        {
            var found = await CustomerSearch.FindAsync(
                connection,
                search.OrganisationId,
                text,
                customers,
                CustomersMax + 1,
                cancellation
            );
            if (found.Count > CustomersMax)
                return TooMany("search");
            customers = [.. found];
        }

        return new FoundPayers(
            [.. customers ?? []],
            accounts,
            bankAccounts,
            search.Reference,
            [.. referenced.Select(one => one.Id)]
        );
    }

    // Returns the ids that are in both, and keeps only their customers.
    private static TId[] Narrow<TId>(
        List<(CustomerId CustomerId, TId Id)> found,
        TId[]? earlier,
        ref HashSet<CustomerId>? customers
    )
    {
        var theirs = found.Select(one => one.CustomerId).ToHashSet();
        if (customers is not null)
            theirs.IntersectWith(customers);
        customers = theirs;
        var ids = found.Select(one => one.Id);
        return [.. earlier is null ? ids : ids.Intersect(earlier)];
    }

    private static Refusal TooMany(string field) =>
        Refusals.ValidationFailed(
            new FieldError(
                field,
                $"matches more than {CustomersMax} customers; give more of it, or add another filter."
            )
        );

    private static async Task<List<(CustomerId CustomerId, TId Id)>> ReadAsync<TId>(
        NpgsqlConnection connection,
        string sql,
        OrganisationId organisationId,
        object value,
        CancellationToken cancellation
    )
        where TId : struct, IId<TId>
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(value) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(CustomerId, TId)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.Id<CustomerId>("customer_id"), reader.Id<TId>("id")));
        return found;
    }
}
