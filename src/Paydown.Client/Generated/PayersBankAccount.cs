namespace Paydown.Client;

/// <summary>The customer's bank account that a repayment was sent from, according to its report.</summary>
public sealed partial record PayersBankAccount
{
    /// <summary>The bank account's id.</summary>
    public required Guid BankAccountId { get; init; }

    /// <summary>The account number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The name of the account holder.</summary>
    public required string AccountName { get; init; }

    /// <summary>The bank's code.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }
}
