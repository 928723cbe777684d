namespace Paydown.Client;

/// <summary>A bank account to be added for a customer.</summary>
public sealed record NewBankAccount
{
    /// <summary>The signed-in customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The NUBAN: 10 digits, the last is the check digit.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The customer's name as the bank writes it.</summary>
    public required string AccountName { get; init; }

    /// <summary>The code of the bank: 3, 5 or 6 digits.</summary>
    public required string BankCode { get; init; }

    /// <summary>The name of the bank.</summary>
    public required string BankName { get; init; }

    /// <summary>Null: a savings account.</summary>
    public BankAccountType? AccountType { get; init; }

    /// <summary>Whether it takes the place of the default account; the first one always is it.</summary>
    public bool? IsDefault { get; init; }
}
