using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>A withdrawal to a bank account.</summary>
public sealed record WithdrawModel(Wallet Wallet, IReadOnlyList<BankAccount> Accounts);

/// <summary>Sends money from the wallet to a bank account of the borrower.</summary>
internal static class WithdrawPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var wallet = call.Api.Wallet.GetAsync(call.SignedIn.Id, call.Cancelled);
        var accounts = await call.Api.BankAccounts.GetAllAsync(call.SignedIn.Id, call.Cancelled);
        return PageAnswer.Show<WithdrawView, WithdrawModel>("Send money to your bank", new(await wallet, accounts));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var amount = form.Amount("amount");
        var chosen = form.Chosen("bankAccountId");
        var pin = form.Required("transactionPin", "Enter your transaction PIN.");
        form.ThrowIfWrong();
        var account =
            (await call.Api.BankAccounts.GetAllAsync(call.SignedIn.Id, call.Cancelled)).FirstOrDefault(one =>
                one.AccountId == chosen
            ) ?? throw new PageMissingException();
        var order = new TransferOrder
        {
            CustomerId = call.SignedIn.Id,
            Amount = amount,
            BankAccountId = chosen,
            AccountNumber = account.AccountNumber,
            BankCode = account.BankCode,
            AccountName = account.AccountName,
            TransactionPin = pin,
            Description = form.TextOrNull("description"),
        };
        var sent = await call.Api.Wallet.TransferAsync(order, form.Key, call.Cancelled);
        return PageAnswer.Go($"/wallet/transfers/{sent.TransactionReference}");
    }
}
