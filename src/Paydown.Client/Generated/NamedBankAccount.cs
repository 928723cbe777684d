namespace Paydown.Client;

/// <summary>A bank account and its holder, according to the bank.</summary>
public sealed partial record NamedBankAccount
{
    /// <summary>The holder's name.</summary>
    public required string AccountName { get; init; }

    /// <summary>The account number.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The bank's code.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }
}
