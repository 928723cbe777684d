using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>
/// The fields of a product, as a manager sends them and as an operator's file has them. Their names are those of
/// <see cref="ProductView"/>, so that what is read can be sent back.
/// </summary>
internal static class ProductFields
{
    private const int NameMax = 100;
    private const int TextMax = 500;
    private const int NumberMax = 1_000_000_000;

    /// <summary>What a manager sends to make a product.</summary>
    public static IReadOnlyList<Field> Definition { get; } =
    [
        Field.Text("name", "As customers read it.", 1, NameMax) with
        {
            Example = "Salary Loan",
        },
        Field.Text("description", "For whom, for what.", 0, 1000).Optional() with
        {
            Example = "For people with a salary.",
        },
        Field.Text("accountProductName", "The family that its loan accounts belong to.", 1, NameMax) with
        {
            Example = "Consumer Loans",
        },
        Field
            .Text("currencyCode", "ISO 4217; that of the organisation, also if it is left out.", 3, 3)
            .Matching("^[A-Z]{3}$", "a currency code of three capital letters")
            .NotReset() with
        {
            Example = "NGN",
        },
        Field.Amount("minimumAmount", "The smallest loan; more than 0.") with
        {
            Example = 10_000,
        },
        Field.Amount("maximumAmount", "The largest loan.") with
        {
            Example = 1_000_000,
        },
        Field.Integer("minimumDuration", "The fewest installments.", 1, ProductRules.DurationMax) with
        {
            Example = 3,
        },
        Field.Integer("maximumDuration", "The most installments.", 1, ProductRules.DurationMax) with
        {
            Example = 24,
        },
        Field
            .Integer("repayEvery", "An installment falls due every so many durationUnits; absent: 1.", 1, 366)
            .Optional(),
        OneOf<PeriodUnit>("durationUnit", "What durations are counted in; absent: MONTHS.").Optional() with
        {
            Example = "MONTHS",
        },
        Field
            .Object(
                "firstDueDate",
                "Which first due dates can be agreed; absent: none, it is one period after payout.",
                Field.Integer("minimumDays", "Fewest days after payout.", 1, ProductRules.FirstDueDaysMax) with
                {
                    Example = 5,
                },
                Field.Integer("maximumDays", "Most days after payout.", 1, ProductRules.FirstDueDaysMax) with
                {
                    Example = 45,
                }
            )
            .Optional()
            .NotInExamples(),
        Field.Rate(
            "interestRate",
            "Percent a year, where an officer approves no other.",
            0,
            ProductRules.RatePercentMax
        ) with
        {
            Example = 24,
        },
        Field
            .Object(
                "interestRateRange",
                "What officers may approve, in percent a year; absent: interestRate only.",
                Field.Rate("minimum", "At most interestRate.", 0, ProductRules.RatePercentMax) with
                {
                    Example = 18,
                },
                Field.Rate("maximum", "At least interestRate.", 0, ProductRules.RatePercentMax) with
                {
                    Example = 30,
                }
            )
            .Optional(),
        Field.Object("schedule", "How the schedule is reckoned.", Schedule).Optional(),
        Field
            .Object(
                "overduePenalty",
                "What an installment costs that stays unpaid, once; absent: nothing.",
                Field.Rate("percent", "Of what is overdue; more than 0.", 0, 100) with
                {
                    Example = 1,
                },
                OneOf<OverduePenaltyBase>("of", "Absent: PRINCIPAL_OVERDUE.").Optional(),
                Field.Integer("graceDays", "Days after the due date without it; absent: 0.", 0, 365).Optional() with
                {
                    Example = 3,
                }
            )
            .Optional(),
        Field.Object("allocation", "Which debts a payment settles first.", Allocation),
        Field.List("fees", "Fees for making the loan.", ProductRules.FeesMax, Fee).Optional(),
        Field
            .Values(
                "repaymentMethods",
                "How it can be paid back; at least one.",
                Words.All<PaymentMethod>().Count,
                Field.OneOf("method", "", Words.All<PaymentMethod>())
            )
            .AsSet() with
        {
            Example = new[] { "BANK_TRANSFER" },
        },
        Questions.Optional(),
        Field.Object("eligibility", "Who may have it.", Eligibility).Optional(),
        Field
            .Integer("offerValidDays", "Days for which an offer stands; absent: 14.", 1, ProductRules.OfferDaysMax)
            .Optional() with
        {
            Example = 14,
        },
        Field
            .Boolean("approvesAutomatically", "Whether a green score is approved by the rules; absent: false.")
            .Optional() with
        {
            Example = false,
        },
        Field
            .Boolean("disbursesAutomatically", "Whether accepting the terms pays out at once; absent: false.")
            .Optional() with
        {
            Example = false,
        },
        Field.Amount("fourEyesAbove", "Larger loans need two officers; absent: one always suffices.").Optional(),
        Field
            .Integer("maximumDisbursements", "More than 1: in tranches; absent: 1.", 1, ProductRules.DisbursementsMax)
            .Optional(),
        Field
            .Boolean("isOpen", "Whether customers can apply for it; absent: a new one is open, another stays as it is.")
            .NotReset(),
    ];

