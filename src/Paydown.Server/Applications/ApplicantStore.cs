using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Applications;

/// <summary>Reads what the lender knows about an applicant.</summary>
public static class ApplicantStore
{
    private const string FindProfile =
        "select date_of_birth, country_iso3 from customer_profile where customer_id = $1";

    // Phone numbers are compared by their digits, e-mails without regard to case.
    private const string FindListed = """
        select b.kind
        from blacklist_entry b join app_user u on u.id = $1 and u.organisation_id = b.organisation_id
        where b.kind = 'BVN' and b.value = $2
           or b.kind = 'EMAIL' and lower(b.value) = lower(u.email)
           or b.kind = 'PHONE' and regexp_replace(b.value, '\D', '', 'g') = regexp_replace($3, '\D', '', 'g')
        """;

    private const string FindBankAccount =
        "select id from bank_account where customer_id = $1 and bank_code = $2 and account_number = $3";

    /// <summary>Returns the applicant's profile, and the kinds of matching entries in the blacklist.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="customer">The applicant.</param>
    /// <param name="bvn">The bank verification number as sent.</param>
    /// <param name="phoneNumber">The phone number as sent.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<KnownApplicant> FindAsync(
        NpgsqlConnection connection,
        Customer customer,
        string bvn,
        string phoneNumber,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(FindProfile) { Parameters = { Sql.Value(customer.Id) } },
                new(FindListed) { Parameters = { Sql.Value(customer.Id), Sql.Value(bvn), Sql.Value(phoneNumber) } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var known = new KnownApplicant { Name = customer.Name };
        if (await reader.ReadAsync(cancellation))
        {
            known = known with
            {
                DateOfBirth = reader.Date("date_of_birth"),
                CountryIso3 = reader.Text("country_iso3"),
            };
        }

        await reader.NextResultAsync(cancellation);
        var listedBy = new List<string>();
        while (await reader.ReadAsync(cancellation))
            listedBy.Add(reader.Text("kind"));
        return known with { ListedBy = listedBy };
    }

    /// <summary>Returns the customer's bank account with this number; null if the customer has not added it.</summary>
    public static async Task<BankAccountId?> FindBankAccountAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        string bankCode,
        string accountNumber,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(FindBankAccount, connection)
        {
            Parameters = { Sql.Value(customerId), Sql.Value(bankCode), Sql.Value(accountNumber) },
        };
        return await command.FindIdAsync<BankAccountId>(cancellation);
    }
}
