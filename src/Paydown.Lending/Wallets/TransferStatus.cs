namespace Paydown.Lending.Wallets;

/// <summary>The status of a transfer from a wallet to a bank account.</summary>
public enum TransferStatus
{
    /// <summary>Taken from the wallet; not yet sent to the payment partner.</summary>
    Pending,

    /// <summary>Sent to the payment partner.</summary>
    Processing,

    /// <summary>The money has left the lender's bank account.</summary>
    Completed,

    /// <summary>It failed; amount and fee are back in the wallet.</summary>
    Failed,

    /// <summary>
    /// The money had left and the bank sent it back: the amount is in the wallet again, the fee is not.
    /// </summary>
    Returned,
}
