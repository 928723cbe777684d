namespace Paydown.Client;

/// <summary>A fee for making a loan: a fixed amount, or a percentage of the principal.</summary>
public sealed partial record ProductFee
{
    /// <summary>The fee's name.</summary>
    public required string Name { get; init; }

    /// <summary>FLAT for a fixed amount, PERCENT for a percentage of the principal.</summary>
    public required FeeKind Kind { get; init; }

    /// <summary>The amount of a FLAT fee.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The percentage of a PERCENT fee.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Whether the fee is deducted from the disbursement or due with the first installment.</summary>
    public required FeeCharged Charged { get; init; }
}
