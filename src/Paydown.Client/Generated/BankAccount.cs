namespace Paydown.Client;

/// <summary>A bank account of a customer, in the order of the contract.</summary>
public sealed partial record BankAccount
{
    /// <summary>The field accountId.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The field customerId.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The field accountNumber.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The field accountName.</summary>
    public required string AccountName { get; init; }

    /// <summary>The field bankCode.</summary>
    public required string BankCode { get; init; }

    /// <summary>The field bankName.</summary>
    public required string BankName { get; init; }

    /// <summary>The field isDefault.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Whether its bank has said whose it is.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>SAVINGS, CURRENT or CHECKING.</summary>
    public required BankAccountType AccountType { get; init; }

    /// <summary>The field createdDate.</summary>
    public required DateTimeOffset CreatedDate { get; init; }
}
