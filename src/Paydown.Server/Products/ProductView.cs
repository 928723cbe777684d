using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;

namespace Paydown.Server.Products;

/// <summary>
/// A product for managers, in the form that they may send back, with the author and time of this version.
/// </summary>
public sealed record ProductView
{
    /// <summary>The product's id.</summary>
    public required ProductId Id { get; init; }

    /// <summary>Counts the definitions of the product, starting with 1.</summary>
    public required int Version { get; init; }

    /// <summary>True if customers can apply for it.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>The product's name, shown to customers.</summary>
    public required string Name { get; init; }

    /// <summary>What the product is for; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The product family of its loan accounts.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>The currency of its loans, ISO 4217: always the organisation's.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The smallest loan.</summary>
    public required Money MinimumAmount { get; init; }

    /// <summary>The largest loan.</summary>
    public required Money MaximumAmount { get; init; }

    /// <summary>The smallest number of installments.</summary>
    public required int MinimumDuration { get; init; }

    /// <summary>The largest number of installments.</summary>
    public required int MaximumDuration { get; init; }

    /// <summary>The number of durationUnits between installments.</summary>
    public required int RepayEvery { get; init; }

    /// <summary>The unit of repayEvery.</summary>
    public required PeriodUnit DurationUnit { get; init; }

    /// <summary>
    /// The range of first due dates that can be agreed. Null if none can: the first installment is then due one period
    /// after payout.
    /// </summary>
    public required FirstDueDateRange? FirstDueDate { get; init; }

    /// <summary>The interest rate in percent per year, unless an officer approves another.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The rates that officers may approve, in percent per year.</summary>
    public required RateRange InterestRateRange { get; init; }

    /// <summary>How the schedule is computed.</summary>
    public required ScheduleTerms Schedule { get; init; }

    /// <summary>The penalty for an overdue installment; null if there is none.</summary>
    public required OverduePenalty? OverduePenalty { get; init; }

    /// <summary>What an installment may owe without being overdue; null: nothing.</summary>
    public required ArrearsTolerance? ArrearsTolerance { get; init; }

    /// <summary>Which debts a payment settles first.</summary>
    public required AllocationPolicy Allocation { get; init; }

    /// <summary>The fees for making the loan.</summary>
    public required IReadOnlyList<FeeView> Fees { get; init; }

    /// <summary>How the loan can be repaid.</summary>
    public required IReadOnlyList<string> RepaymentMethods { get; init; }

    /// <summary>The questions that applicants must answer.</summary>
    public required IReadOnlyList<OfficerQuestion> EligibilityQuestions { get; init; }

    /// <summary>The limits that applicants must meet.</summary>
    public required EligibilityView Eligibility { get; init; }

    /// <summary>The number of days for which an offer is valid.</summary>
    public required int OfferValidDays { get; init; }

    /// <summary>True if applications with a green score are approved without an officer.</summary>
    public required bool ApprovesAutomatically { get; init; }

    /// <summary>True if the loan is paid out when its customer accepts the terms.</summary>
    public required bool DisbursesAutomatically { get; init; }

    /// <summary>Loans above this amount need two officers; null if one always suffices.</summary>
    public required Money? FourEyesAbove { get; init; }

    /// <summary>The largest number of disbursements of one loan; above 1, it may be paid out in tranches.</summary>
    public required int MaximumDisbursements { get; init; }

    /// <summary>The user who made this version.</summary>
    public required UserId ChangedBy { get; init; }

    /// <summary>When this version was made.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The change that awaits a second manager. Absent if there is none, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>All versions, newest first; absent in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProductView>? Versions { get; init; }

    internal static ProductView Of(StoredProduct stored)
    {
        var product = stored.Product;
        return new()
        {
            Id = product.Id,
            Version = product.Version,
            IsOpen = stored.IsOpen,
            Name = product.Name,
            Description = product.Description,
            AccountProductName = product.AccountProductName,
            CurrencyCode = product.Currency.Code,
            MinimumAmount = product.AmountMin,
            MaximumAmount = product.AmountMax,
            MinimumDuration = product.DurationMin,
            MaximumDuration = product.DurationMax,
            RepayEvery = product.RepayEvery,
            DurationUnit = product.DurationUnit,
            FirstDueDate = FirstDueDateRange.Of(product),
            InterestRate = product.AnnualRatePercent,
            InterestRateRange = new(product.AnnualRatePercentMin, product.AnnualRatePercentMax),
            Schedule = product.Schedule,
            OverduePenalty = product.OverduePenalty,
            ArrearsTolerance = product.ArrearsTolerance,
            Allocation = product.Allocation,
            Fees = FeeView.Of(product),
            RepaymentMethods = [.. product.RepaymentMethods.Select(Words.Write)],
            EligibilityQuestions = [.. product.Questions.Select(OfficerQuestion.Of)],
            Eligibility = EligibilityView.Of(product),
            OfferValidDays = product.OfferValidDays,
            ApprovesAutomatically = product.ApprovesAutomatically,
            DisbursesAutomatically = product.DisbursesAutomatically,
            FourEyesAbove = product.FourEyesAbove,
            MaximumDisbursements = product.DisbursementsMax,
            ChangedBy = stored.RecordedBy,
            ChangedAt = stored.RecordedAt,
        };
    }
}

