namespace Paydown.Client;

/// <summary>The balance of a wallet.</summary>
public sealed partial record Wallet
{
    /// <summary>The customer who owns the wallet.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The balance, all of which can be spent.</summary>
    public required decimal Balance { get; init; }

    /// <summary>The wallet's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }
}
