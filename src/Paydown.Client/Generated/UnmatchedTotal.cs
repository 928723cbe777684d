namespace Paydown.Client;

/// <summary>The bank entries of a currency that wait for an officer.</summary>
public sealed partial record UnmatchedTotal
{
    /// <summary>The currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>Their sum: the balance of UNIDENTIFIED_RECEIPTS, with the other sign.</summary>
    public required decimal Total { get; init; }

    /// <summary>The booking date of the oldest.</summary>
    public required DateOnly OldestOn { get; init; }

    /// <summary>The days since then.</summary>
    public required int OldestAgeInDays { get; init; }
}
