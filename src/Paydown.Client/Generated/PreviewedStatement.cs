namespace Paydown.Client;

/// <summary>A statement of a previewed file.</summary>
public sealed partial record PreviewedStatement
{
    /// <summary>The account as the file has it; null if it has none.</summary>
    public required string? AccountNumber { get; init; }

    /// <summary>The currency, ISO 4217; null if the file does not say.</summary>
    public required string? CurrencyCode { get; init; }

    /// <summary>The balance before its entries; null if the file does not say.</summary>
    public required decimal? OpeningBalance { get; init; }

    /// <summary>The balance after them; null if the file does not say.</summary>
    public required decimal? ClosingBalance { get; init; }

    /// <summary>Whether the entries lead from one balance to the other.</summary>
    public required BalanceCheck BalanceCheck { get; init; }

    /// <summary>What does not add up; null if nothing is wrong.</summary>
    public required string? Problem { get; init; }

    /// <summary>The number of entries.</summary>
    public required int EntryCount { get; init; }

    /// <summary>The first of them, at most 20.</summary>
    public required IReadOnlyList<PreviewedEntry> Entries { get; init; }
}
