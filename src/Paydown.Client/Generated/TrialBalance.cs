namespace Paydown.Client;

/// <summary>The balances of a month, by effective date.</summary>
public sealed partial record TrialBalance
{
    /// <summary>The month, for example 2026-01.</summary>
    public required string Month { get; init; }

    /// <summary>The currency of all amounts, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>
    /// Every account of the chart, by number. The opening balances add up to zero, and so do the closing balances.
    /// </summary>
    public required IReadOnlyList<AccountBalance> Accounts { get; init; }
}
