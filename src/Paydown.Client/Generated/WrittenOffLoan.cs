namespace Paydown.Client;

/// <summary>The response to writing a loan off.</summary>
public sealed partial record WrittenOffLoan
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>False while a second manager is awaited.</summary>
    public required bool IsWrittenOff { get; init; }

    /// <summary>What can still be recovered; 0 while a second manager is awaited.</summary>
    public required decimal WrittenOffAmount { get; init; }

    /// <summary>Everything outstanding on the loan.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The loan account's state now.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The write-off that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
