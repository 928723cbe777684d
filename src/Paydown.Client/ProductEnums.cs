using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>How a schedule is computed.</summary>
[JsonConverter(typeof(WordConverter<ScheduleType>))]
public enum ScheduleType
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Interest by repayment periods or days: the classic level loan.</summary>
    Cumulative,

    /// <summary>Interest by a factor per period, from the day-count convention.</summary>
    Progressive,
}

/// <summary>The principal that bears interest.</summary>
[JsonConverter(typeof(WordConverter<InterestMethod>))]
public enum InterestMethod
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The original principal, for the whole term.</summary>
    Flat,

    /// <summary>The outstanding principal.</summary>
    DecliningBalance,
}

/// <summary>The period that interest is computed for.</summary>
[JsonConverter(typeof(WordConverter<InterestPeriod>))]
public enum InterestPeriod
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The repayment period.</summary>
    SameAsRepaymentPeriod,

    /// <summary>The day.</summary>
    Daily,
}

/// <summary>What is equal in all installments.</summary>
[JsonConverter(typeof(WordConverter<Amortization>))]
public enum Amortization
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The installment.</summary>
    EqualInstallments,

    /// <summary>Its principal.</summary>
    EqualPrincipal,
}

/// <summary>The number of days in a year.</summary>
[JsonConverter(typeof(WordConverter<DaysInYear>))]
public enum DaysInYear
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The number in the calendar.</summary>
    Actual,

    /// <summary>360 days.</summary>
    Days360,

    /// <summary>364 days.</summary>
    Days364,

    /// <summary>365 days.</summary>
    Days365,
}

/// <summary>The number of days in a month.</summary>
[JsonConverter(typeof(WordConverter<DaysInMonth>))]
public enum DaysInMonth
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The number in the calendar.</summary>
    Actual,

    /// <summary>30 days.</summary>
    Days30,
}

/// <summary>The replacement of a due date that its month does not have.</summary>
[JsonConverter(typeof(WordConverter<MonthEnd>))]
public enum MonthEnd
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The last day of the month.</summary>
    ClampToLastDay,

    /// <summary>The first day of the next month.</summary>
    RollToFirst,
}

/// <summary>The end of interest if a loan is closed early.</summary>
[JsonConverter(typeof(WordConverter<PreClosure>))]
public enum PreClosure
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The day the loan is closed.</summary>
    TillPreClosureDate,

    /// <summary>The next rest date.</summary>
    TillRestFrequencyDate,
}

/// <summary>The balance that bears interest after an early payment.</summary>
[JsonConverter(typeof(WordConverter<InterestBalance>))]
public enum InterestBalance
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The balance that is outstanding each day.</summary>
    Actual,

    /// <summary>The planned balance less early payments.</summary>
    Planned,
}

/// <summary>How an early payment changes the installments.</summary>
[JsonConverter(typeof(WordConverter<Reschedule>))]
public enum Reschedule
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>They become smaller.</summary>
    ReduceEmiAmount,

    /// <summary>They become fewer.</summary>
    ReduceNumberOfInstallments,

    /// <summary>The next ones move.</summary>
    RescheduleNextRepayments,

    /// <summary>The last unpaid one changes.</summary>
    AdjustLastUnpaidPeriod,
}

/// <summary>The rest dates, on which payments change the balance that bears interest.</summary>
[JsonConverter(typeof(WordConverter<RestFrequency>))]
public enum RestFrequency
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Due dates.</summary>
    SameAsRepayment,

    /// <summary>Every day.</summary>
    Daily,

    /// <summary>Every week.</summary>
    Weekly,

    /// <summary>Every month.</summary>
    Monthly,
}

/// <summary>The amount that a penalty is a percentage of.</summary>
[JsonConverter(typeof(WordConverter<OverduePenaltyBase>))]
public enum OverduePenaltyBase
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The overdue principal.</summary>
    PrincipalOverdue,

    /// <summary>The overdue principal and interest.</summary>
    PrincipalAndInterestOverdue,
}

/// <summary>How payments are allocated.</summary>
[JsonConverter(typeof(WordConverter<AllocationStrategy>))]
public enum AllocationStrategy
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>To the oldest installment first.</summary>
    OldestFirst,

    /// <summary>To what is due, then in advance.</summary>
    DueThenInAdvance,

    /// <summary>By buckets, in a chosen order.</summary>
    Advanced,
}

/// <summary>A component of a debt.</summary>
[JsonConverter(typeof(WordConverter<Component>))]
public enum Component
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A penalty.</summary>
    Penalty,

    /// <summary>A fee.</summary>
    Fee,

    /// <summary>Interest.</summary>
    Interest,

    /// <summary>Principal.</summary>
    Principal,
}

/// <summary>When an installment is due, relative to a payment.</summary>
[JsonConverter(typeof(WordConverter<DueType>))]
public enum DueType
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Before the payment.</summary>
    PastDue,

    /// <summary>On the day of the payment.</summary>
    Due,

    /// <summary>After the payment.</summary>
    InAdvance,
}

/// <summary>The order in which buckets are settled.</summary>
[JsonConverter(typeof(WordConverter<Processing>))]
public enum Processing
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>All buckets of an installment, then the next installment.</summary>
    Horizontal,

    /// <summary>One bucket of all installments, then the next bucket.</summary>
    Vertical,
}

/// <summary>How money for future installments is allocated.</summary>
[JsonConverter(typeof(WordConverter<FutureRule>))]
public enum FutureRule
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>To the next installment.</summary>
    NextInstallment,

    /// <summary>To the last installment.</summary>
    LastInstallment,

    /// <summary>Equally to all installments.</summary>
    Reamortization,

    /// <summary>To the next installment, the rest to the last ones.</summary>
    NextLastInstallment,
}

/// <summary>How a fee is computed.</summary>
[JsonConverter(typeof(WordConverter<FeeKind>))]
public enum FeeKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>A fixed amount.</summary>
    Flat,

    /// <summary>A percentage of the principal.</summary>
    Percent,
}

/// <summary>When a fee is charged.</summary>
[JsonConverter(typeof(WordConverter<FeeCharged>))]
public enum FeeCharged
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Deducted from the disbursement.</summary>
    Deducted,

    /// <summary>With the first installment.</summary>
    Added,
}

/// <summary>How a question is answered.</summary>
[JsonConverter(typeof(WordConverter<QuestionType>))]
public enum QuestionType
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>YES or NO.</summary>
    YesNo,

    /// <summary>One of its options.</summary>
    Choice,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,
}
