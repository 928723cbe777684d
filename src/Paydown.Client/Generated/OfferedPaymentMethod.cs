namespace Paydown.Client;

/// <summary>A way to pay.</summary>
public sealed partial record OfferedPaymentMethod
{
    /// <summary>The method's code, such as BANK_TRANSFER.</summary>
    public required RepaymentMethod Method { get; init; }

    /// <summary>The method's name, for display.</summary>
    public required string Name { get; init; }

    /// <summary>How to pay with this method, in one sentence.</summary>
    public required string Description { get; init; }
}
