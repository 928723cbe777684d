namespace Paydown.Client;

/// <summary>A fee or a penalty to charge.</summary>
public sealed partial record NewCharge
{
    /// <summary>The kind of charge.</summary>
    public required ChargeKind Kind { get; init; }

    /// <summary>The amount: more than 0 and at most the disbursed principal.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day on which it falls due. Null: today.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>Why; the customer sees it.</summary>
    public string? Reason { get; init; }
}