    /// <summary>What <see cref="ProductView"/> shows besides, and nobody can change.</summary>
    public static IReadOnlyList<Field> Fixed { get; } =
    [
        Field.Fixed("id"),
        Field.Shown("changedBy"),
        Field.Shown("changedAt"),
        Field.Shown("versions"),
        Field.Shown("awaitedApproval"),
    ];

    /// <summary>The version that a change is based on.</summary>
    public static Field Version { get; } =
        Field.Integer(
            "version",
            "The version that the change is based on: refused if it is no longer the current one.",
            1,
            int.MaxValue
        );

    /// <summary>The questions of a product.</summary>
    public static Field Questions =>
        Field.List(
            "eligibilityQuestions",
            "What who applies is asked.",
            ProductRules.QuestionsMax,
            Field
                .Id("questionId", "Absent: made of the question, so that the same question keeps its id.")
                .NotReset() with
            {
                Example = "0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f",
            },
            Field.Text("question", "As customers read it.", 1, TextMax) with
            {
                Example = "Are you in paid work?",
            },
            OneOf<QuestionType>("type", "How it is answered."),
            Texts("options", "The answers to choose from; for CHOICE only.", ProductRules.OptionsMax).NotReset() with
            {
                Example = Array.Empty<string>(),
            },
            Field.Boolean("required", "Whether it must be answered; absent: true.").Optional(),
            Texts("passingAnswers", "Those that pass; none: all do. For YES_NO and CHOICE.", ProductRules.OptionsMax)
                .AsSet() with
            {
                Example = new[] { "YES" },
            },
            Limit("passingMinimum", "Of a NUMBER: the least that passes."),
            Limit("passingMaximum", "Of a NUMBER: the most that passes.")
        );

    private static IReadOnlyList<Field> Schedule =>
        [
            OneOf<ScheduleType>("scheduleType", "Absent: CUMULATIVE.").Optional(),
            OneOf<InterestMethod>("interestMethod", "Absent: DECLINING_BALANCE.").Optional() with
            {
                Example = "DECLINING_BALANCE",
            },
            OneOf<InterestPeriod>("interestPeriod", "Absent: SAME_AS_REPAYMENT_PERIOD.").Optional(),
            OneOf<Amortization>("amortization", "Absent: EQUAL_INSTALLMENTS.").Optional(),
            OneOf<DaysInYear>(
                    "daysInYear",
                    "The days of a year, over which days and weeks count; a month is a twelfth. Absent: ACTUAL."
                )
                .Optional(),
            OneOf<DaysInMonth>(
                    "daysInMonth",
                    "DAYS30: each month has 30 days, whatever the calendar has. Absent: ACTUAL."
                )
                .Optional(),
            OneOf<MonthEnd>("monthEnd", "Where a due date goes whose day the month lacks. Absent: CLAMP_TO_LAST_DAY.")
                .Optional(),
            Field
                .Integer(
                    "installmentMultipleOf",
                    "Rounds installments to so many major units, unless that would leave one without principal.",
                    1,
                    1_000_000
                )
                .Optional(),
            Field
                .Boolean("partialPeriodInterest", "Whether a broken period counts its days; absent: false.")
                .Optional() with
            {
                Example = false,
            },
            Field
                .Integer("gracePrincipal", "Installments at the start without principal; absent: 0.", 0, 599)
                .Optional() with
            {
                Example = 0,
            },
            Field
                .Integer(
                    "graceInterest",
                    "Installments at the start whose interest falls due later; absent: 0.",
                    0,
                    599
                )
                .Optional() with
            {
                Example = 0,
            },
            Field
                .Integer("interestFreePeriods", "Periods at the start that bear no interest; absent: 0.", 0, 599)
                .Optional() with
            {
                Example = 0,
            },
            Field
                .Object(
                    "downPayment",
                    "A share of each disbursement, due on its day.",
                    Field.Rate("percent", "Of the principal; more than 0, less than 100.", 0, 100) with
                    {
                        Example = 10,
                    },
                    Field.Boolean("automatic", "Whether it is kept back at disbursement; absent: false.").Optional()
                )
                .Optional(),
            Field
                .Object(
                    "recalculation",
                    "Interest accrues on what is really outstanding.",
                    OneOf<PreClosure>("preClosure", "Till when it runs where the loan is closed early."),
                    OneOf<Reschedule>("reschedule", "What an early payment does to the installments.") with
                    {
                        Example = "ADJUST_LAST_UNPAID_PERIOD",
                    },
                    OneOf<RestFrequency>("restFrequency", "On which days payments are taken notice of.") with
                    {
                        Example = "DAILY",
                    },
                    Field.Integer("restInterval", "On every how manieth of them; absent: 1.", 1, 365).Optional(),
                    OneOf<InterestBalance>(
                            "balance",
                            "On which balance a CUMULATIVE schedule bears interest after an early payment. ACTUAL: on what is "
                                + "really outstanding each day. PLANNED: on the planned balance less what was paid early, as Apache "
                                + "Fineract does. Absent: ACTUAL."
                        )
                        .Optional(),
                    Field
                        .Boolean("interestOnOverdue", "Whether overdue principal bears interest on; absent: true.")
                        .Optional()
                )
                .Optional(),
        ];

