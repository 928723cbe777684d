using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Products;

/// <summary>
/// One version of what a lender offers. It never changes: a change is the next version, and a loan keeps the terms that
/// it was made with. Amounts are minor units of <see cref="Currency"/>.
/// </summary>
public sealed record LoanProduct
{
    public required ProductId Id { get; init; }

    /// <summary>From 1; grows by 1 with each change.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The family that its loan accounts belong to, for example <c>Consumer Loans</c>.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>The currency of every amount here.</summary>
    public Currency Currency => AmountMin.Currency;

    public required Money AmountMin { get; init; }

    public required Money AmountMax { get; init; }

    /// <summary>Fewest installments.</summary>
    public required int DurationMin { get; init; }

    /// <summary>Most installments.</summary>
    public required int DurationMax { get; init; }

    /// <summary>An installment falls due every this many <see cref="DurationUnit"/>.</summary>
    public int RepayEvery { get; init; } = 1;

    /// <summary>What durations are counted in.</summary>
    public PeriodUnit DurationUnit { get; init; } = PeriodUnit.Months;

    /// <summary>Which first due dates can be agreed; null: none, it is always one period after payout.</summary>
    public FirstDueRange? FirstDue { get; init; }

    /// <summary>Yearly nominal rate in percent, unless the approving officer names another.</summary>
    public required decimal AnnualRatePercent { get; init; }

    /// <summary>The smallest and largest amount that an officer may approve.</summary>
    public required decimal AnnualRatePercentMin { get; init; }

    public required decimal AnnualRatePercentMax { get; init; }

    /// <summary>How the schedule is reckoned.</summary>
    public ScheduleTerms Schedule { get; init; } = new();

    public OverduePenalty? OverduePenalty { get; init; }

    /// <summary>What an installment may owe without being overdue; null: nothing.</summary>
    public ArrearsTolerance? ArrearsTolerance { get; init; }

    public required AllocationPolicy Allocation { get; init; }

    public IReadOnlyList<ProductFee> Fees { get; init; } = [];

    /// <summary>
    /// <c>BANK_TRANSFER</c>, <c>DIRECT_DEBIT</c>, <c>WALLET</c>, <c>CARD</c>, <c>CASH</c>; at least one.
    /// </summary>
    public required IReadOnlyList<PaymentMethod> RepaymentMethods { get; init; }

    public IReadOnlyList<EligibilityQuestion> Questions { get; init; } = [];

    public required EligibilityLimits Eligibility { get; init; }

    /// <summary>Days for which an offer can be accepted, from the day it is sent: 1 to 90.</summary>
    public int OfferValidDays { get; init; } = 14;

    /// <summary>Whether an application with a green score is approved, and its offer sent, by the rules.</summary>
    public bool ApprovesAutomatically { get; init; }

    /// <summary>Whether accepting the terms disburses at once.</summary>
    public bool DisbursesAutomatically { get; init; }

    /// <summary>Loans above this amount need two officers to approve; null: one always suffices.</summary>
    public Money? FourEyesAbove { get; init; }

    /// <summary>The largest number of disbursements of one loan: 1, or more for tranches.</summary>
    public int DisbursementsMax { get; init; } = 1;
}

/// <summary>
/// What of the terms of a loan the product fixes about its schedule; the words are those of <see cref="LoanTerms"/>.
/// </summary>
public sealed record ScheduleTerms
{
    /// <summary>The kind of schedule.</summary>
    public ScheduleType ScheduleType { get; init; } = ScheduleType.Cumulative;

    /// <summary>The balance on which interest is calculated.</summary>
    public InterestMethod InterestMethod { get; init; } = InterestMethod.DecliningBalance;

    /// <summary>The period for which interest is calculated.</summary>
    public InterestPeriod InterestPeriod { get; init; } = InterestPeriod.SameAsRepaymentPeriod;

    /// <summary>What stays equal over the installments.</summary>
    public Amortization Amortization { get; init; } = Amortization.EqualInstallments;

    /// <summary>The days of a year in the calculation of interest.</summary>
    public DaysInYear DaysInYear { get; init; } = DaysInYear.Actual;

    /// <summary>The days of a month in the calculation of interest.</summary>
    public DaysInMonth DaysInMonth { get; init; } = DaysInMonth.Actual;

