namespace Paydown.Client;

/// <summary>A bank account of a customer.</summary>
public sealed record BankAccount
{
    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Id of the customer, who is the user.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>Name of the holder.</summary>
    public required string AccountName { get; init; }

    /// <summary>Code of the bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>Name of the bank.</summary>
    public required string BankName { get; init; }

    /// <summary>Whether it is the default account of the customer.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Whether the bank confirmed it.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>What kind of account it is.</summary>
    public required BankAccountType AccountType { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedDate { get; init; }
}

/// <summary>A bank account that was added.</summary>
public sealed record BankAccountAdded
{
    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Id of the customer, who is the user.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>Name of the holder.</summary>
    public required string AccountName { get; init; }

    /// <summary>Code of the bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>Name of the bank.</summary>
    public required string BankName { get; init; }

    /// <summary>Whether it is the default account of the customer.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Whether the bank confirmed it.</summary>
    public required bool IsVerified { get; init; }
}

/// <summary>A bank that an account can be at.</summary>
public sealed record Bank
{
    /// <summary>Its code.</summary>
    public required string BankCode { get; init; }

    /// <summary>Its name.</summary>
    public required string BankName { get; init; }
}

/// <summary>A bank account and whose it is.</summary>
public sealed record NamedBankAccount
{
    /// <summary>Name of the holder, as the bank says.</summary>
    public required string AccountName { get; init; }

    /// <summary>Number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>Code of the bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>Name of the bank.</summary>
    public required string BankName { get; init; }
}
