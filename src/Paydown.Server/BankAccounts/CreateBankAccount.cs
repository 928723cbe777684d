using Npgsql;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.BankAccounts;

/// <summary>
/// A customer adds a bank account of their own. Its number is checked by its check digit, its holder by the name; it
/// counts as verified where its bank, asked for the holder, gives the customer's name as well.
/// </summary>
public sealed class CreateBankAccount(SingleWrites writes, IPaymentPartner partner, Ids ids)
{
    /// <summary>The number of a bank account, wherever a body has one.</summary>
    public static Field AccountNumberField { get; } =
        Field
            .Text("accountNumber", "The NUBAN: 10 digits, the last is the check digit.", 10, 10)
            .Matching("^[0-9]{10}$", "10 digits") with
        {
            Example = "0000014579",
        };

    /// <summary>The code of a bank, wherever a body has one.</summary>
    public static Field BankCodeField { get; } =
        Field
            .Text("bankCode", "The CBN code: 3 digits for a deposit money bank, 5 or 6 for another institution.", 3, 6)
            .Matching("^([0-9]{3}|[0-9]{5,6})$", "3, 5 or 6 digits") with
        {
            Example = "011",
        };

    /// <summary>The name of a bank account, wherever a body has one.</summary>
    public static Field AccountNameField { get; } =
        Field.Text("accountName", "The customer's name as the bank writes it.", 1, 100) with
        {
            Example = "EXAMPLE ADA",
        };

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Id("customerId", "The signed-in customer."),
        AccountNumberField,
        AccountNameField,
        BankCodeField,
        Field.Text("bankName", "The name of the bank.", 1, 100) with
        {
            Example = "Example Bank",
        },
        Field.OneOf("accountType", "Absent: SAVINGS.", "SAVINGS", "CURRENT", "CHECKING").Optional() with
        {
            Example = "SAVINGS",
        },
        Field
            .Boolean("isDefault", "Whether it takes the place of the default account; the first one always is it.")
            .Optional() with
        {
            Example = true,
        },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        // Before the transaction: a request that holds a lock must not wait for a bank.
        var held = Nuban.TryParse(call.Body.Text("bankCode"), call.Body.Text("accountNumber"), out var nuban)
            ? await partner.AskNameAsync(nuban, call.Cancellation)
            : NameEnquiry.Unknown;
        return await writes.RunAsync(call, (connection, context) => AddAsync(connection, call, held, context));
    }

    private async ValueTask<Answer> AddAsync(
        NpgsqlConnection connection,
        Call call,
        NameEnquiry held,
        ActionContext context
    )
    {
        var (caller, body) = (call.Caller, call.Body);
        var customer =
            await CustomerStore.LockAsync(connection, caller.OrganisationId, caller.UserId, call.Cancellation)
            ?? throw new InvalidOperationException("A signed-in customer has a record.");
        var stated = new StatedBankAccount(
            caller.UserId,
            body.Id("customerId"),
            body.Text("bankCode"),
            body.Text("accountNumber"),
            body.Text("accountName")
        );
        var bank = await BankStore.FindAsync(connection, caller.OrganisationId, stated.BankCode, call.Cancellation);
        var nuban = BankAccountRules.Add(stated, customer.Name, bank is not null);
        if (nuban.IsRefused)
            return Answer.Refused(nuban.Refusal);

        var account = new NewBankAccount(
            ids.Next(),
            customer.Id,
            caller.OrganisationId,
            nuban.Value,
            stated.AccountName,
            body.Text("bankName"),
            body.TextOrNull("accountType") ?? "SAVINGS",
            body.BooleanOr("isDefault", false),
            AccountNameRules.Matches(held.AccountName, customer.Name),
            context.At
        );
        var added = await BankAccountStore.AddAsync(connection, account, call.Cancellation);
        return added is null
            ? Answer.Refused(Refusals.BankAccountExists())
            : Answer.Success(BankAccountAdded.Of(added), "Your bank account is added.");
    }
}

/// <summary>A bank account that has just been added, in the order of the contract.</summary>
public sealed record BankAccountAdded(
    Guid AccountId,
    Guid CustomerId,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string BankName,
    bool IsDefault,
    bool IsVerified
)
{
    public static BankAccountAdded Example { get; } = Of(BankAccount.Example);

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
