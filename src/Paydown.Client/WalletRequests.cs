namespace Paydown.Client;

/// <summary>Money to be sent from the wallet to a bank account of the customer.</summary>
public sealed record TransferOrder
{
    /// <summary>The signed-in customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>What the bank account gets; a fee is taken from the wallet on top.</summary>
    public required decimal Amount { get; init; }

    /// <summary>A bank account of the customer; the next three must be its own.</summary>
    public required Guid BankAccountId { get; init; }

    /// <summary>Its number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The code of its bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>The name of its holder.</summary>
    public required string AccountName { get; init; }

    /// <summary>Where the lender asks for one.</summary>
    public string? TransactionPin { get; init; }

    /// <summary>What it is for; it goes with the money.</summary>
    public string? Description { get; init; }

    /// <summary>What it is, without the PIN: it may be logged.</summary>
    public override string ToString() => $"{nameof(TransferOrder)} of {Amount} to {BankAccountId}";
}

/// <summary>A transaction PIN to be set.</summary>
public sealed record NewTransactionPin
{
    /// <summary>4 to 6 digits; not one digit repeated, nor digits in sequence.</summary>
    public required string NewPin { get; init; }

    /// <summary>The PIN that is replaced; null where there is none, or it is forgotten.</summary>
    public string? CurrentPin { get; init; }

    /// <summary>The password of the sign-in; needed without the current PIN.</summary>
    public string? Password { get; init; }

    /// <summary>Nothing of it: it may be logged.</summary>
    public override string ToString() => nameof(NewTransactionPin);
}