    /// <summary>The due date in a month that lacks the day.</summary>
    public MonthEnd MonthEnd { get; init; } = MonthEnd.ClampToLastDay;

    /// <summary>Installments are rounded to a multiple of this many major units; null if they are not.</summary>
    public int? InstallmentMultipleOf { get; init; }

    /// <summary>Whether an incomplete period bears interest for its days.</summary>
    public bool PartialPeriodInterest { get; init; }

    /// <summary>The number of first installments without principal.</summary>
    public int GracePrincipal { get; init; }

    /// <summary>The number of first installments whose interest falls due later.</summary>
    public int GraceInterest { get; init; }

    /// <summary>The number of first periods that bear no interest.</summary>
    public int InterestFreePeriods { get; init; }

    /// <summary>The share of each disbursement that is due at once; null if there is none.</summary>
    public DownPayment? DownPayment { get; init; }

    /// <summary>How interest follows the balance that is really outstanding; null if it follows the schedule.</summary>
    public InterestRecalculation? Recalculation { get; init; }
}

/// <summary>How far from payout a first due date that is agreed may lie.</summary>
/// <param name="DaysMin">Fewest days from payout: 1 or more.</param>
/// <param name="DaysMax">Most days from payout.</param>
public sealed record FirstDueRange(int DaysMin, int DaysMax)
{
    /// <summary>The earliest and the latest first due date of a loan that is paid out on a day.</summary>
    public (DateOnly From, DateOnly To) Of(DateOnly paidOutOn) =>
        (paidOutOn.AddDays(DaysMin), paidOutOn.AddDays(DaysMax));
}

/// <summary>How much a fee is.</summary>
public enum FeeKind
{
    Flat,
    Percent,
}

/// <summary>Whether a fee is kept back from what is paid out, or owed beside the first installment.</summary>
public enum FeeCharged
{
    Deducted,
    Added,
}

/// <summary>A fee for making the loan.</summary>
/// <param name="Name">As the customer reads it.</param>
/// <param name="Kind">Flat, or percent of the principal.</param>
/// <param name="Amount">Of a flat fee; else 0.</param>
/// <param name="Percent">Of a percent fee: more than 0, at most 100; else 0.</param>
/// <param name="Charged">When and how it is taken.</param>
public sealed record ProductFee(string Name, FeeKind Kind, Money Amount, decimal Percent, FeeCharged Charged);

/// <summary>The type of an answer.</summary>
public enum QuestionType
{
    YesNo,
    Choice,
    Number,
    Text,
}

/// <summary>A question to who applies.</summary>
public sealed record EligibilityQuestion
{
    public required QuestionId Id { get; init; }

    public required string Question { get; init; }

    public required QuestionType Type { get; init; }

    /// <summary>The answers to choose from; for a choice only.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public bool IsRequired { get; init; } = true;

    /// <summary>The answers that pass; empty: every answer does. For yes or no <c>YES</c> or <c>NO</c>.</summary>
    public IReadOnlyList<string> PassingAnswers { get; init; } = [];

    /// <summary>Of a number: the least that passes; null: no least.</summary>
    public decimal? PassingMin { get; init; }

    /// <summary>For a number: the largest that passes; null: no limit.</summary>
    public decimal? PassingMax { get; init; }
}

/// <summary>Who may have the product.</summary>
public sealed record EligibilityLimits
{
    /// <summary>The lowest age if a product does not say.</summary>
    public const int AgeMinUsual = 18;

    /// <summary>The highest age if a product does not say.</summary>
    public const int AgeMaxUsual = 70;

    /// <summary>Years, at application: 18 or more.</summary>
    public int AgeMin { get; init; } = AgeMinUsual;

    /// <summary>Years, at application.</summary>
    public int AgeMax { get; init; } = AgeMaxUsual;

    /// <summary>
    /// Of <c>EMPLOYED</c>, <c>SELF_EMPLOYED</c>, <c>UNEMPLOYED</c>, <c>STUDENT</c>, <c>RETIRED</c>; empty: all.
    /// </summary>
    public IReadOnlyList<string> EmploymentStatuses { get; init; } = [];

    /// <summary>ISO 3166 codes of three letters; empty: all.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Least monthly income; 0: any.</summary>
    public required Money MonthlyIncomeMin { get; init; }
}
