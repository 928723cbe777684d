namespace Paydown.Client;

/// <summary>Why unidentified money goes back to its payer, or which return money out was.</summary>
public sealed partial record PaymentReturn
{
    /// <summary>Why, for the history of the entry.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The account that the money goes back to; only if the bank's entry does not say where it came from.
    /// </summary>
    public string? PayerAccount { get; init; }

    /// <summary>For money out, and only then: the entry whose ordered return it is.</summary>
    public Guid? ReturnedEntryId { get; init; }
}
