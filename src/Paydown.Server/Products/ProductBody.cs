using System.Security.Cryptography;
using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>
/// Makes a product from a manager's request or an operator's file. Omitted fields have the defaults of
/// <see cref="LoanProduct"/>.
/// </summary>
internal static class ProductBody
{
    /// <summary>Returns the product, or a refusal that lists everything wrong with it.</summary>
    /// <param name="body">Values already checked against <see cref="ProductFields.Definition"/>.</param>
    /// <param name="id">The product's id.</param>
    /// <param name="version">The version of this definition.</param>
    /// <param name="currency">The organisation's currency.</param>
    public static Result<LoanProduct> Read(FieldValues body, ProductId id, int version, Currency currency)
    {
        var amounts = new AmountReader(CurrencyOf(body, currency));
        return Checked(Read(body, id, version, amounts), currency, amounts);
    }

    /// <summary>The product with other questions.</summary>
    public static Result<LoanProduct> WithQuestions(LoanProduct product, FieldValues body, Currency currency) =>
        Checked(product with { Questions = ReadQuestions(body, product.Id) }, currency, new(currency));

    private static Result<LoanProduct> Checked(LoanProduct product, Currency currency, AmountReader amounts)
    {
        // An unreadable amount was replaced by a placeholder, so further errors about it would mislead.
        var errors = amounts
            .Errors.Concat(
                ProductRules
                    .Check(product, currency)
                    .Where(error => amounts.Errors.All(amount => amount.Field != error.Field))
            )
            .ToList();
        return errors.Count > 0 ? Refusals.ValidationFailed(errors) : product;
    }

    private static LoanProduct Read(FieldValues body, ProductId id, int version, AmountReader amounts)
    {
        var rate = body.Rate("interestRate");
        var range = body.ObjectOrNull("interestRateRange");
        return new()
        {
            Id = id,
            Version = version,
            Name = body.Text("name"),
            Description = body.TextOrNull("description") ?? "",
            AccountProductName = body.Text("accountProductName"),
            AmountMin = amounts.Read(body, "minimumAmount", otherwise: amounts.Least),
            AmountMax = amounts.Read(body, "maximumAmount", otherwise: amounts.Most),
            DurationMin = body.Integer("minimumDuration"),
            DurationMax = body.Integer("maximumDuration"),
            RepayEvery = body.IntegerOrNull("repayEvery") ?? 1,
            DurationUnit = WordOr(body, "durationUnit", PeriodUnit.Months),
            FirstDue = body.ObjectOrNull("firstDueDate") is { } firstDue
                ? new(firstDue.Integer("minimumDays"), firstDue.Integer("maximumDays"))
                : null,
            AnnualRatePercent = rate,
            AnnualRatePercentMin = range?.Rate("minimum") ?? rate,
            AnnualRatePercentMax = range?.Rate("maximum") ?? rate,
            Schedule = body.ObjectOrNull("schedule") is { } schedule ? ReadSchedule(schedule) : new(),
            OverduePenalty = body.ObjectOrNull("overduePenalty") is { } penalty ? ReadPenalty(penalty) : null,
            Allocation = ReadAllocation(body.Object("allocation")),
            Fees = [.. body.List("fees").Select((fee, i) => ReadFee(fee, $"fees[{i}].", amounts))],
            RepaymentMethods = [.. body.Texts("repaymentMethods").Select(Words.Read<PaymentMethod>)],
            Questions = ReadQuestions(body, id),
            Eligibility = body.ObjectOrNull("eligibility") is { } limits
                ? ReadEligibility(limits, amounts)
                : new() { MonthlyIncomeMin = amounts.None },
            OfferValidDays = body.IntegerOrNull("offerValidDays") ?? 14,
            ApprovesAutomatically = body.BooleanOr("approvesAutomatically", false),
            DisbursesAutomatically = body.BooleanOr("disbursesAutomatically", false),
            FourEyesAbove = body.Has("fourEyesAbove")
                ? amounts.Read(body, "fourEyesAbove", otherwise: amounts.Most)
                : null,
            DisbursementsMax = body.IntegerOrNull("maximumDisbursements") ?? 1,
        };
    }

    // The rules refuse any code but the organisation's, so the fraction digits do not matter.
    private static Currency CurrencyOf(FieldValues body, Currency own) =>
        body.TextOrNull("currencyCode") is { } code && code != own.Code ? Currency.Of(code, own.FractionDigits) : own;

    private static ScheduleTerms ReadSchedule(FieldValues body)
    {
        var own = new ScheduleTerms();
        return new()
        {
            ScheduleType = WordOr(body, "scheduleType", own.ScheduleType),
            InterestMethod = WordOr(body, "interestMethod", own.InterestMethod),
            InterestPeriod = WordOr(body, "interestPeriod", own.InterestPeriod),
            Amortization = WordOr(body, "amortization", own.Amortization),
            DaysInYear = WordOr(body, "daysInYear", own.DaysInYear),
            DaysInMonth = WordOr(body, "daysInMonth", own.DaysInMonth),
            MonthEnd = WordOr(body, "monthEnd", own.MonthEnd),
            InstallmentMultipleOf = body.IntegerOrNull("installmentMultipleOf"),
            PartialPeriodInterest = body.BooleanOr("partialPeriodInterest", false),
            GracePrincipal = body.IntegerOrNull("gracePrincipal") ?? 0,
            GraceInterest = body.IntegerOrNull("graceInterest") ?? 0,
            InterestFreePeriods = body.IntegerOrNull("interestFreePeriods") ?? 0,
            DownPayment = body.ObjectOrNull("downPayment") is { } down
                ? new(down.Rate("percent"), down.BooleanOr("automatic", false))
                : null,
            Recalculation = body.ObjectOrNull("recalculation") is { } recalculation
                ? ReadRecalculation(recalculation)
                : null,
        };
    }

