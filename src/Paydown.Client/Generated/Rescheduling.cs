namespace Paydown.Client;

/// <summary>Other installments to come.</summary>
public sealed partial record Rescheduling
{
    /// <summary>The first installment that falls due on or after this day is the first one changed.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Its due date from now on; those after it follow in the agreed interval. Null: they stay.</summary>
    public DateOnly? NewDueDate { get; init; }

    /// <summary>So many installments more. Null: 0.</summary>
    public int? ExtraInstallments { get; init; }

    /// <summary>So many of the changed installments pay no principal. Null: 0.</summary>
    public int? GracePrincipal { get; init; }

    /// <summary>
    /// So many of the changed installments pay no interest; it falls due with the first after them. Null: 0.
    /// </summary>
    public int? GraceInterest { get; init; }

    /// <summary>The yearly rate in percent from that day on. Null: as before.</summary>
    public decimal? AnnualRatePercent { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}
