namespace Paydown.Client;

/// <summary>A bank entry that waits for an officer.</summary>
public sealed partial record UnmatchedPayment
{
    /// <summary>The entry.</summary>
    public required StatementEntry Entry { get; init; }

    /// <summary>The days since it was booked.</summary>
    public required int AgeInDays { get; init; }

    /// <summary>Loans that it may pay, the likeliest first.</summary>
    public required IReadOnlyList<PaymentSuggestion> Suggestions { get; init; }
}
