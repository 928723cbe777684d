namespace Paydown.Client;

/// <summary>A bank account to add for a customer.</summary>
public sealed partial record NewBankAccount
{
    /// <summary>The customer's own id.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The NUBAN: 10 digits, the last of which is the check digit.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The account holder's name as the bank writes it; must be the customer's name.</summary>
    public required string AccountName { get; init; }

    /// <summary>The CBN code: 3 digits for a deposit money bank, 5 or 6 for another institution.</summary>
    public required string BankCode { get; init; }

    /// <summary>The name of the bank.</summary>
    public required string BankName { get; init; }

    /// <summary>The kind of account. Null: SAVINGS.</summary>
    public BankAccountType? AccountType { get; init; }

    /// <summary>Whether it becomes the default account. The first account always does. Null: false.</summary>
    public bool? IsDefault { get; init; }
}
