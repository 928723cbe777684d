namespace Paydown.Client;

/// <summary>A bank entry with all that helps to decide about it.</summary>
public sealed partial record BankEntryDetails
{
    /// <summary>The entry.</summary>
    public required StatementEntry Entry { get; init; }

    /// <summary>The statement that has it.</summary>
    public required BankStatement Statement { get; init; }

    /// <summary>The days since it was booked.</summary>
    public required int AgeInDays { get; init; }

    /// <summary>What an officer may do with it while it waits, the best first.</summary>
    public required IReadOnlyList<PaymentSuggestion> Suggestions { get; init; }

    /// <summary>The reports that it pays, or that suggestions name, in that order.</summary>
    public required IReadOnlyList<ComparedReport> Reports { get; init; }
}
