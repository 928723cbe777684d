using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.BankAccounts;

/// <summary>The bank accounts that customers pay from and are paid to.</summary>
public static class BankAccountRoutes
{
    internal static readonly PathId<BankAccountId> AccountId = new("account-id");
    internal static readonly PathId<CustomerId> CustomerId = new("customerId");
    internal static readonly PathText BankCode = new("bankCode");
    internal static readonly PathText AccountNumber = new("accountNumber");

    public static void MapBankAccounts(this ApiRoutes routes)
    {
        var customers = routes.Begin("Bank accounts");
        customers.Post<CreateBankAccount>("user/create-bank-account", Customer);
        customers.Get<GetBankAccount>($"user/view-bank-account/{AccountId}", CustomerOrOfficer, CustomersRead);
        customers.Get<ListBankAccounts>(
            $"user/list-customer-bank-accounts/{CustomerId}",
            CustomerOrOfficer,
            CustomersRead
        );
        customers.Get<ListBanks>("user/get-available-banks", AnyUser, CustomersRead);
        customers.Get<VerifyBankAccount>(
            $"user/verify-bank-account/{BankCode}/{AccountNumber}",
            AnyUser,
            CustomersRead
        );

        var officers = routes.Begin("Back office: banks");
        officers.Get<ListBanksForOfficers>("admin/banks", Manager, None);
        officers.Put<ChangeBank>($"admin/banks/{BankCode}", Manager, None);
        officers.Put<RemoveBank>($"admin/banks/{BankCode}/remove", Manager, None);
    }
}
