namespace Paydown.Client;

/// <summary>A bank entry that waits for an officer.</summary>
public sealed partial record UnmatchedPayment
{
    /// <summary>The entry.</summary>
    public required StatementEntry Entry { get; init; }

    /// <summary>The days since it was booked.</summary>
    public required int AgeInDays { get; init; }

    /// <summary>What an officer may do with it, the best first.</summary>
    public required IReadOnlyList<PaymentSuggestion> Suggestions { get; init; }
}
