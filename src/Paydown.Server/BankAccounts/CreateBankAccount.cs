using Npgsql;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.BankAccounts;

/// <summary>
/// A customer adds their own bank account. Its check digit and the holder's name are checked. It is verified if its
/// bank confirms that the holder has the customer's name.
/// </summary>
public sealed class CreateBankAccount(SingleWrites writes, NpgsqlDataSource database, IPaymentPartner partner, Ids ids)
    : IUseCase
{
    /// <summary>The number of a bank account in a request.</summary>
    public static readonly Field<string> AccountNumber = Field
        .Text("accountNumber", "The NUBAN: 10 digits, the last of which is the check digit.", 10, 10)
        .Matching("^[0-9]{10}$", "10 digits")
        .WithExample("0000014579");

    /// <summary>The code of a bank in a request.</summary>
    public static readonly Field<string> BankCode = Field
        .Text("bankCode", "The CBN code: 3 digits for a deposit money bank, 5 or 6 for another institution.", 3, 6)
        .Matching("^([0-9]{3}|[0-9]{5,6})$", "3, 5 or 6 digits")
        .WithExample("011");

    /// <summary>The holder's name in a request.</summary>
    public static readonly Field<string> AccountName = Field
        .Text("accountName", "The account holder's name as the bank writes it; must be the customer's name.", 1, 100)
        .WithExample("EXAMPLE ADA");

    private static readonly Field<CustomerId> CustomerId = Field.Id<CustomerId>("customerId", "The customer's own id.");
    private static readonly Field<string> BankName = Field
        .Text("bankName", "The name of the bank.", 1, 100)
        .WithExample("Example Bank");
    private static readonly Field<string> AccountType = Field
        .OneOf("accountType", "The kind of account. Absent: SAVINGS.", "SAVINGS", "CURRENT", "CHECKING")
        .Or("SAVINGS")
        .WithExample("SAVINGS");
    private static readonly Field<bool> IsDefault = Field
        .Boolean("isDefault", "Whether it becomes the default account. The first account always does. Absent: false.")
        .Or(false)
        .WithExample(true);

    public static Contract Contract { get; } =
        new Contract("Add a bank account")
            .Reads(CustomerId, AccountNumber, AccountName, BankCode, BankName, AccountType, IsDefault)
            .Returns<BankAccountAdded>()
            .Refuses(
                Refusals.CustomerMismatch(),
                Refusals.BankUnknown(),
                Refusals.AccountNumberInvalid(Nuban.AccountNumberDigits),
                Refusals.AccountNameMismatch(),
                Refusals.BankAccountExists()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        // Before the transaction: a request that holds a lock must not wait for a bank.
        var number = BankAccountRules.Number(
            call.Body.Get(BankCode),
            call.Body.Get(AccountNumber),
            (await FindBankAsync(call))?.Known
        );
        var enquiry = number.IsRefused
            ? NameEnquiry.Unknown
            : await partner.AskNameAsync(number.Value, call.Cancellation);
        return await writes.RunAsync(call, (connection, context) => AddAsync(connection, call, enquiry, context));
    }

    private async ValueTask<Bank?> FindBankAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var code = call.Body.Get(BankCode);
        return await BankStore.FindAsync(connection, call.Caller.OrganisationId, code, call.Cancellation);
    }

    private async ValueTask<Answer> AddAsync(
        NpgsqlConnection connection,
        Call call,
        NameEnquiry enquiry,
        ActionContext context
    )
    {
        var (caller, body) = (call.Caller, call.Body);
        var customer =
            await CustomerStore.LockAsync(connection, caller.OrganisationId, caller.CustomerId, call.Cancellation)
            ?? throw new InvalidOperationException("The signed-in customer has no record.");
        var stated = new StatedBankAccount(
            caller.CustomerId,
            body.Get(CustomerId),
            body.Get(BankCode),
            body.Get(AccountNumber),
            body.Get(AccountName)
        );
        var bank = await BankStore.FindAsync(connection, caller.OrganisationId, stated.BankCode, call.Cancellation);
        var nuban = BankAccountRules.Add(stated, customer.Name, bank?.Known);
        if (nuban.IsRefused)
            return Answer.Refused(nuban.Refusal);

        var account = new NewBankAccount(
            ids.Next<BankAccountId>(),
            customer.Id,
            caller.OrganisationId,
            nuban.Value,
            stated.AccountName,
            body.Get(BankName),
            body.Get(AccountType),
            body.Get(IsDefault),
            AccountNameRules.Matches(enquiry.AccountName, customer.Name),
            context.At
        );
        var added = await BankAccountStore.AddAsync(connection, account, call.Cancellation);
        return added is null
            ? Answer.Refused(Refusals.BankAccountExists())
            : Answer.Success(BankAccountAdded.Of(added), "Your bank account is added.");
    }
}

/// <summary>A bank account that was just added, with the fields of the contract.</summary>
/// <param name="AccountId">The bank account's id.</param>
/// <param name="CustomerId">The customer who holds it.</param>
/// <param name="AccountNumber">The account number.</param>
/// <param name="AccountName">The name of the account holder.</param>
/// <param name="BankCode">The bank's code, in its canonical form.</param>
/// <param name="BankName">The bank's name as the customer gave it.</param>
/// <param name="IsDefault">True if it is the customer's default account.</param>
/// <param name="IsVerified">True if the bank confirmed that the holder has the customer's name.</param>
public sealed record BankAccountAdded(
    BankAccountId AccountId,
    CustomerId CustomerId,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string BankName,
    bool IsDefault,
    bool IsVerified
)
{
    public static BankAccountAdded Of(BankAccount account) =>
        new(
            account.AccountId,
            account.CustomerId,
            account.AccountNumber,
            account.AccountName,
            account.BankCode,
            account.BankName,
            account.IsDefault,
            account.IsVerified
        );
}
