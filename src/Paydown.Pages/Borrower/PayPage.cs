using System.Globalization;
using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>How to pay a loan.</summary>
/// <param name="Id">The id in addresses.</param>
/// <param name="How">Account, reference and amounts.</param>
/// <param name="QrText">What the QR code says.</param>
/// <param name="IsTransferCode">True if banking apps fill in a transfer from the code (EPC QR code).</param>
public sealed record PayModel(Guid Id, RepaymentInstructions How, string QrText, bool IsTransferCode)
{
    /// <summary>What is left to pay now, after what has been reported.</summary>
    public decimal LeftToPay => Math.Max(0, How.AmountDue - How.AmountReported);
}

/// <summary>Shows where to send the money, so that nothing must be typed.</summary>
internal static class PayPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("loanId");
        var how = await call.Api.Repayments.GetInstructionsAsync(id, call.Cancelled);
        var left = Math.Max(0, how.AmountDue - how.AmountReported);
        var isTransfer = how.CurrencyCode == "EUR" && IsIban(how.BankAccountDetails.AccountNumber) && left > 0;
        var text = isTransfer ? TransferCode(how, left) : PlainText(how, left);
        var model = new PayModel(id, how, text, isTransfer);
        return PageAnswer.Show<PayView, PayModel>("How to pay", model);
    }

    private static bool IsIban(string account) =>
        account.Length is >= 15 and <= 34 && char.IsAsciiLetterUpper(account[0]) && char.IsAsciiLetterUpper(account[1]);

    // EPC069-12, version 002: the BIC may be left out. The reference is a structured one (ISO 11649).
    private static string TransferCode(RepaymentInstructions how, decimal amount)
    {
        var account = how.BankAccountDetails;
        return string.Join(
            '\n',
            "BCD",
            "002",
            "1",
            "SCT",
            "",
            account.AccountName.Length <= 70 ? account.AccountName : account.AccountName[..70],
            account.AccountNumber,
            "EUR" + amount.ToString("0.00", CultureInfo.InvariantCulture),
            "",
            how.PaymentReference
        );
    }

    private static string PlainText(RepaymentInstructions how, decimal amount)
    {
        var account = how.BankAccountDetails;
        return $"{account.BankName}\n{account.AccountName}\n{account.AccountNumber}\n"
            + $"{MoneyText.Field(amount, how.CurrencyCode)} {how.CurrencyCode}\n{how.PaymentReference}";
    }
}
