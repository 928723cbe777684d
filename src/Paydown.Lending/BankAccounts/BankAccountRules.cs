using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.BankAccounts;

/// <summary>A bank account as a customer states it.</summary>
/// <param name="CallerId">Who is signed in.</param>
/// <param name="CustomerId">The customer that the body names.</param>
/// <param name="BankCode">As sent: three, five or six digits.</param>
/// <param name="AccountNumber">As sent.</param>
/// <param name="AccountName">Whose account it is, as its bank writes it.</param>
public sealed record StatedBankAccount(
    CustomerId CallerId,
    CustomerId CustomerId,
    string BankCode,
    string AccountNumber,
    string AccountName
);

/// <summary>Decides whether a bank account may be added to a customer.</summary>
public static class BankAccountRules
{
    // The order of the refusals is part of the contract.
    public static Result<Nuban> Add(StatedBankAccount account, string customerName, bool isBankKnown)
    {
        if (account.CustomerId != account.CallerId)
            return Refusals.CustomerMismatch();
        var number = Number(account.BankCode, account.AccountNumber, isBankKnown);
        if (number.IsRefused)
            return number.Refusal;
        if (!AccountNameRules.Matches(account.AccountName, customerName))
            return Refusals.AccountNameMismatch();
        return number.Value;
    }

    /// <summary>The number of an account. The bank comes first: its code is part of the check digit.</summary>
    public static Result<Nuban> Number(string bankCode, string accountNumber, bool isBankKnown)
    {
        if (!isBankKnown)
            return Refusals.BankUnknown();
        return Nuban.TryParse(bankCode, accountNumber, out var nuban)
            ? nuban
            : Refusals.AccountNumberInvalid(Nuban.AccountNumberDigits);
    }
}
