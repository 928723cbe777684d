namespace Paydown.Client;

/// <summary>The place of an event among the events of a loan.</summary>
public sealed partial record EventSequence
{
    /// <summary>The loan account; null if the event concerns no loan.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>
    /// Greater than that of every earlier event of the loan. Numbers have gaps. Null for a test of an endpoint.
    /// </summary>
    public long? Number { get; init; }
}
