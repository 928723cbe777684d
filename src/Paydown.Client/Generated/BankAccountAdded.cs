namespace Paydown.Client;

/// <summary>A bank account that was just added, with the fields of the contract.</summary>
public sealed partial record BankAccountAdded
{
    /// <summary>The bank account's id.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer who holds it.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The account number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The name of the account holder.</summary>
    public required string AccountName { get; init; }

    /// <summary>The bank's code, in its canonical form.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name as the customer gave it.</summary>
    public required string BankName { get; init; }

    /// <summary>True if it is the customer's default account.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>True if the bank confirmed that the holder has the customer's name.</summary>
    public required bool IsVerified { get; init; }
}
