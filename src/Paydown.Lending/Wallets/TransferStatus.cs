namespace Paydown.Lending.Wallets;

/// <summary>Where a transfer from a wallet to a bank account stands.</summary>
public enum TransferStatus
{
    /// <summary>Taken from the wallet; the payment partner was not told yet.</summary>
    Pending,

    /// <summary>In the payment partner's hands.</summary>
    Processing,

    /// <summary>The money has left the lender's bank account.</summary>
    Completed,

    /// <summary>It came to nothing; amount and fee are back in the wallet.</summary>
    Failed,
}
