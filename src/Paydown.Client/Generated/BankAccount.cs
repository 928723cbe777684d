namespace Paydown.Client;

/// <summary>A bank account of a customer, with the fields of the contract in their order.</summary>
public sealed partial record BankAccount
{
    /// <summary>The bank account's id.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer who owns it.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The account number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The holder's name, as the bank writes it.</summary>
    public required string AccountName { get; init; }

    /// <summary>The bank's code.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }

    /// <summary>True if it is the customer's default account.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>True if the bank confirmed that the holder has the customer's name.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>SAVINGS, CURRENT or CHECKING.</summary>
    public required BankAccountType AccountType { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedDate { get; init; }
}
