namespace Paydown.Client;

/// <summary>What an officer found instead of what was reported.</summary>
public sealed partial record RepaymentCorrection
{
    /// <summary>The amount that arrived, if the report is wrong. It may exceed the total payable.</summary>
    public decimal? Amount { get; init; }

    /// <summary>
    /// When it was paid, if the report is wrong: from the day of disbursement to today. A date or a date-time; without
    /// an offset, the organisation's local time.
    /// </summary>
    public DateOnly? PaymentDate { get; init; }

    /// <summary>Why the amount or date differs from the report. The customer sees it.</summary>
    public string? Reason { get; init; }
}
