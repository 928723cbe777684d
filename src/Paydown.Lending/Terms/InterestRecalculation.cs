namespace Paydown.Lending.Terms;

/// <summary>Interest accrues on the balance really outstanding, so early and late payments change it.</summary>
/// <param name="PreClosure">How long interest runs if the loan is closed early.</param>
/// <param name="Reschedule">What an early payment does to the installments.</param>
/// <param name="RestFrequency">On which days payments take effect.</param>
/// <param name="RestInterval">Every Nth of these days counts: 1 or more.</param>
/// <param name="Balance">On which balance a cumulative loan bears interest after an early payment.</param>
/// <param name="InterestOnOverdue">Whether overdue principal still bears interest.</param>
public sealed record InterestRecalculation(
    PreClosure PreClosure,
    Reschedule Reschedule,
    RestFrequency RestFrequency,
    int RestInterval,
    InterestBalance Balance = InterestBalance.Actual,
    bool InterestOnOverdue = true
);

/// <summary>On which balance interest accrues after an early payment.</summary>
public enum InterestBalance
{
    /// <summary>
    /// On the balance really outstanding each day: a payment pays the interest through its day, and the rest of it
    /// lowers the balance from that day on (United States Rule).
    /// </summary>
    Actual,

    /// <summary>
    /// On the planned balance less all that was paid early, though a part of it pays interest: how Apache Fineract
    /// computes cumulative schedules. For CUMULATIVE only.
    /// </summary>
    Planned,
}

public enum PreClosure
{
    TillPreClosureDate,
    TillRestFrequencyDate,
}

public enum Reschedule
{
    ReduceEmiAmount,
    ReduceNumberOfInstallments,
    RescheduleNextRepayments,
    AdjustLastUnpaidPeriod,
}

public enum RestFrequency
{
    SameAsRepayment,
    Daily,
    Weekly,
    Monthly,
}
