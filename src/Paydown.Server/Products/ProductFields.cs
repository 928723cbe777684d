using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>
/// The fields of a product, in a manager's request and in an operator's file. They have the names of
/// <see cref="ProductView"/>, so what was read can be sent back.
/// </summary>
internal static class ProductFields
{
    private const int NameMax = 100;
    private const int TextMax = 500;
    private const int NumberMax = 1_000_000_000;

    /// <summary>The fields that define a product.</summary>
    public static IReadOnlyList<Field> Definition { get; } =
    [
        Field.Text("name", "The name, shown to customers.", 1, NameMax) with
        {
            Example = "Salary Loan",
        },
        Field.Text("description", "What the product is for.", 0, 1000).Optional() with
        {
            Example = "For people with a salary.",
        },
        Field.Text("accountProductName", "The product family of its loan accounts.", 1, NameMax) with
        {
            Example = "Consumer Loans",
        },
        Field
            .Text("currencyCode", "ISO 4217; must be the organisation's. Absent: the organisation's.", 3, 3)
            .Matching("^[A-Z]{3}$", "a currency code of three capital letters")
            .NotReset() with
        {
            Example = "NGN",
        },
        Field.Amount("minimumAmount", "The smallest loan: more than 0.") with
        {
            Example = 10_000,
        },
        Field.Amount("maximumAmount", "The largest loan.") with
        {
            Example = 1_000_000,
        },
        Field.Integer("minimumDuration", "The smallest number of installments.", 1, ProductRules.DurationMax) with
        {
            Example = 3,
        },
        Field.Integer("maximumDuration", "The largest number of installments.", 1, ProductRules.DurationMax) with
        {
            Example = 24,
        },
        Field.Integer("repayEvery", "The number of durationUnits between installments. Absent: 1.", 1, 366).Optional(),
        OneOf<PeriodUnit>("durationUnit", "The unit of repayEvery. Absent: MONTHS.").Optional() with
        {
            Example = "MONTHS",
        },
        Field
            .Object(
                "firstDueDate",
                "The range of first due dates that can be agreed. Absent: none, the first installment is due "
                    + "one period after payout.",
                Field.Integer("minimumDays", "The fewest days after payout.", 1, ProductRules.FirstDueDaysMax) with
                {
                    Example = 5,
                },
                Field.Integer("maximumDays", "The most days after payout.", 1, ProductRules.FirstDueDaysMax) with
                {
                    Example = 45,
                }
            )
            .Optional()
            .NotInExamples(),
        Field.Rate(
            "interestRate",
            "The interest rate in percent per year, unless an officer approves another.",
            0,
            ProductRules.RatePercentMax
        ) with
        {
            Example = 24,
        },
        Field
            .Object(
                "interestRateRange",
                "The rates that officers may approve, in percent per year. Absent: interestRate only.",
                Field.Rate("minimum", "The lowest rate: at most interestRate.", 0, ProductRules.RatePercentMax) with
                {
                    Example = 18,
                },
                Field.Rate("maximum", "The highest rate: at least interestRate.", 0, ProductRules.RatePercentMax) with
                {
                    Example = 30,
                }
            )
            .Optional(),
        Field.Object("schedule", "How the schedule is computed.", Schedule).Optional(),
        Field
            .Object(
                "overduePenalty",
                "The penalty for an overdue installment, charged once per installment. Absent: none.",
                Field.Rate("percent", "Percent of the overdue amount: more than 0.", 0, 100) with
                {
                    Example = 1,
                },
                OneOf<OverduePenaltyBase>("of", "The amount that the percentage applies to. Absent: PRINCIPAL_OVERDUE.")
                    .Optional(),
                Field
                    .Integer("graceDays", "Days after the due date before the penalty is charged. Absent: 0.", 0, 365)
                    .Optional() with
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
                "How the loan can be repaid; at least one method.",
                ProductRules.RepaymentMethods.Count,
                Field.OneOf("method", "", ProductRules.RepaymentMethods)
            )
            .AsSet() with
        {
            Example = new[] { "BANK_TRANSFER" },
        },
        Questions.Optional(),
        Field.Object("eligibility", "The limits that applicants must meet.", Eligibility).Optional(),
        Field
            .Integer(
                "offerValidDays",
                "The number of days for which an offer is valid. Absent: 14.",
                1,
                ProductRules.OfferDaysMax
            )
            .Optional() with
        {
            Example = 14,
        },
        Field
            .Boolean(
                "approvesAutomatically",
                "Whether applications with a green score are approved without an officer. Absent: false."
            )
            .Optional() with
        {
            Example = false,
        },
        Field
            .Boolean(
                "disbursesAutomatically",
                "Whether the loan is paid out when its customer accepts the terms. Absent: false."
            )
            .Optional() with
        {
            Example = false,
        },
        Field
            .Amount("fourEyesAbove", "Loans above this amount need two officers. Absent: one officer always suffices.")
            .Optional(),
        Field
            .Integer(
                "maximumDisbursements",
                "The largest number of disbursements of one loan; above 1, it may be paid out in tranches. Absent: "
                    + "1.",
                1,
                ProductRules.DisbursementsMax
            )
            .Optional(),
        Field
            .Boolean(
                "isOpen",
                "Whether customers can apply for it. Absent: a new product is open, an existing one keeps its "
                    + "state."
            )
            .NotReset(),
    ];