/// <summary>The range of first due dates that can be agreed, in days after payout; both ends are included.</summary>
/// <param name="MinimumDays">The fewest days after payout.</param>
/// <param name="MaximumDays">The most days after payout.</param>
public sealed record FirstDueDateRange(int MinimumDays, int MaximumDays)
{
    internal static FirstDueDateRange? Of(LoanProduct product) =>
        product.FirstDue is { } range ? new(range.DaysMin, range.DaysMax) : null;
}

/// <summary>A range of interest rates in percent per year; both ends are included.</summary>
/// <param name="Minimum">The lowest rate.</param>
/// <param name="Maximum">The highest rate.</param>
public sealed record RateRange(decimal Minimum, decimal Maximum);

/// <summary>A fee for making a loan: a fixed amount, or a percentage of the principal.</summary>
/// <param name="Name">The fee's name.</param>
/// <param name="Kind"><c>FLAT</c> for a fixed amount, <c>PERCENT</c> for a percentage of the principal.</param>
/// <param name="Amount">The amount of a FLAT fee; 0 for a PERCENT fee.</param>
/// <param name="Percent">The percentage of a PERCENT fee; 0 for a FLAT fee.</param>
/// <param name="Charged">Whether the fee is deducted from the disbursement or due with the first installment.</param>
public sealed record FeeView(string Name, FeeKind Kind, Money Amount, decimal Percent, FeeCharged Charged)
{
    internal static IReadOnlyList<FeeView> Of(LoanProduct product) =>
        [.. product.Fees.Select(fee => new FeeView(fee.Name, fee.Kind, fee.Amount, fee.Percent, fee.Charged))];
}

/// <summary>An eligibility question with its passing answers, for officers only.</summary>
/// <param name="QuestionId">The question's id.</param>
/// <param name="Question">The question, as customers see it.</param>
/// <param name="Type">The type of the answer.</param>
/// <param name="Options">The answers to choose from; empty unless type is CHOICE.</param>
/// <param name="Required">True if the question must be answered.</param>
/// <param name="PassingAnswers">The answers that pass; empty if every answer passes.</param>
/// <param name="PassingMinimum">The smallest number that passes; null if there is no lower limit.</param>
/// <param name="PassingMaximum">The largest number that passes; null if there is no upper limit.</param>
public sealed record OfficerQuestion(
    QuestionId QuestionId,
    string Question,
    QuestionType Type,
    IReadOnlyList<string> Options,
    bool Required,
    IReadOnlyList<string> PassingAnswers,
    decimal? PassingMinimum,
    decimal? PassingMaximum
)
{
    internal static OfficerQuestion Of(EligibilityQuestion question) =>
        new(
            question.Id,
            question.Question,
            question.Type,
            question.Options,
            question.IsRequired,
            question.PassingAnswers,
            question.PassingMin,
            question.PassingMax
        );
}

/// <summary>The limits that applicants must meet. An empty list admits everyone.</summary>
/// <param name="MinimumAge">The lowest age in years.</param>
/// <param name="MaximumAge">The highest age in years.</param>
/// <param name="EmploymentStatuses">The employment statuses that are admitted; empty for all.</param>
/// <param name="Countries">The countries that are admitted, as ISO 3166 alpha-3 codes; empty for all.</param>
/// <param name="MinimumMonthlyIncome">The lowest monthly income.</param>
public sealed record EligibilityView(
    int MinimumAge,
    int MaximumAge,
    IReadOnlyList<string> EmploymentStatuses,
    IReadOnlyList<string> Countries,
    Money MinimumMonthlyIncome
)
{
    internal static EligibilityView Of(LoanProduct product)
    {
        var limits = product.Eligibility;
        return new(limits.AgeMin, limits.AgeMax, limits.EmploymentStatuses, limits.Countries, limits.MonthlyIncomeMin);
    }
}
