namespace Paydown.Lending.Terms;

/// <summary>The way a customer pays.</summary>
public enum PaymentMethod
{
    BankTransfer,
    DirectDebit,

    /// <summary>From the customer's wallet with the lender; settles at once.</summary>
    Wallet,
    Card,
    Cash,
}
