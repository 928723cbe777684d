namespace Paydown.Client;

/// <summary>The loan that gets unidentified money, or the parts for several.</summary>
public sealed partial record PaymentAssignment
{
    /// <summary>The loan account that gets all of the money; null if there are parts.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>
    /// The report of that loan that the money pays, even if its amount differs. Null: one of that amount, or none.
    /// </summary>
    public Guid? RepaymentId { get; init; }

    /// <summary>The parts for several loans, at most 50: together the whole amount.</summary>
    public IReadOnlyList<AssignedPart>? Parts { get; init; }

    /// <summary>Why, for the history of the entry.</summary>
    public string? Reason { get; init; }
}
