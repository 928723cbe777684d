using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>
/// The fields of a product, in a manager's request and in an operator's file. They have the names of
/// <see cref="ProductView"/>, so what was read can be sent back.
/// </summary>
internal static partial class ProductFields
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
                Words.All<PaymentMethod>().Count,
                Field.OneOf("method", "", Words.All<PaymentMethod>())
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
    public static Field<int> Version { get; } =
        Field.Integer(
            "version",
            "The version that the change is based on. Refused if it is not the current one.",
            1,
            int.MaxValue
        );

    /// <summary>The eligibility questions of a product.</summary>
    public static Field<IReadOnlyList<FieldValues>> Questions =>
        Field.List(
            "eligibilityQuestions",
            "The questions that applicants must answer.",
            ProductRules.QuestionsMax,
            Field
                .Id<QuestionId>(
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

    private static Field<T> OneOf<T>(string name, string description)
        where T : struct, Enum => Field.OneOf<T>(name, description);

    private static Field<IReadOnlyList<Component>> Components(string name, string description) =>
        Field.Values(name, description, 4, OneOf<Component>("component", "")).NotReset();

    private static Field<IReadOnlyList<string>?> Texts(string name, string description, int max) =>
        Field.Values(name, description, max, Field.Text("text", "", 1, TextMax)).Optional();

    private static Field<decimal?> Limit(string name, string description) =>
        Field.Rate(name, description, -NumberMax, NumberMax).Optional().NotInExamples();
}
