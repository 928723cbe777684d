namespace Paydown.Client;

/// <summary>People to whom the organisation does not lend.</summary>
public sealed partial record NewBlacklistEntry
{
    /// <summary>What identifies the people.</summary>
    public required BlacklistKind Kind { get; init; }

    /// <summary>
    /// A bank verification number of 11 digits, an e-mail address, or a phone number with + and dialing code.
    /// </summary>
    public required string Value { get; init; }

    /// <summary>Why the organisation does not lend to them. Customers never see it.</summary>
    public required string Reason { get; init; }
}
