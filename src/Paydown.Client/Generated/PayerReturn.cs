namespace Paydown.Client;

/// <summary>The return of money to its payer, to pay at the bank.</summary>
public sealed partial record PayerReturn
{
    /// <summary>The account that it goes back to.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The reference to pay it with.</summary>
    public required string Reference { get; init; }
}
