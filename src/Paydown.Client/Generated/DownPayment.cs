namespace Paydown.Client;

/// <summary>A share of the principal due on the day of disbursement, as installment 1.</summary>
public sealed partial record DownPayment
{
    /// <summary>More than 0, less than 100.</summary>
    public required decimal Percent { get; init; }

    /// <summary>Whether it is collected at disbursement. Null: false.</summary>
    public bool? Automatic { get; init; }
}
