using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The borrower's bank accounts, and the banks at which there can be more.</summary>
/// <param name="Accounts">The accounts.</param>
/// <param name="Banks">The banks.</param>
/// <param name="Next">Where the borrower came from; empty if from nowhere.</param>
public sealed record BankAccountsModel(IReadOnlyList<BankAccount> Accounts, IReadOnlyList<Bank> Banks, string Next);

/// <summary>Lists a borrower's bank accounts and adds one.</summary>
internal static class BankAccountsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var banks = call.Api.BankAccounts.GetBanksAsync(call.Cancelled);
        var accounts = await call.Api.BankAccounts.GetAllAsync(call.SignedIn.Id, call.Cancelled);
        var model = new BankAccountsModel(accounts, await banks, NextOf(call));
        return PageAnswer.Show<BankAccountsView, BankAccountsModel>("Bank accounts", model);
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var number = form.Required("accountNumber", "Enter the account number.");
        var name = form.Required("accountName", "Enter the name of the account holder.");
        var code = form.Required("bankCode", "Choose the bank.");
        form.ThrowIfWrong();
        var bank = (await call.Api.BankAccounts.GetBanksAsync(call.Cancelled)).FirstOrDefault(one =>
            one.BankCode == code
        );
        var account = new NewBankAccount
        {
            CustomerId = call.SignedIn.Id,
            AccountNumber = number,
            AccountName = name,
            BankCode = code,
            BankName = bank?.BankName ?? code,
            IsDefault = form.IsTicked("isDefault"),
        };
        await call.Api.BankAccounts.AddAsync(account, form.Key, call.Cancelled);
        return PageAnswer.Go(NextOf(call) is { Length: > 0 } next ? next : "/me/bank-accounts");
    }

    private static string NextOf(PageCall call) => OwnAddress.Of(call.Form.TextOrNull("next") ?? call.Query("next"));
}
