using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;

namespace Paydown.Server.Products;

/// <summary>A product as managers see it: what they may send back, and who made this version when.</summary>
public sealed record ProductView
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required bool IsOpen { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string AccountProductName { get; init; }

    public required string CurrencyCode { get; init; }

    public required Money MinimumAmount { get; init; }

    public required Money MaximumAmount { get; init; }

    public required int MinimumDuration { get; init; }

    public required int MaximumDuration { get; init; }

    public required int RepayEvery { get; init; }

    public required PeriodUnit DurationUnit { get; init; }

    /// <summary>Which first due dates can be agreed; null: none, it is one period after payout.</summary>
    public required FirstDueDateRange? FirstDueDate { get; init; }

    public required decimal InterestRate { get; init; }

    public required RateRange InterestRateRange { get; init; }

    public required ScheduleTerms Schedule { get; init; }

    public required OverduePenalty? OverduePenalty { get; init; }

    public required AllocationPolicy Allocation { get; init; }

    public required IReadOnlyList<FeeView> Fees { get; init; }

    public required IReadOnlyList<string> RepaymentMethods { get; init; }

    public required IReadOnlyList<OfficerQuestion> EligibilityQuestions { get; init; }

    public required EligibilityView Eligibility { get; init; }

    public required int OfferValidDays { get; init; }

    public required bool ApprovesAutomatically { get; init; }

    public required bool DisbursesAutomatically { get; init; }

    public required Money? FourEyesAbove { get; init; }

    public required int MaximumDisbursements { get; init; }

    public required Guid ChangedBy { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The change that waits for a second manager; absent: none does, or many products are listed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>All versions, newest first; only where one product is asked for.</summary>
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
            MinimumAmount = new(product.AmountMinMinor, product.Currency),
            MaximumAmount = new(product.AmountMaxMinor, product.Currency),
            MinimumDuration = product.DurationMin,
            MaximumDuration = product.DurationMax,
            RepayEvery = product.RepayEvery,
            DurationUnit = product.DurationUnit,
            FirstDueDate = FirstDueDateRange.Of(product),
            InterestRate = product.AnnualRatePercent,
            InterestRateRange = new(product.AnnualRatePercentMin, product.AnnualRatePercentMax),
            Schedule = product.Schedule,
            OverduePenalty = product.OverduePenalty,
            Allocation = product.Allocation,
            Fees = FeeView.Of(product),
            RepaymentMethods = [.. product.RepaymentMethods.Select(Words.Write)],
            EligibilityQuestions = [.. product.Questions.Select(OfficerQuestion.Of)],
            Eligibility = EligibilityView.Of(product),
            OfferValidDays = product.OfferValidDays,
            ApprovesAutomatically = product.ApprovesAutomatically,
            DisbursesAutomatically = product.DisbursesAutomatically,
            FourEyesAbove = product.FourEyesAboveMinor is { } above ? new(above, product.Currency) : null,
            MaximumDisbursements = product.DisbursementsMax,
            ChangedBy = stored.RecordedBy,
            ChangedAt = stored.RecordedAt,
        };
    }
}

/// <summary>Days from payout to a first due date that is agreed; both included.</summary>
public sealed record FirstDueDateRange(int MinimumDays, int MaximumDays)
{
    internal static FirstDueDateRange? Of(LoanProduct product) =>
        product.FirstDue is { } range ? new(range.DaysMin, range.DaysMax) : null;
}

/// <summary>Percent a year; both included.</summary>
public sealed record RateRange(decimal Minimum, decimal Maximum);

/// <summary>A fee: an amount where it is flat, a percentage of the principal where it is not.</summary>
public sealed record FeeView(string Name, FeeKind Kind, Money Amount, decimal Percent, FeeCharged Charged)
{
    internal static IReadOnlyList<FeeView> Of(LoanProduct product) =>
        [
            .. product.Fees.Select(fee => new FeeView(
                fee.Name,
                fee.Kind,
                new(fee.AmountMinor, product.Currency),
                fee.Percent,
                fee.Charged
            )),
        ];
}

/// <summary>A question with the answers that pass; for officers only.</summary>
public sealed record OfficerQuestion(
    Guid QuestionId,
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

/// <summary>Who may have a product; an empty list leaves nobody out.</summary>
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
        return new(
            limits.AgeMin,
            limits.AgeMax,
            limits.EmploymentStatuses,
            limits.Countries,
            new(limits.MonthlyIncomeMinMinor, product.Currency)
        );
    }
}
