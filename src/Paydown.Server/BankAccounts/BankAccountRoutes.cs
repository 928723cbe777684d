using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.BankAccounts;

/// <summary>The bank accounts that customers pay from and are paid to.</summary>
public static class BankAccountRoutes
{
    public static void MapBankAccounts(this ApiRoutes routes)
    {
        var customers = routes.Begin("Bank accounts");
        customers.Post<CreateBankAccount>("user/create-bank-account", Customer);
        customers.Get<GetBankAccount>("user/view-bank-account/{account-id}", CustomerOrOfficer, CustomersRead);
        customers.Get<ListBankAccounts>(
            "user/list-customer-bank-accounts/{customerId}",
            CustomerOrOfficer,
            CustomersRead
        );
        customers.Get<ListBanks>("user/get-available-banks", AnyUser, CustomersRead);
        customers.Get<VerifyBankAccount>("user/verify-bank-account/{bankCode}/{accountNumber}", AnyUser, CustomersRead);
    }
}
