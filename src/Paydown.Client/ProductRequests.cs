namespace Paydown.Client;

/// <summary>
/// What a product is: amounts in major units, rates in percent a year. What is null is as the server has it by itself;
/// to change a product, change what was read by <c>with</c>, so that nothing else is reset.
/// </summary>
public record ProductDefinition
{
    /// <summary>As customers read it.</summary>
    public required string Name { get; init; }

    /// <summary>For whom, for what.</summary>
    public string? Description { get; init; }

    /// <summary>The family that its loan accounts belong to.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>ISO 4217 code: the one of the organisation.</summary>
    public string? CurrencyCode { get; init; }

    /// <summary>The smallest loan.</summary>
    public required decimal MinimumAmount { get; init; }

    /// <summary>The largest loan.</summary>
    public required decimal MaximumAmount { get; init; }

    /// <summary>The fewest installments.</summary>
    public required int MinimumDuration { get; init; }

    /// <summary>The most installments.</summary>
    public required int MaximumDuration { get; init; }

    /// <summary>An installment falls due every so many units.</summary>
    public int? RepayEvery { get; init; }

    /// <summary>What durations are counted in.</summary>
    public DurationUnit? DurationUnit { get; init; }

    /// <summary>Which first due dates can be agreed; null: none, it is one period after payout.</summary>
    public FirstDueDateRange? FirstDueDate { get; init; }

    /// <summary>Where an officer approves no other.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>What officers may approve.</summary>
    public RateRange? InterestRateRange { get; init; }

    /// <summary>How the schedule is reckoned.</summary>
    public ScheduleTerms? Schedule { get; init; }

    /// <summary>What an installment costs that stays unpaid.</summary>
    public OverduePenalty? OverduePenalty { get; init; }

    /// <summary>Which debts a payment settles first.</summary>
    public required AllocationPolicy Allocation { get; init; }

    /// <summary>Fees for making the loan.</summary>
    public IReadOnlyList<ProductFee>? Fees { get; init; }

    /// <summary>How it can be paid back.</summary>
    public required IReadOnlyList<RepaymentMethod> RepaymentMethods { get; init; }

    /// <summary>What is asked of an applicant; null: nothing.</summary>
    public IReadOnlyList<OfficerQuestion>? EligibilityQuestions { get; init; }

    /// <summary>Who may have it.</summary>
    public ProductEligibility? Eligibility { get; init; }

    /// <summary>Days for which an offer stands.</summary>
    public int? OfferValidDays { get; init; }

    /// <summary>Whether a green score is approved by the rules.</summary>
    public bool? ApprovesAutomatically { get; init; }

    /// <summary>Whether accepting the terms pays out at once.</summary>
    public bool? DisbursesAutomatically { get; init; }

    /// <summary>Larger loans need two officers; null: one always suffices.</summary>
    public decimal? FourEyesAbove { get; init; }

    /// <summary>More than 1: paid out in tranches.</summary>
    public int? MaximumDisbursements { get; init; }

    /// <summary>Whether customers can apply for it; null: a new one is, another stays as it is.</summary>
    public bool? IsOpen { get; init; }
}

/// <summary>The wire form of a change: a definition, and the version that it is based on.</summary>
internal sealed record ProductChange : ProductDefinition
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ProductChange(ProductDefinition definition, int version)
        : base(definition) => Version = version;

    public int Version { get; }
}

/// <summary>The wire form of other questions.</summary>
internal sealed record QuestionsChange(IReadOnlyList<OfficerQuestion> EligibilityQuestions, int Version);

/// <summary>Percent a year; both included.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The most.</param>
public sealed record RateRange(decimal Minimum, decimal Maximum);

/// <summary>How a schedule is reckoned.</summary>
public sealed record ScheduleTerms
{
    /// <summary>Which kind of schedule.</summary>
    public ScheduleType ScheduleType { get; init; } = ScheduleType.Cumulative;

    /// <summary>What interest is taken on.</summary>
    public InterestMethod InterestMethod { get; init; } = InterestMethod.DecliningBalance;

    /// <summary>For what time it is reckoned.</summary>
    public InterestPeriod InterestPeriod { get; init; } = InterestPeriod.SameAsRepaymentPeriod;

    /// <summary>What stays equal.</summary>
    public Amortization Amortization { get; init; } = Amortization.EqualInstallments;

    /// <summary>The days of a year, over which days and weeks count; a month is a twelfth.</summary>
    public DaysInYear DaysInYear { get; init; } = DaysInYear.Actual;

    /// <summary><c>Days30</c>: each month has 30 days, whatever the calendar has.</summary>
    public DaysInMonth DaysInMonth { get; init; } = DaysInMonth.Actual;

    /// <summary>Where a due date goes whose day the month lacks.</summary>
    public MonthEnd MonthEnd { get; init; } = MonthEnd.ClampToLastDay;

    /// <summary>Rounds installments to so many major units, unless that would leave one without principal.</summary>
    public int? InstallmentMultipleOf { get; init; }

    /// <summary>Whether a broken period counts its days.</summary>
    public bool PartialPeriodInterest { get; init; }

    /// <summary>Installments at the start without principal.</summary>
    public int GracePrincipal { get; init; }

    /// <summary>Installments at the start whose interest falls due later.</summary>
    public int GraceInterest { get; init; }

    /// <summary>Periods at the start that bear no interest.</summary>
    public int InterestFreePeriods { get; init; }

