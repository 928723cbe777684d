using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Tests.Endurance;

/// <summary>A customer with a bank account and a loan so large that no test repays it.</summary>
internal sealed record Borrower(Caller Caller, Guid AccountId, Guid BankAccountId, string Reference);

/// <summary>
/// A lender with borrowers, put into any database, and the access tokens of its people. Its history is made by the
/// changes of loans of the server itself, so that the audit finds nothing to say about it.
/// </summary>
internal sealed class Lender
{
    private readonly Ids ids = new(TimeProvider.System);
    private readonly SigningKeys keys = new(TimeProvider.System);
    private readonly List<Borrower> borrowers = [];

    private Lender() { }

    public IReadOnlyList<Borrower> Borrowers => borrowers;

    public Caller Cashier { get; private set; } = null!;

    /// <summary>Puts it into a database that a server has migrated and made its signing key in.</summary>
    public static async Task<Lender> AddAsync(string connectionString, int borrowerCount)
    {
        await using var database = Database.Open(connectionString);
        var lender = new Lender();
        lender.keys.Replace(await new SigningKeyStore(database, TimeProvider.System, lender.ids).LoadAsync(default));
        await using var connection = await database.OpenConnectionAsync();
        var organisationId = await lender.AddOrganisationAsync(connection);
        lender.Cashier = await lender.AddUserAsync(connection, organisationId, Role.Cashier);
        for (var number = 1; number <= borrowerCount; number++)
            lender.borrowers.Add(await lender.AddBorrowerAsync(connection, organisationId, number));
        return lender;
    }

    /// <summary>A new access token.</summary>
    public string TokenOf(Caller caller) =>
        new AccessTokens(keys, new RevokedSessions(), TimeProvider.System, ids).Issue(caller);

    private async Task<Borrower> AddBorrowerAsync(NpgsqlConnection connection, Guid organisationId, int number)
    {
        var caller = await AddUserAsync(connection, organisationId, Role.Customer);
        var bankAccountId = ids.Next();
        await ExecuteAsync(
            connection,
            """
            insert into bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code,
                                      bank_name, account_type, is_default, is_verified, recorded_at)
            values ($1, $2, $3, '0123456785', 'Ada Example', '058', 'Example Bank', 'SAVINGS', true, true, now())
            """,
            caller.UserId,
            bankAccountId,
            organisationId
        );
        var loan = await OpenLoanAsync(connection, caller, CreditorReference.FromBody($"LONG{number:0000}").Value);
        return new Borrower(caller, loan.Id, bankAccountId, loan.Reference);
    }

    private async Task<StoredLoan> OpenLoanAsync(NpgsqlConnection connection, Caller customer, string reference)
    {
        var now = TimeProvider.System.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var file = new StoredLoan
        {
            CustomerId = customer.UserId,
            Id = ids.Next(),
            OrganisationId = customer.OrganisationId,
            ApplicationId = ids.Next(),
            ProductName = "Salary Loan",
            AccountProductName = "Personal Loan",
            RepaymentMethod = PaymentMethod.BankTransfer,
            Reference = reference,
            Terms = TermsFrom(today.AddDays(-10)),
            Collector = null,
            AppliedOn = today.AddDays(-10),
            DisbursedOn = null,
            State = LoanStatus.PendingDisbursement,
            Balance = default,
            PayoffMinor = 0,
            OverpaidMinor = 0,
            PendingMinor = 0,
            BalanceOn = null,
            NextDueOn = null,
            InstallmentCount = 0,
            Events = [],
        };
        var change = new LoanChanges(ids).Open(
            file,
            file.Terms.PrincipalMinor,
            file.Terms.SubmittedOn,
            new ActionContext(Cashier.UserId, now, today, "test")
        );
        await LoanChangeStore.WriteAsync(connection, [change], default);
        return change.After;
    }

    private static LoanTerms TermsFrom(DateOnly day) =>
        new()
        {
            Currency = Currency.Get("NGN"),
            PrincipalMinor = 100_000_000_000,
            AnnualRatePercent = 12,
            NumberOfInstallments = 12,
            SubmittedOn = day,
            DaysInYear = DaysInYear.Days360,
            DaysInMonth = DaysInMonth.Days30,
            Allocation = new AllocationPolicy
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };

    private async Task<Guid> AddOrganisationAsync(NpgsqlConnection connection)
    {
        var id = ids.Next();
        await ExecuteAsync(
            connection,
            """
            insert into organisation (id, name, currency_code, collection_account_number, collection_account_name,
                                      collection_bank_code, collection_bank_name, contact_email, contact_phone,
                                      contact_hours, recorded_at)
            values ($1, 'Long Lender', 'NGN', '0000014579', 'Long Lender Collections', '011', 'Example Bank',
                    'help@lender.example', '+234 1 555 0100', 'Monday to Friday', now())
            """,
            id
        );
        return id;
    }

    private async Task<Caller> AddUserAsync(NpgsqlConnection connection, Guid organisationId, Role role)
    {
        var id = ids.Next();
        await ExecuteAsync(
            connection,
            """
            insert into app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
            values ($1, $2, $3, 'Ada', 'Example', $1::text || '@demo.example', $4, now())
            """,
            id,
            organisationId,
            Words.Write(role),
            LenderServer.StoredPassword
        );
        return new Caller(id, organisationId, role, ids.Next());
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
