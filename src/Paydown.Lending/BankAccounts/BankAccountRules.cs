namespace Paydown.Lending.BankAccounts;

/// <summary>A bank account as a customer states it.</summary>
/// <param name="CallerId">Who is signed in.</param>
/// <param name="CustomerId">The customer that the body names.</param>
/// <param name="BankCode">As sent: three, five or six digits.</param>
/// <param name="AccountNumber">As sent.</param>
/// <param name="AccountName">Whose account it is, as its bank writes it.</param>
public sealed record StatedBankAccount(
    Guid CallerId, Guid CustomerId, string BankCode, string AccountNumber, string AccountName);

/// <summary>Decides whether a bank account may be added to a customer.</summary>
public static class BankAccountRules
{
    // The order in which a refusal wins is part of the contract.
    public static Result<Nuban> Add(StatedBankAccount account, string customerName)
    {
        if (account.CustomerId != account.CallerId) return Refusals.CustomerMismatch();
        if (!Nuban.TryParse(account.BankCode, account.AccountNumber, out var nuban))
            return Refusals.AccountNumberInvalid();
        if (!AccountNameRules.Matches(account.AccountName, customerName)) return Refusals.AccountNameMismatch();
        return nuban;
    }
}
