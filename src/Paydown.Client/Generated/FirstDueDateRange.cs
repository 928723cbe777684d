namespace Paydown.Client;

/// <summary>The range of first due dates that can be agreed, in days after payout; both ends are included.</summary>
public sealed partial record FirstDueDateRange
{
    /// <summary>The fewest days after payout.</summary>
    public required int MinimumDays { get; init; }

    /// <summary>The most days after payout.</summary>
    public required int MaximumDays { get; init; }
}
