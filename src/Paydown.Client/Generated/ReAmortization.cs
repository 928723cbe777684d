namespace Paydown.Client;

/// <summary>How what is overdue is spread over the installments to come.</summary>
public sealed partial record ReAmortization
{
    /// <summary>Where overdue interest goes. Null: the next installment asks for it.</summary>
    public MovedInterest? MovedInterest { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}