    private static InterestRecalculation ReadRecalculation(FieldValues body) =>
        new(
            Word<PreClosure>(body, "preClosure"),
            Word<Reschedule>(body, "reschedule"),
            Word<RestFrequency>(body, "restFrequency"),
            body.IntegerOrNull("restInterval") ?? 1,
            WordOr(body, "balance", InterestBalance.Actual),
            body.BooleanOr("interestOnOverdue", true)
        );

    private static OverduePenalty ReadPenalty(FieldValues body) =>
        new(
            body.Rate("percent"),
            WordOr(body, "of", OverduePenaltyBase.PrincipalOverdue),
            body.IntegerOrNull("graceDays") ?? 0
        );

    private static AllocationPolicy ReadAllocation(FieldValues body) =>
        new()
        {
            Strategy = Word<AllocationStrategy>(body, "strategy"),
            Order = WordsOf<Component>(body, "order"),
            Due = WordsOf<Component>(body, "due"),
            InAdvance = WordsOf<Component>(body, "inAdvance"),
            Buckets =
            [
                .. body.List("buckets")
                    .Select(bucket => new Bucket(
                        Word<DueType>(bucket, "dueType"),
                        Word<Component>(bucket, "component")
                    )),
            ],
            Processing = WordOr(body, "processing", Processing.Horizontal),
            FutureRules = body.ObjectOrNull("futureRules") is { } rules ? ReadFutureRules(rules) : NoFutureRules,
            DefaultFutureRule = WordOr(body, "defaultFutureRule", FutureRule.NextInstallment),
        };

    private static Dictionary<PaymentSource, FutureRule> ReadFutureRules(FieldValues body) =>
        ProductRules
            .KindsWithFutureRule.Where(kind => body.Has(Words.Write(kind)))
            .ToDictionary(kind => kind, kind => Word<FutureRule>(body, Words.Write(kind)));

    private static readonly Dictionary<PaymentSource, FutureRule> NoFutureRules = [];

    private static ProductFee ReadFee(FieldValues fee, string path, AmountReader amounts) =>
        new(
            fee.Text("name"),
            Word<FeeKind>(fee, "kind"),
            fee.Has("amount") ? amounts.Read(fee, "amount", otherwise: amounts.Least, path) : amounts.None,
            fee.RateOrNull("percent") ?? 0,
            Word<FeeCharged>(fee, "charged")
        );

    private static EligibilityLimits ReadEligibility(FieldValues body, AmountReader amounts)
    {
        var own = new EligibilityLimits { MonthlyIncomeMin = amounts.None };
        return new()
        {
            AgeMin = body.IntegerOrNull("minimumAge") ?? own.AgeMin,
            AgeMax = body.IntegerOrNull("maximumAge") ?? own.AgeMax,
            EmploymentStatuses = body.Texts("employmentStatuses"),
            Countries = body.Texts("countries"),
            MonthlyIncomeMin = body.Has("minimumMonthlyIncome")
                ? amounts.Read(body, "minimumMonthlyIncome", otherwise: amounts.None, "eligibility.")
                : amounts.None,
        };
    }

    private static IReadOnlyList<EligibilityQuestion> ReadQuestions(FieldValues body, ProductId productId) =>
        [
            .. body.List("eligibilityQuestions")
                .Select(question => new EligibilityQuestion
                {
                    Id = question.IdOrNull<QuestionId>("questionId") ?? IdOf(productId, question.Text("question")),
                    Question = question.Text("question"),
                    Type = Word<QuestionType>(question, "type"),
                    Options = question.Texts("options"),
                    IsRequired = question.BooleanOr("required", true),
                    PassingAnswers = question.Texts("passingAnswers"),
                    PassingMin = question.RateOrNull("passingMinimum"),
                    PassingMax = question.RateOrNull("passingMaximum"),
                }),
        ];

    // The same question of the same product gets the same id, so importing a file twice changes nothing. The id is a
    // UUID of version 8 (RFC 9562), whose content is up to us.
    private static QuestionId IdOf(ProductId productId, string question)
    {
        var bytes = SHA256.HashData([
            .. productId.Value.ToByteArray(bigEndian: true),
            .. Encoding.UTF8.GetBytes(question),
        ]);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new(new Guid(bytes.AsSpan(0, 16), bigEndian: true));
    }

    private static T Word<T>(FieldValues body, string name)
        where T : struct, Enum => Words.Read<T>(body.Text(name));

    private static T WordOr<T>(FieldValues body, string name, T otherwise)
        where T : struct, Enum => body.TextOrNull(name) is { } word ? Words.Read<T>(word) : otherwise;

    private static IReadOnlyList<T> WordsOf<T>(FieldValues body, string name)
        where T : struct, Enum => [.. body.Texts(name).Select(Words.Read<T>)];

    /// <summary>Reads amounts of one currency and collects their errors.</summary>
    private sealed class AmountReader(Currency currency)
    {
        private readonly List<FieldError> errors = [];

        public IReadOnlyList<FieldError> Errors => errors;

        public Money None => Money.Zero(currency);

        public Money Least => new(1, currency);

        public Money Most => ProductRules.AmountMax(currency);

        public Money Read(FieldValues body, string name, Money otherwise, string path = "")
        {
            if (Money.TryFromMajor(body.Amount(name), currency, out var money))
                return money;
            errors.Add(
                new(
                    path + name,
                    $"must be an amount of {currency}, with at most {currency.FractionDigits} fraction digits."
                )
            );
            return otherwise;
        }
    }
}
