using Paydown.Lending.Amounts;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Wallets;

/// <summary>A recorded bank account.</summary>
public sealed record RecordedBankAccount(string BankCode, string AccountNumber, string AccountName);

/// <summary>A transfer as a customer requests it.</summary>
/// <param name="CallerId">Who is signed in.</param>
/// <param name="CustomerId">The customer that the body names.</param>
/// <param name="AmountMajor">As sent, in major units.</param>
/// <param name="BankCode">As sent.</param>
/// <param name="AccountNumber">As sent.</param>
/// <param name="AccountName">As sent.</param>
public sealed record TransferRequest(
    CustomerId CallerId,
    CustomerId CustomerId,
    decimal AmountMajor,
    string BankCode,
    string AccountNumber,
    string AccountName
);

/// <summary>Decides whether money may leave a wallet, and what a payment partner's report changes.</summary>
public static class TransferRules
{
    /// <summary>Whether a request is valid, without regard to the balance.</summary>
    /// <param name="request">The request.</param>
    /// <param name="account">The customer's bank account with the id in the body; null if there is none.</param>
    /// <param name="currency">Of the wallet.</param>
    /// <returns>What the bank account is to get.</returns>
    // The order of the refusals is part of the contract.
    public static Result<Money> Request(TransferRequest request, RecordedBankAccount? account, Currency currency)
    {
        if (request.CustomerId != request.CallerId)
            return Refusals.CustomerMismatch();
        if (account is null)
            return Refusals.BankAccountMismatch();
        var differing = Differing(request, account);
        if (differing.Count > 0)
            return Refusals.TransferAccountMismatch(differing);
        if (!Money.TryFromMajor(request.AmountMajor, currency, out var amount) || !amount.IsPositive)
            return Refusals.TransferAmountInvalid(new Money(1, currency));
        return amount;
    }

    /// <summary>Null if the wallet can pay a transfer and its fee.</summary>
    public static Refusal? Afford(Money amount, Money fee, Money balance) =>
        // Not amount + fee: an amount may be as large as a number can be.
        amount > balance - fee
            ? Refusals.InsufficientFunds(balance, fee)
            : null;

    /// <summary>
    /// How a transfer ends by what the payment partner reports; null if the report changes nothing. A transfer ends
    /// once: later reports move no money.
    /// </summary>
    public static TransferStatus? EndOf(TransferStatus current, TransferStatus reported) =>
        HasEnded(current) || !IsEnd(reported) ? null : reported;

    /// <summary>True if a report contradicts the final status of a transfer.</summary>
    public static bool Contradicts(TransferStatus current, TransferStatus reported) =>
        IsEnd(current) && IsEnd(reported) && current != reported;

    /// <summary>
    /// What a transfer becomes when a bank statement shows that its money has left; null if that changes nothing: it is
    /// known, or the transfer was never sent.
    /// </summary>
    public static TransferStatus? WhenMoneyLeft(TransferStatus current) =>
        current == TransferStatus.Processing ? TransferStatus.Completed : null;

    /// <summary>
    /// What a transfer becomes when a bank statement shows that its money came back; null if that changes nothing. One
    /// that never left has failed, so its fee comes back as well. One that had left is returned without its fee: the
    /// transfer was carried out.
    /// </summary>
    public static TransferStatus? WhenMoneyCameBack(TransferStatus current) =>
        current switch
        {
            TransferStatus.Processing => TransferStatus.Failed,
            TransferStatus.Completed => TransferStatus.Returned,
            _ => null,
        };

    // What a payment partner reports as the end.
    private static bool IsEnd(TransferStatus status) => status is TransferStatus.Completed or TransferStatus.Failed;

    private static bool HasEnded(TransferStatus status) => IsEnd(status) || status == TransferStatus.Returned;

    private static List<string> Differing(TransferRequest request, RecordedBankAccount account)
    {
        var differing = new List<string>();
        if (!Nuban.IsSameBank(request.BankCode, account.BankCode))
            differing.Add("bankCode");
        if (request.AccountNumber != account.AccountNumber)
            differing.Add("accountNumber");
        if (!AccountNameRules.Agree(request.AccountName, account.AccountName))
            differing.Add("accountName");
        return differing;
    }
}
