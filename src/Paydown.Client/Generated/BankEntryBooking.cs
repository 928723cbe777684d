namespace Paydown.Client;

/// <summary>What an entry of a bank statement is to be booked as.</summary>
public sealed partial record BankEntryBooking
{
    /// <summary>What it is: a charge of the bank, or its interest.</summary>
    public required BankMovement Kind { get; init; }

    /// <summary>Why, for the history of the entry.</summary>
    public required string Reason { get; init; }
}
