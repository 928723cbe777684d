using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>The fields of a product's schedule and allocation policy.</summary>
internal static partial class ProductFields
{
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
                            OneOf<FutureRule>(Words.Write(kind), "").NotReset()
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
}
