using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Products;

/// <summary>
/// The rules that a product must meet before it can be lent: every field within its limits, no combination that cannot
/// work, and nothing that would be ignored. All errors are returned at once, by the names of the wire.
/// </summary>
public static class ProductRules
{
    // Far above any loan, and far below what arithmetic holds.
    private const long MinorUnitsMax = 100_000_000_000_000;

    public const int DurationMax = 600;
    public const int TermYearsMax = 50;

    /// <summary>Most days from payout to a first due date that is agreed.</summary>
    public const int FirstDueDaysMax = 366;

    public const int RatePercentMax = 1_000;
    public const int RateDigitsMax = 6;
    public const int TolerancePercentMax = 50;
    public const int FeesMax = 20;
    public const int OfferDaysMax = 90;
    public const int DisbursementsMax = 50;
    public const int AgeMin = 18;
    public const int AgeMax = 120;
    public const int CountriesMax = 250;
    public const int QuestionsMax = 50;
    public const int OptionsMin = 2;
    public const int OptionsMax = 50;

    /// <summary>What somebody can live on.</summary>
    public static IReadOnlyList<string> EmploymentStatuses { get; } =
    ["EMPLOYED", "SELF_EMPLOYED", "UNEMPLOYED", "STUDENT", "RETIRED"];

    /// <summary>The kinds of transaction that can have a rule of their own for money for the future.</summary>
    public static IReadOnlyList<PaymentSource> KindsWithFutureRule { get; } =
    [
        PaymentSource.Repayment,
        PaymentSource.DownPayment,
        PaymentSource.GoodwillCredit,
        PaymentSource.MerchantIssuedRefund,
        PaymentSource.PayoutRefund,
    ];

    /// <summary>The largest amount that a product may name.</summary>
    public static Money AmountMax(Currency currency) => new(MinorUnitsMax, currency);

    /// <summary>Everything that is wrong with a product; empty if loans can be made of it.</summary>
    /// <param name="product">As it would be offered.</param>
    /// <param name="currency">Of the organisation, whose books and wallets are in it.</param>
    public static IReadOnlyList<FieldError> Check(LoanProduct product, Currency currency)
    {
        var errors = new ProductErrors();
        errors.Unless(
            product.Currency == currency,
            "currencyCode",
            $"must be {currency}, the currency of the organisation."
        );
        CheckAmounts(product, errors);
        CheckDurations(product, errors);
        CheckRates(product, errors);
        ScheduleTermsRules.Check(product, errors);
        CheckFirstDue(product, errors);
        OverdueRules.Check(product, errors);
        AllocationPolicyRules.Check(product, errors);
        CheckFees(product, errors);
        errors.CheckDistinct(product.RepaymentMethods.Select(Words.Write), "repaymentMethods", "word");
        errors.Unless(product.RepaymentMethods.Count > 0, "repaymentMethods", "must name at least one.");
        QuestionRules.Check(product.Questions, errors);
        CheckEligibility(product.Eligibility, errors);
        CheckDecisions(product, errors);
        // Last, because the errors above would only be repeated.
        if (errors.All.Count == 0)
            ProductTrial.Check(product, errors);
        return errors.All;
    }

    private static void CheckAmounts(LoanProduct product, ProductErrors errors)
    {
        var most = AmountMax(product.Currency);
        errors.Unless(IsWithinBounds(product.AmountMin), "minimumAmount", $"must be more than 0 and at most {most}.");
        errors.Unless(IsWithinBounds(product.AmountMax), "maximumAmount", $"must be more than 0 and at most {most}.");
        errors.Unless(product.AmountMax >= product.AmountMin, "maximumAmount", "must be at least minimumAmount.");
    }

    private static void CheckDurations(LoanProduct product, ProductErrors errors)
    {
        errors.CheckRange(product.DurationMin, 1, DurationMax, "minimumDuration");
        errors.CheckRange(product.DurationMax, 1, DurationMax, "maximumDuration");
        errors.Unless(
            product.DurationMax >= product.DurationMin,
            "maximumDuration",
            "must be at least minimumDuration."
        );
        var (perYear, unit) = product.DurationUnit switch
        {
            PeriodUnit.Days => (366, "days"),
            PeriodUnit.Weeks => (53, "weeks"),
            PeriodUnit.Months => (12, "months"),
            _ => (1, "years"),
        };
        errors.CheckRange(product.RepayEvery, 1, perYear, "repayEvery");
        errors.Unless(
            (long)product.DurationMax * product.RepayEvery <= TermYearsMax * perYear,
            "maximumDuration",
            $"must end within {TermYearsMax} years: maximumDuration × repayEvery is at most "
                + $"{TermYearsMax * perYear} {unit}."
        );
    }

    private static void CheckRates(LoanProduct product, ProductErrors errors)
    {
        var (least, most) = (product.AnnualRatePercentMin, product.AnnualRatePercentMax);
        errors.CheckPercent(product.AnnualRatePercent, 0, RatePercentMax, "interestRate");
        errors.CheckPercent(least, 0, RatePercentMax, "interestRateRange.minimum");
        errors.CheckPercent(most, 0, RatePercentMax, "interestRateRange.maximum");
        errors.Unless(
            least <= product.AnnualRatePercent && product.AnnualRatePercent <= most,
            "interestRateRange",
            $"must contain interestRate, {product.AnnualRatePercent}: minimum at most that, maximum at least that."
        );
    }

