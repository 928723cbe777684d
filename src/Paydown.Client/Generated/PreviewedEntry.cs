namespace Paydown.Client;

/// <summary>An entry of a previewed file.</summary>
public sealed partial record PreviewedEntry
{
    /// <summary>The line on which it begins.</summary>
    public required int Line { get; init; }

    /// <summary>Booked, announced or information.</summary>
    public required BankEntryStatus Status { get; init; }

    /// <summary>The booking date.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The value date.</summary>
    public required DateOnly ValueOn { get; init; }

    /// <summary>Positive for money in.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The structured reference; null if there is none.</summary>
    public required string? Reference { get; init; }

    /// <summary>The remittance text; null if there is none.</summary>
    public required string? Text { get; init; }

    /// <summary>The name of the other side; null if there is none.</summary>
    public required string? CounterpartyName { get; init; }

    /// <summary>Its account; null if there is none.</summary>
    public required string? CounterpartyAccount { get; init; }

    /// <summary>The bank's reference; null if there is none.</summary>
    public required string? BankReference { get; init; }
}
