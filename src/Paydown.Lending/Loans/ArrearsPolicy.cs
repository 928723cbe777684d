namespace Paydown.Lending.Loans;

/// <summary>When a loan counts as overdue, and for how long.</summary>
public sealed record ArrearsPolicy
{
    /// <summary>No days of grace, and buckets of 1–30, 31–60, 61–90, 91–180 and over 180 days.</summary>
    public static ArrearsPolicy Default { get; } = new();

    /// <summary>Days after a due date that do not count: 0 or more.</summary>
    public int GraceDays { get; init; }

    /// <summary>The first day of each bucket, growing; the last bucket has no end.</summary>
    public IReadOnlyList<int> BucketsFrom { get; init; } = [1, 31, 61, 91, 181];

    /// <summary>The bucket of a number of days, counted from 1; 0: below the first bucket.</summary>
    public int BucketOf(int days)
    {
        var bucket = 0;
        while (bucket < BucketsFrom.Count && days >= BucketsFrom[bucket])
            bucket++;
        return bucket;
    }
}
