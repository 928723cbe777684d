namespace Paydown.Client;

/// <summary>What a collector has collected and remitted so far.</summary>
public sealed partial record CollectorBalance
{
    /// <summary>What borrowers paid, as booked; reversed repayments are left out.</summary>
    public required decimal Collected { get; init; }

    /// <summary>What the collector keeps of it.</summary>
    public required decimal Commission { get; init; }

    /// <summary>The rest, which it must remit.</summary>
    public required decimal Due { get; init; }

    /// <summary>What has arrived in the lender's bank accounts.</summary>
    public required decimal Remitted { get; init; }

    /// <summary>What it owes still; negative if it has remitted more than is booked.</summary>
    public required decimal Owed { get; init; }

    /// <summary>Collections that wait for a decision; they are not in the other figures.</summary>
    public required int WaitingCount { get; init; }

    /// <summary>What borrowers paid by them.</summary>
    public required decimal WaitingAmount { get; init; }
}
