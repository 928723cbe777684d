using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A customer with loans, wallet and bank accounts.</summary>
public sealed record CustomerModel(
    CustomerProfile Profile,
    IReadOnlyList<LoanDetails> Loans,
    Wallet Wallet,
    IReadOnlyList<Transfer> Transfers,
    IReadOnlyList<BankAccount> Accounts
);

/// <summary>Shows officers a customer; managers unlock a sign-in.</summary>
internal static class CustomerPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var (id, api, cancelled) = (call.Id("customerId"), call.Api, call.Cancelled);
        var profile = await api.Customers.GetAsync(id, cancelled);
        var loans = api.Loans.GetPageAsync(id, 1, 50, cancelled);
        var wallet = api.Wallet.GetAsync(id, cancelled);
        var transfers = api.Wallet.GetTransferPageAsync(id, 1, 10, cancelled);
        var accounts = await api.BankAccounts.GetAllAsync(id, cancelled);
        var model = new CustomerModel(
            profile,
            (await loans).Records,
            await wallet,
            (await transfers).Records,
            accounts
        );
        return PageAnswer.Show<CustomerView, CustomerModel>($"{profile.FirstName} {profile.LastName}", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var id = call.Id("customerId");
        switch (call.Form.Act)
        {
            case "unlock":
                await call.Api.Customers.UnlockAsync(id, call.Form.Key, call.Cancelled);
                break;
            case "second-factor":
                await call.Api.Customers.ResetSecondFactorAsync(id, call.Form.Key, call.Cancelled);
                break;
            default:
                throw new PageMissingException();
        }

        return PageAnswer.Go($"/office/customers/{id}?done=ok");
    }
}
