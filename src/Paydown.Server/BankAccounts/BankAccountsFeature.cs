using Paydown.Lending.BankAccounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.BankAccounts;

/// <summary>The bank accounts that customers pay from and are paid to.</summary>
public static class BankAccountsFeature
{
    private const string Tag = "Bank accounts";

    public static void AddBankAccounts(this IServiceCollection services)
    {
        services.AddSingleton<CreateBankAccount>();
        services.AddSingleton<GetBankAccount>();
        services.AddSingleton<ListBankAccounts>();
        services.AddSingleton<ListBanks>();
        services.AddSingleton<VerifyBankAccount>();
    }

    public static void MapBankAccounts(this ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Post("user/create-bank-account", services.GetRequiredService<CreateBankAccount>().HandleAsync)
            .For(Access.Customer)
            .Described(Tag, "Add a bank account")
            .Reads(CreateBankAccount.Fields)
            .Answers(BankAccountAdded.Example)
            .Refuses(
                Refusals.CustomerMismatch(),
                Refusals.BankUnknown(),
                Refusals.AccountNumberInvalid(Nuban.AccountNumberDigits),
                Refusals.AccountNameMismatch(),
                Refusals.BankAccountExists()
            );
        routes
            .Get("user/view-bank-account/{account-id}", services.GetRequiredService<GetBankAccount>().HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "Show a bank account")
            .Answers(BankAccount.Example)
            .Refuses(Refusals.NotFound("bank account"));
        routes
            .Get(
                "user/list-customer-bank-accounts/{customerId}",
                services.GetRequiredService<ListBankAccounts>().HandleAsync
            )
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "List a customer's bank accounts")
            .Answers<IReadOnlyList<BankAccount>>([BankAccount.Example])
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        routes
            .Get("user/get-available-banks", services.GetRequiredService<ListBanks>().HandleAsync)
            .For(Access.AnyUser)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "List the banks that an account can be at")
            .Answers<IReadOnlyList<Bank>>([Bank.Example]);
        routes
            .Get(
                "user/verify-bank-account/{bankCode}/{accountNumber}",
                services.GetRequiredService<VerifyBankAccount>().HandleAsync
            )
            .For(Access.AnyUser)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "Ask a bank whose an account is")
            .Answers(NamedBankAccount.Example)
            .Refuses(
                Refusals.BankUnknown(),
                Refusals.AccountNumberInvalid(Nuban.AccountNumberDigits),
                Refusals.BankAccountUnknown(),
                Refusals.NameEnquiryUnavailable()
            );
    }
}