    /// <summary>The fields that <see cref="ProductView"/> adds and nobody can change.</summary>
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
            "The version that the change is based on. Refused if it is not the current one.",
            1,
            int.MaxValue
        );

    /// <summary>The eligibility questions of a product.</summary>
    public static Field Questions =>
        Field.List(
            "eligibilityQuestions",
            "The questions that applicants must answer.",
            ProductRules.QuestionsMax,
            Field
                .Id(
                    "questionId",
                    "The question's id. Absent: derived from the text, so the same question keeps its id."
                )
                .NotReset() with
            {
                Example = "0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f",
            },
            Field.Text("question", "The name, shown to customers.", 1, TextMax) with
            {
                Example = "Are you in paid work?",
            },
            OneOf<QuestionType>("type", "The type of the answer."),
            Texts("options", "The answers to choose from. For CHOICE only.", ProductRules.OptionsMax).NotReset() with
            {
                Example = Array.Empty<string>(),
            },
            Field.Boolean("required", "Whether the question must be answered. Absent: true.").Optional(),
            Texts(
                    "passingAnswers",
                    "The answers that pass; empty if every answer passes. For YES_NO and CHOICE.",
                    ProductRules.OptionsMax
                )
                .AsSet() with
            {
                Example = new[] { "YES" },
            },
            Limit("passingMinimum", "The smallest number that passes. For NUMBER."),
            Limit("passingMaximum", "The largest number that passes. For NUMBER.")
        );

    private static IReadOnlyList<Field> Schedule =>
        [
            OneOf<ScheduleType>(
                    "scheduleType",
                    "How the schedule is computed; docs/figures.md explains both ways. Absent: CUMULATIVE."
                )
                .Optional(),
            OneOf<InterestMethod>(
                    "interestMethod",
                    "Whether interest is charged on the outstanding principal (DECLINING_BALANCE) or on the original "
                        + "principal (FLAT). Absent: DECLINING_BALANCE."
                )
                .Optional() with
            {
                Example = "DECLINING_BALANCE",
            },
            OneOf<InterestPeriod>(
                    "interestPeriod",
                    "Whether interest is computed per day or per repayment period. Absent: SAME_AS_REPAYMENT_PERIOD."
                )
                .Optional(),
            OneOf<Amortization>(
                    "amortization",
                    "Whether installments or their principal are equal. Absent: EQUAL_INSTALLMENTS."
                )
                .Optional(),
            OneOf<DaysInYear>(
                    "daysInYear",
                    "The number of days in a year, for interest by days or weeks; a month is always a twelfth. "
                        + "Absent: ACTUAL."
                )
                .Optional(),
            OneOf<DaysInMonth>(
                    "daysInMonth",
                    "DAYS30 counts 30 days in every month; ACTUAL counts calendar days. Absent: ACTUAL."
                )
                .Optional(),
            OneOf<MonthEnd>(
                    "monthEnd",
                    "Which day replaces a due date that the month does not have. Absent: CLAMP_TO_LAST_DAY."
                )
                .Optional(),
            Field
                .Integer(
                    "installmentMultipleOf",
                    "Rounds installments to a multiple of this many major units, unless that would leave an "
                        + "installment without principal.",
                    1,
                    1_000_000
                )
                .Optional(),
            Field
                .Boolean(
                    "partialPeriodInterest",
                    "Whether interest for a partial period is charged by days. Absent: false."
                )
                .Optional() with
            {
                Example = false,
            },
            Field
                .Integer("gracePrincipal", "The number of first installments without principal. Absent: 0.", 0, 599)
                .Optional() with
            {
                Example = 0,
            },
            Field
                .Integer(
                    "graceInterest",
                    "The number of first installments whose interest falls due later. Absent: 0.",
                    0,
                    599
                )
                .Optional() with
            {
                Example = 0,
            },
            Field
                .Integer("interestFreePeriods", "The number of first periods that bear no interest. Absent: 0.", 0, 599)
                .Optional() with
            {
                Example = 0,
            },
            Field
                .Object(
                    "downPayment",
                    "A share of each disbursement that is due on the day of disbursement. Absent: none.",
                    Field.Rate(
                        "percent",
                        "Percent of the disbursed principal: more than 0 and less than 100.",
                        0,
                        100
                    ) with
                    {
                        Example = 10,
                    },
                    Field.Boolean("automatic", "Whether it is collected at disbursement. Absent: false.").Optional()
                )
                .Optional(),
            Field
                .Object(
                    "recalculation",
                    "Computes interest on the actual balance instead of the plan. Absent: interest follows the plan.",
                    OneOf<PreClosure>("preClosure", "Until when interest accrues if the loan is closed early."),
                    OneOf<Reschedule>("reschedule", "How an early payment changes the installments.") with
                    {
                        Example = "ADJUST_LAST_UNPAID_PERIOD",
                    },
                    OneOf<RestFrequency>(
                        "restFrequency",
                        "On which rest dates payments change the balance that bears interest."
                    ) with
                    {
                        Example = "DAILY",
                    },
                    Field.Integer("restInterval", "Every Nth rest date counts. Absent: 1.", 1, 365).Optional(),
                    OneOf<InterestBalance>(
                            "balance",
                            "The balance that bears interest in a CUMULATIVE schedule after an early payment. "
                                + "ACTUAL: the balance outstanding each day. PLANNED: the planned balance less early "
                                + "payments, as in Apache Fineract. Absent: ACTUAL."
                        )
                        .Optional(),
                    Field
                        .Boolean("interestOnOverdue", "Whether overdue principal keeps bearing interest. Absent: true.")
                        .Optional()
                )
                .Optional(),
        ];

    private static IReadOnlyList<Field> Allocation =>
        [
            OneOf<AllocationStrategy>("strategy", "How payments are allocated."),
            Components("order", "The order of the four components. For OLDEST_FIRST.") with
            {
                Example = new[] { "PENALTY", "FEE", "INTEREST", "PRINCIPAL" },
            },
            Components("due", "The order of components that are due. For DUE_THEN_IN_ADVANCE.") with
            {
                Example = Array.Empty<string>(),
            },
            Components("inAdvance", "The order of components paid in advance. For DUE_THEN_IN_ADVANCE.") with
            {
                Example = Array.Empty<string>(),
            },
            Field
                .List(
                    "buckets",
                    "The order of payment; each pair appears once. For ADVANCED.",
                    12,
                    OneOf<DueType>("dueType", "Whether the installment is past due, due or in advance."),
                    OneOf<Component>("component", "The component to pay.")
                )
                .NotReset() with
            {
                Example = Array.Empty<string>(),
            },
            OneOf<Processing>(
                    "processing",
                    "HORIZONTAL pays all components of one installment before the next; VERTICAL pays one component of "
                        + "all installments before the next. For ADVANCED. Absent: HORIZONTAL."
                )
                .Optional(),
            Field
                .Object(
                    "futureRules",
                    "Which future installments a payment in advance settles, per kind of transaction. For ADVANCED.",
                    [
                        .. ProductRules.KindsWithFutureRule.Select(kind =>
                            OneOf<FutureRule>(StoredWords.Write(kind), "").NotReset()
                        ),
                    ]
                )
                .Optional() with
            {
                Example = new { },
            },
            OneOf<FutureRule>(
                    "defaultFutureRule",
                    "The rule for kinds without one of their own. For ADVANCED. Absent: NEXT_INSTALLMENT."
                )
                .Optional(),
        ];

    private static IReadOnlyList<Field> Fee =>
        [
            Field.Text("name", "The name, shown to customers.", 1, NameMax) with
            {
                Example = "Processing fee",
            },
            OneOf<FeeKind>("kind", "FLAT for a fixed amount, PERCENT for a percentage of the principal.") with
            {
                Example = "PERCENT",
            },
            Field.Amount("amount", "The amount of a FLAT fee.").NotReset().FromZero() with
            {
                Example = 0,
            },
            Field.Rate("percent", "The percentage of a PERCENT fee.", 0, 100).NotReset() with
            {
                Example = 1,
            },
            OneOf<FeeCharged>(
                "charged",
                "Whether the fee is deducted from the disbursement or due with the first installment."
            ),
        ];

    private static IReadOnlyList<Field> Eligibility =>
        [
            Field
                .Integer("minimumAge", "The lowest age in years. Absent: 18.", ProductRules.AgeMin, ProductRules.AgeMax)
                .Optional(),
            Field
                .Integer(
                    "maximumAge",
                    "The highest age in years. Absent: 70.",
                    ProductRules.AgeMin,
                    ProductRules.AgeMax
                )
                .Optional() with
            {
                Example = 70,
            },
            Field
                .Values(
                    "employmentStatuses",
                    "The employment statuses that are admitted. Absent or empty: all.",
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
                    "The countries that are admitted, as ISO 3166 alpha-3 codes. Absent or empty: all.",
                    ProductRules.CountriesMax,
                    Field.Text("country", "", 3, 3).Matching("^[A-Z]{3}$", "three capital letters")
                )
                .AsSet()
                .Optional() with
            {
                Example = new[] { "NGA" },
            },
            Field.Amount("minimumMonthlyIncome", "The lowest monthly income. Absent: 0.").Optional().FromZero() with
            {
                Example = 50_000,
            },
        ];

    private static Field OneOf<T>(string name, string description)
        where T : struct, Enum => Field.OneOf(name, description, [.. Enum.GetValues<T>().Select(StoredWords.Write)]);

    private static Field Components(string name, string description) =>
        Field.Values(name, description, 4, OneOf<Component>("component", "")).NotReset();

    private static Field Texts(string name, string description, int max) =>
        Field.Values(name, description, max, Field.Text("text", "", 1, TextMax)).Optional();

    private static Field Limit(string name, string description) =>
        Field.Rate(name, description, -NumberMax, NumberMax).Optional().NotInExamples();
}