    private static IReadOnlyList<Field> Allocation =>
        [
            OneOf<AllocationStrategy>("strategy", "How payments are allocated."),
            Components("order", "For OLDEST_FIRST: the four components in order.") with
            {
                Example = new[] { "PENALTY", "FEE", "INTEREST", "PRINCIPAL" },
            },
            Components("due", "For DUE_THEN_IN_ADVANCE: the order of what is due.") with
            {
                Example = Array.Empty<string>(),
            },
            Components("inAdvance", "For DUE_THEN_IN_ADVANCE: the order in advance.") with
            {
                Example = Array.Empty<string>(),
            },
            Field
                .List(
                    "buckets",
                    "For ADVANCED: each pair once, in order.",
                    12,
                    OneOf<DueType>("dueType", "When it falls due."),
                    OneOf<Component>("component", "What it is.")
                )
                .NotReset() with
            {
                Example = Array.Empty<string>(),
            },
            OneOf<Processing>("processing", "For ADVANCED. Absent: HORIZONTAL.").Optional(),
            Field
                .Object(
                    "futureRules",
                    "For ADVANCED: where money for the future goes, by kind of transaction.",
                    [
                        .. ProductRules.KindsWithFutureRule.Select(kind =>
                            OneOf<FutureRule>(Words.Write(kind), "").NotReset()
                        ),
                    ]
                )
                .Optional() with
            {
                Example = new { },
            },
            OneOf<FutureRule>("defaultFutureRule", "For ADVANCED, of the other kinds. Absent: NEXT_INSTALLMENT.")
                .Optional(),
        ];

    private static IReadOnlyList<Field> Fee =>
        [
            Field.Text("name", "As customers read it.", 1, NameMax) with
            {
                Example = "Processing fee",
            },
            OneOf<FeeKind>("kind", "An amount, or a percentage of the principal.") with
            {
                Example = "PERCENT",
            },
            Field.Amount("amount", "Of a FLAT fee.").NotReset().FromZero() with
            {
                Example = 0,
            },
            Field.Rate("percent", "Of a PERCENT fee.", 0, 100).NotReset() with
            {
                Example = 1,
            },
            OneOf<FeeCharged>("charged", "Kept back from what is paid out, or owed with the first installment."),
        ];

    private static IReadOnlyList<Field> Eligibility =>
        [
            Field.Integer("minimumAge", "Years; absent: 18.", ProductRules.AgeMin, ProductRules.AgeMax).Optional(),
            Field.Integer("maximumAge", "Years; absent: 70.", ProductRules.AgeMin, ProductRules.AgeMax).Optional() with
            {
                Example = 70,
            },
            Field
                .Values(
                    "employmentStatuses",
                    "None: all.",
                    ProductRules.EmploymentStatuses.Count,
                    Field.OneOf("status", "", ProductRules.EmploymentStatuses)
                )
                .AsSet()
                .Optional() with
            {
                Example = new[] { "EMPLOYED" },
            },
            Field
                .Values(
                    "countries",
                    "ISO 3166 codes of three letters; none: all.",
                    ProductRules.CountriesMax,
                    Field.Text("country", "", 3, 3).Matching("^[A-Z]{3}$", "three capital letters")
                )
                .AsSet()
                .Optional() with
            {
                Example = new[] { "NGA" },
            },
            Field.Amount("minimumMonthlyIncome", "Absent: 0.").Optional().FromZero() with
            {
                Example = 50_000,
            },
        ];

    private static Field OneOf<T>(string name, string description)
        where T : struct, Enum => Field.OneOf(name, description, [.. Enum.GetValues<T>().Select(Words.Write)]);

    private static Field Components(string name, string description) =>
        Field.Values(name, description, 4, OneOf<Component>("component", "")).NotReset();

    private static Field Texts(string name, string description, int max) =>
        Field.Values(name, description, max, Field.Text("text", "", 1, TextMax)).Optional();

    private static Field Limit(string name, string description) =>
        Field.Rate(name, description, -NumberMax, NumberMax).Optional().NotInExamples();
}
