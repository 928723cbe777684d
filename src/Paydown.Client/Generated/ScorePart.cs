namespace Paydown.Client;

/// <summary>One part of a score.</summary>
public sealed partial record ScorePart
{
    /// <summary>Which one.</summary>
    public required ScoreComponent Name { get; init; }

    /// <summary>From 0 to PointsMax.</summary>
    public required int Points { get; init; }

    /// <summary>The maximum.</summary>
    public required int PointsMax { get; init; }

    /// <summary>The reason for the points, for people.</summary>
    public required string Reason { get; init; }
}