    private static void CheckFees(LoanProduct product, ProductErrors errors)
    {
        errors.Unless(product.Fees.Count <= FeesMax, "fees", $"must be at most {FeesMax}.");
        errors.CheckDistinct(product.Fees.Select(fee => fee.Name), "fees", "name");
        for (var i = 0; i < product.Fees.Count; i++)
            CheckFee(product, product.Fees[i], $"fees[{i}]", errors);
        if (!IsWithinBounds(product.AmountMin) || !product.Fees.All(IsWithinBounds))
            return;
        var deducted = product.Fees.Where(fee => fee.Charged == FeeCharged.Deducted);
        var kept = Money.Sum(deducted.Select(fee => ProductTerms.AmountOf(fee, product.AmountMin)), product.Currency);
        errors.Unless(
            kept < product.AmountMin,
            "fees",
            "that are deducted leave nothing of minimumAmount to pay out: together they must be less than that."
        );
    }

    // Interest of a first period of another length counts its days, or the customer would pay for days without a loan.
    private static void CheckFirstDue(LoanProduct product, ProductErrors errors)
    {
        if (product.FirstDue is not { } range)
            return;
        errors.CheckRange(range.DaysMin, 1, FirstDueDaysMax, "firstDueDate.minimumDays");
        errors.CheckRange(range.DaysMax, 1, FirstDueDaysMax, "firstDueDate.maximumDays");
        errors.Unless(range.DaysMax >= range.DaysMin, "firstDueDate.maximumDays", "must be at least minimumDays.");
        var schedule = product.Schedule;
        errors.Unless(
            schedule.ScheduleType == ScheduleType.Progressive
                || schedule.InterestPeriod == InterestPeriod.Daily
                || schedule.PartialPeriodInterest,
            "firstDueDate",
            "needs a schedule that counts the days of the first period: PROGRESSIVE, interestPeriod DAILY, or "
                + "partialPeriodInterest."
        );
    }

    internal static bool IsWithinBounds(ProductFee fee) =>
        fee.Percent is >= 0 and <= 100 && IsZeroOrWithinBounds(fee.Amount);

    internal static bool IsWithinBounds(Money amount) => amount.IsPositive && IsZeroOrWithinBounds(amount);

    private static bool IsZeroOrWithinBounds(Money amount) => amount.MinorUnits is >= 0 and <= MinorUnitsMax;

    private static void CheckFee(LoanProduct product, ProductFee fee, string path, ProductErrors errors)
    {
        if (fee.Kind == FeeKind.Flat)
        {
            errors.Unless(
                IsWithinBounds(fee.Amount) && fee.Amount <= product.AmountMax,
                $"{path}.amount",
                "of a FLAT fee must be more than 0 and at most maximumAmount."
            );
            errors.Unless(fee.Percent == 0, $"{path}.percent", "is for a PERCENT fee; a FLAT fee has an amount.");
            return;
        }

        errors.CheckShare(fee.Percent, $"{path}.percent");
        errors.Unless(fee.Amount.IsZero, $"{path}.amount", "is for a FLAT fee; a PERCENT fee has a percent.");
    }

    private static void CheckEligibility(EligibilityLimits limits, ProductErrors errors)
    {
        errors.CheckRange(limits.AgeMin, AgeMin, AgeMax, "eligibility.minimumAge");
        errors.CheckRange(limits.AgeMax, AgeMin, AgeMax, "eligibility.maximumAge");
        errors.Unless(limits.AgeMax >= limits.AgeMin, "eligibility.maximumAge", "must be at least minimumAge.");
        errors.CheckChoice(limits.EmploymentStatuses, EmploymentStatuses, "eligibility.employmentStatuses");
        errors.CheckDistinct(limits.Countries, "eligibility.countries", "country");
        errors.Unless(
            limits.Countries.All(code => code.Length == 3 && code.All(char.IsAsciiLetterUpper)),
            "eligibility.countries",
            "must be ISO 3166 codes of three capital letters, such as NGA."
        );
        errors.Unless(
            IsZeroOrWithinBounds(limits.MonthlyIncomeMin),
            "eligibility.minimumMonthlyIncome",
            "must be 0 or more."
        );
    }

    // Who decides, and what is paid out when.
    private static void CheckDecisions(LoanProduct product, ProductErrors errors)
    {
        errors.CheckRange(product.OfferValidDays, 1, OfferDaysMax, "offerValidDays");
        errors.CheckRange(product.DisbursementsMax, 1, DisbursementsMax, "maximumDisbursements");
        errors.Unless(
            product.FourEyesAbove is not { } above || IsWithinBounds(above),
            "fourEyesAbove",
            "must be more than 0; leave it out if one officer always suffices."
        );
        errors.Unless(
            !product.ApprovesAutomatically || !(product.FourEyesAbove < product.AmountMax),
            "approvesAutomatically",
            "would let the rules alone approve what needs two officers: take it back, or fourEyesAbove, or lower "
                + "maximumAmount to it."
        );
        if (product.DisbursementsMax <= 1)
            return;
        errors.Unless(
            !product.DisbursesAutomatically,
            "disbursesAutomatically",
            "pays out all at once, but maximumDisbursements allows several: of these an officer says how much."
        );
        errors.Unless(
            product.Schedule is not { Recalculation: not null, ScheduleType: ScheduleType.Cumulative },
            "maximumDisbursements",
            "must be 1 if a CUMULATIVE schedule recalculates interest; PROGRESSIVE can do both."
        );
    }
}
