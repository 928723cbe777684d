namespace Paydown.Client;

/// <summary>The response to undoing an act.</summary>
public sealed partial record UndoneAct
{
    /// <summary>The reversal's id; null while a second manager is awaited.</summary>
    public required Guid? Id { get; init; }

    /// <summary>The act that was undone.</summary>
    public required Guid ActId { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The kind of act.</summary>
    public required LoanActKind Kind { get; init; }

    /// <summary>The amount of the act.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Everything outstanding on the loan now.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>What is overpaid on the loan now.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>The loan account's state now.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The act that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
