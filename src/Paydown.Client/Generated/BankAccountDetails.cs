namespace Paydown.Client;

/// <summary>The account that receives repayments.</summary>
public sealed partial record BankAccountDetails
{
    /// <summary>The account number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The name of the account holder.</summary>
    public required string AccountName { get; init; }

    /// <summary>The bank's code.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }
}
