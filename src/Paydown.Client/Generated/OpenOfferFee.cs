namespace Paydown.Client;

/// <summary>A fee of an offer.</summary>
public sealed partial record OpenOfferFee
{
    /// <summary>The fee's name.</summary>
    public required string Name { get; init; }

    /// <summary>The amount of the fee.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Whether the fee is deducted from the disbursement or due with the first installment.</summary>
    public required FeeCharged Charged { get; init; }
}
