namespace Paydown.Client;

/// <summary>An overpayment to refund.</summary>
public sealed partial record OverpaymentRefund
{
    /// <summary>At most the overpaid amount. Null: the whole overpaid amount.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public string? Reason { get; init; }
}
