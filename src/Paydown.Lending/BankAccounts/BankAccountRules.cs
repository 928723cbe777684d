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

/// <summary>A bank that the lender lists.</summary>
/// <param name="Code">The code as it is listed.</param>
/// <param name="HasNuban">False if its account numbers have no check digit.</param>
public sealed record KnownBank(string Code, bool HasNuban);

/// <summary>Decides whether a bank account may be added to a customer.</summary>
public static class BankAccountRules
{
    // The order of the refusals is part of the contract.
    public static Result<Nuban> Add(StatedBankAccount account, string customerName, KnownBank? bank)
    {
        if (account.CustomerId != account.CallerId)
            return Refusals.CustomerMismatch();
        var number = Number(account.BankCode, account.AccountNumber, bank);
        if (number.IsRefused)
            return number.Refusal;
        if (!AccountNameRules.Matches(account.AccountName, customerName))
            return Refusals.AccountNameMismatch();
        return number.Value;
    }

    /// <summary>The number of an account. The bank comes first: its code is part of the check digit.</summary>
    /// <param name="bankCode">As sent.</param>
    /// <param name="accountNumber">As sent.</param>
    /// <param name="bank">The bank of the code; null if there is none.</param>
    public static Result<Nuban> Number(string bankCode, string accountNumber, KnownBank? bank)
    {
        if (bank is null)
            return Refusals.BankUnknown();
        var isRight = bank.HasNuban
            ? Nuban.TryParse(bankCode, accountNumber, out var nuban)
            : Nuban.TryParseUnchecked(bank.Code, accountNumber, out nuban);
        return isRight ? nuban! : Refusals.AccountNumberInvalid(Nuban.AccountNumberDigits);
    }
}