    /// <summary>A share of each disbursement, due on its day.</summary>
    public DownPayment? DownPayment { get; init; }

    /// <summary>Interest accrues on what is really outstanding.</summary>
    public InterestRecalculation? Recalculation { get; init; }
}

/// <summary>A share of the principal due on the day of disbursement.</summary>
public sealed record DownPayment
{
    /// <summary>More than 0, less than 100.</summary>
    public required decimal Percent { get; init; }

    /// <summary>Whether it is kept back at disbursement.</summary>
    public bool Automatic { get; init; }
}

/// <summary>How interest is recalculated.</summary>
public sealed record InterestRecalculation
{
    /// <summary>Till when it runs where a loan is closed early.</summary>
    public required PreClosure PreClosure { get; init; }

    /// <summary>What an early payment does.</summary>
    public required Reschedule Reschedule { get; init; }

    /// <summary>On which days payments are taken notice of.</summary>
    public required RestFrequency RestFrequency { get; init; }

    /// <summary>On every how manieth of them.</summary>
    public int RestInterval { get; init; } = 1;

    /// <summary>On which balance a cumulative schedule bears interest after an early payment.</summary>
    public InterestBalance Balance { get; init; } = InterestBalance.Actual;

    /// <summary>Whether overdue principal bears interest on.</summary>
    public bool InterestOnOverdue { get; init; } = true;
}

/// <summary>What an installment costs that stays unpaid, once.</summary>
public sealed record OverduePenalty
{
    /// <summary>Of what is overdue.</summary>
    public required decimal Percent { get; init; }

    /// <summary>What is counted as overdue.</summary>
    public OverduePenaltyBase Of { get; init; } = OverduePenaltyBase.PrincipalOverdue;

    /// <summary>Days after the due date without it.</summary>
    public int GraceDays { get; init; }
}

/// <summary>Which debts a payment settles first.</summary>
public sealed record AllocationPolicy
{
    /// <summary>How payments are allocated.</summary>
    public required AllocationStrategy Strategy { get; init; }

    /// <summary>For oldest first: the four components in order.</summary>
    public IReadOnlyList<Component> Order { get; init; } = [];

    /// <summary>For due, then in advance: the order of what is due.</summary>
    public IReadOnlyList<Component> Due { get; init; } = [];

    /// <summary>For due, then in advance: the order in advance.</summary>
    public IReadOnlyList<Component> InAdvance { get; init; } = [];

    /// <summary>For advanced: each pair once, in order.</summary>
    public IReadOnlyList<Bucket> Buckets { get; init; } = [];

    /// <summary>For advanced: how buckets are gone through.</summary>
    public Processing Processing { get; init; } = Processing.Horizontal;

    /// <summary>For advanced, by kind of transaction, such as GOODWILL_CREDIT.</summary>
    public IReadOnlyDictionary<string, FutureRule>? FutureRules { get; init; }

    /// <summary>For advanced, of the other kinds.</summary>
    public FutureRule DefaultFutureRule { get; init; } = FutureRule.NextInstallment;
}

/// <summary>A component with when it falls due.</summary>
public sealed record Bucket
{
    /// <summary>When it falls due.</summary>
    public required DueType DueType { get; init; }

    /// <summary>What it is.</summary>
    public required Component Component { get; init; }
}

/// <summary>A fee for making a loan.</summary>
public sealed record ProductFee
{
    /// <summary>As customers read it.</summary>
    public required string Name { get; init; }

    /// <summary>An amount or a percentage.</summary>
    public required FeeKind Kind { get; init; }

    /// <summary>Of a flat fee.</summary>
    public decimal Amount { get; init; }

    /// <summary>Of a fee by percentage.</summary>
    public decimal Percent { get; init; }

    /// <summary>When it is taken.</summary>
    public required FeeCharged Charged { get; init; }
}

/// <summary>A question with the answers that pass.</summary>
public sealed record OfficerQuestion
{
    /// <summary>Null for a new one: then it is made of the question.</summary>
    public Guid? QuestionId { get; init; }

    /// <summary>As customers read it.</summary>
    public required string Question { get; init; }

    /// <summary>How it is answered.</summary>
    public required QuestionType Type { get; init; }

    /// <summary>The answers to choose from.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether it must be answered.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Those that pass; none: all do.</summary>
    public IReadOnlyList<string> PassingAnswers { get; init; } = [];

    /// <summary>Of a number: the least that passes.</summary>
    public decimal? PassingMinimum { get; init; }

    /// <summary>Of a number: the most that passes.</summary>
    public decimal? PassingMaximum { get; init; }
}

/// <summary>Who may have a product; an empty list leaves nobody out.</summary>
public sealed record ProductEligibility
{
    /// <summary>Years.</summary>
    public int MinimumAge { get; init; } = 18;

    /// <summary>Years.</summary>
    public int MaximumAge { get; init; } = 70;

    /// <summary>Such as EMPLOYED.</summary>
    public IReadOnlyList<string> EmploymentStatuses { get; init; } = [];

    /// <summary>ISO 3166 codes of three letters.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>In major units.</summary>
    public decimal MinimumMonthlyIncome { get; init; }
}

/// <summary>How far from payout a first due date that is agreed may lie; both included.</summary>
/// <param name="MinimumDays">1 or more.</param>
/// <param name="MaximumDays">At least the minimum.</param>
public sealed record FirstDueDateRange(int MinimumDays, int MaximumDays);
