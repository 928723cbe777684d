namespace Paydown.Client;

/// <summary>A bank account of a customer, in the order of the contract.</summary>
public sealed partial record BankAccount
{
    /// <summary>The bank account's id.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer who owns it.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The account number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The name of its holder, as the bank has it.</summary>
    public required string AccountName { get; init; }

    /// <summary>The bank's code.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }

    /// <summary>Whether it is the customer's default account.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Whether its bank has said whose it is.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>SAVINGS, CURRENT or CHECKING.</summary>
    public required BankAccountType AccountType { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedDate { get; init; }
}
