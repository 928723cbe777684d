namespace Paydown.Client;

/// <summary>A running loan that an officer has changed, or would change.</summary>
public sealed partial record ChangedLoan
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The act, which undoing it takes; null if nothing is changed yet.</summary>
    public required Guid? ActId { get; init; }

    /// <summary>True if nothing is changed yet.</summary>
    public required bool IsPreview { get; init; }

    /// <summary>The loan account's state after the act.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>Everything outstanding after the act.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The due date of the last installment after the act.</summary>
    public required DateOnly? MaturityDate { get; init; }

    /// <summary>The schedule without the act.</summary>
    public required IReadOnlyList<PaymentHistoryRow> ScheduleBefore { get; init; }

    /// <summary>The schedule with it.</summary>
    public required IReadOnlyList<PaymentHistoryRow> ScheduleAfter { get; init; }

    /// <summary>The act that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
