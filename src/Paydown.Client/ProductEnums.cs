using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>How a schedule is reckoned.</summary>
[JsonConverter(typeof(WordConverter<ScheduleType>))]
public enum ScheduleType
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Interest by repayment periods or days; the classic level loan.</summary>
    Cumulative,

    /// <summary>Each period has a factor of its own, by the day-count convention.</summary>
    Progressive,
}

/// <summary>What interest is taken on.</summary>
[JsonConverter(typeof(WordConverter<InterestMethod>))]
public enum InterestMethod
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>On the whole principal, for the whole term.</summary>
    Flat,

    /// <summary>On what is still owed.</summary>
    DecliningBalance,
}

/// <summary>For what time interest is reckoned.</summary>
[JsonConverter(typeof(WordConverter<InterestPeriod>))]
public enum InterestPeriod
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>By repayment periods.</summary>
    SameAsRepaymentPeriod,

    /// <summary>By the day.</summary>
    Daily,
}

/// <summary>What stays equal from installment to installment.</summary>
[JsonConverter(typeof(WordConverter<Amortization>))]
public enum Amortization
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The installment.</summary>
    EqualInstallments,

    /// <summary>The principal in it.</summary>
    EqualPrincipal,
}

/// <summary>How many days a year has.</summary>
[JsonConverter(typeof(WordConverter<DaysInYear>))]
public enum DaysInYear
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>As the calendar says.</summary>
    Actual,

    /// <summary>360.</summary>
    Days360,

    /// <summary>364.</summary>
    Days364,

    /// <summary>365.</summary>
    Days365,
}

/// <summary>How many days a month has.</summary>
[JsonConverter(typeof(WordConverter<DaysInMonth>))]
public enum DaysInMonth
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>As the calendar says.</summary>
    Actual,

    /// <summary>30.</summary>
    Days30,
}

/// <summary>Where a due date goes whose day the month lacks.</summary>
[JsonConverter(typeof(WordConverter<MonthEnd>))]
public enum MonthEnd
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>To the last day of the month.</summary>
    ClampToLastDay,

    /// <summary>To the first day of the next.</summary>
    RollToFirst,
}

/// <summary>Till when interest runs where a loan is closed early.</summary>
[JsonConverter(typeof(WordConverter<PreClosure>))]
public enum PreClosure
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Till the day of closing.</summary>
    TillPreClosureDate,

    /// <summary>Till the next rest date.</summary>
    TillRestFrequencyDate,
}

/// <summary>On which balance interest accrues after an early payment.</summary>
[JsonConverter(typeof(WordConverter<InterestBalance>))]
public enum InterestBalance
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>On what is really outstanding each day.</summary>
    Actual,

    /// <summary>On the planned balance less what was paid early.</summary>
    Planned,
}

/// <summary>What an early payment does to the installments.</summary>
[JsonConverter(typeof(WordConverter<Reschedule>))]
public enum Reschedule
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Makes them smaller.</summary>
    ReduceEmiAmount,

    /// <summary>Makes them fewer.</summary>
    ReduceNumberOfInstallments,

    /// <summary>Moves the next ones.</summary>
    RescheduleNextRepayments,

    /// <summary>Changes the last one.</summary>
    AdjustLastUnpaidPeriod,
}

/// <summary>On which days payments are taken notice of.</summary>
[JsonConverter(typeof(WordConverter<RestFrequency>))]
public enum RestFrequency
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>On due dates.</summary>
    SameAsRepayment,

    /// <summary>Every day.</summary>
    Daily,

    /// <summary>Every week.</summary>
    Weekly,

    /// <summary>Every month.</summary>
    Monthly,
}

/// <summary>What a penalty is a percentage of.</summary>
[JsonConverter(typeof(WordConverter<OverduePenaltyBase>))]
public enum OverduePenaltyBase
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Of the overdue principal.</summary>
    PrincipalOverdue,

    /// <summary>Of the overdue principal and interest.</summary>
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

    /// <summary>By buckets.</summary>
    Advanced,
}

/// <summary>What is owed.</summary>
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

/// <summary>When an installment falls due, seen from a payment.</summary>
[JsonConverter(typeof(WordConverter<DueType>))]
public enum DueType
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Before it.</summary>
    PastDue,

    /// <summary>On its day.</summary>
    Due,

    /// <summary>After it.</summary>
    InAdvance,
}

/// <summary>How buckets are gone through.</summary>
[JsonConverter(typeof(WordConverter<Processing>))]
public enum Processing
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>An installment with all its buckets, then the next.</summary>
    Horizontal,

    /// <summary>A bucket over all installments, then the next.</summary>
    Vertical,
}

/// <summary>Where money for the future goes.</summary>
[JsonConverter(typeof(WordConverter<FutureRule>))]
public enum FutureRule
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>To the next installment.</summary>
    NextInstallment,

    /// <summary>To the last one.</summary>
    LastInstallment,

    /// <summary>Evenly to all.</summary>
    Reamortization,

    /// <summary>To the next one, the rest to the last ones.</summary>
    NextLastInstallment,
}

/// <summary>How much a fee is.</summary>
[JsonConverter(typeof(WordConverter<FeeKind>))]
public enum FeeKind
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>An amount.</summary>
    Flat,

    /// <summary>A percentage of the principal.</summary>
    Percent,
}

/// <summary>When a fee is taken.</summary>
[JsonConverter(typeof(WordConverter<FeeCharged>))]
public enum FeeCharged
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Kept back from what is paid out.</summary>
    Deducted,

    /// <summary>Owed with the first installment.</summary>
    Added,
}

/// <summary>How a question is answered.</summary>
[JsonConverter(typeof(WordConverter<QuestionType>))]
public enum QuestionType
{
    /// <summary>A value that this version of the client does not know.</summary>
    Unknown,

    /// <summary>With YES or NO.</summary>
    YesNo,

    /// <summary>With one of its options.</summary>
    Choice,

    /// <summary>With a number.</summary>
    Number,

    /// <summary>In words.</summary>
    Text,
}
