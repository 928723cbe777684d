namespace Paydown.Client;

/// <summary>An installment of an offer.</summary>
public sealed partial record OpenOfferRow
{
    /// <summary>The installment's place in the schedule, counted from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>The day on which the installment falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The amount of the installment.</summary>
    public required decimal InstallmentAmount { get; init; }

    /// <summary>The principal in the installment.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>The interest in the installment.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>The fees in the installment.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>The principal that remains after the installment.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>True if this is the down payment.</summary>
    public required bool IsDownPayment { get; init; }
}
