namespace Paydown.Client;

/// <summary>New installments for all that is unpaid.</summary>
public sealed partial record ReAging
{
    /// <summary>The due date of the first new installment: after today.</summary>
    public required DateOnly FirstDueDate { get; init; }

    /// <summary>How many new installments.</summary>
    public required int Installments { get; init; }

    /// <summary>A new installment falls due every this many units.</summary>
    public required int RepayEvery { get; init; }

    /// <summary>The unit.</summary>
    public required DurationUnit RepayUnit { get; init; }

    /// <summary>Where unpaid interest goes. Null: the next installment asks for it.</summary>
    public MovedInterest? MovedInterest { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}
