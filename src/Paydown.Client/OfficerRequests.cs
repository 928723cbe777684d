namespace Paydown.Client;

/// <summary>A fee or a penalty to be charged.</summary>
public sealed record NewCharge
{
    /// <summary>What it is.</summary>
    public required ChargeKind Kind { get; init; }

    /// <summary>In major units: more than 0, at most what was disbursed.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public string? Reason { get; init; }
}

/// <summary>Which repayments of the organisation are wanted; by default all.</summary>
public sealed record OfficerRepaymentFilter
{
    /// <summary>Only those of the loan of this application.</summary>
    public Guid? LoanApplicationId { get; init; }

    /// <summary>Only those with this status; rejected includes reversed.</summary>
    public VerificationStatus? Status { get; init; }

    /// <summary>Recorded on this day or later, in the time zone of the organisation.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Recorded on this day or earlier.</summary>
    public DateOnly? EndDate { get; init; }
}

/// <summary>The wire form of a reason.</summary>
internal sealed record ReasonGiven(string? Reason);

/// <summary>The wire form of who collects.</summary>
internal sealed record CollectionWanted(bool Enabled, string? Collector);
