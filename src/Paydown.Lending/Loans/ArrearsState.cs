using Paydown.Lending.Amounts;

namespace Paydown.Lending.Loans;

/// <summary>How far a loan is overdue on a day.</summary>
public sealed record ArrearsState
{
    /// <summary>
    /// The due date of the oldest overdue installment, or the day of a chargeback that it still owes; null: current.
    /// </summary>
    public required DateOnly? OverdueSince { get; init; }

    /// <summary>
    /// The day from which days past due are counted: <see cref="OverdueSince"/> and the days of grace. Null: none are
    /// counted yet.
    /// </summary>
    public required DateOnly? CountedFrom { get; init; }

    /// <summary>
    /// Days past due: since <see cref="CountedFrom"/>, without the days on which the clock was paused. 0: current, or
    /// within the days of grace.
    /// </summary>
    public required int DaysPastDue { get; init; }

    /// <summary>Days since <see cref="OverdueSince"/>, grace and pauses included.</summary>
    public required int DaysSinceDue { get; init; }

    /// <summary>The bucket of <see cref="DaysPastDue"/>, counted from 1; 0: none.</summary>
    public required int Bucket { get; init; }

    /// <summary>All that is overdue.</summary>
    public required Money Overdue { get; init; }

    /// <summary>
    /// What is overdue by the age of each installment, without grace: the youngest first, each bucket once.
    /// </summary>
    public required IReadOnlyList<BucketAmount> ByAge { get; init; }
}

/// <summary>The overdue installments of one bucket.</summary>
/// <param name="Bucket">Counted from 1.</param>
/// <param name="Amount">What they owe.</param>
public readonly record struct BucketAmount(int Bucket, Money Amount);
