using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>
/// Reads the terms and steps of a scenario file. Every value is checked; an error names its place.
/// </summary>
internal static class ScenarioReader
{
    private const decimal AmountMax = 10_000_000_000_000_000m;

    // Past due, due and in advance, each with four components.
    private const int BucketCount = 12;

    public static Scenario Read(ScenarioField root)
    {
        var id = root.Get("id").Text();
        if (ScenarioSupport.Missing(root) is { Count: > 0 } missing)
            return new Scenario(id, missing);
        var (product, loan) = (root.Get("product"), root.Get("loan"));
        var terms = WithTermOptions(ReadTerms(product, loan), product, loan);
        var steps = root.Get("steps").Items().Select((step, index) => ReadStep(step, index, terms.Currency)).ToArray();
        return new Scenario(id, [])
        {
            Terms = terms,
            Steps = steps,
            Tranches = ReadTranches(loan, terms.Currency),
            Arrears = product.Find("delinquency") is { } arrears
                ? ScenarioArrears.Read(arrears)
                : ScenarioArrears.Default,
            Charges =
            [
                .. (loan.Find("charges")?.Items() ?? []).Select(charge => ScenarioCharge.Read(charge, terms.Currency)),
            ],
            InterestRefundFor =
            [
                .. (product.Find("interestRefundFor")?.Items() ?? [])
                    .Select(kind => ReadTransactionKind(kind.Text(), kind))
                    .OfType<PaymentSource>(),
            ],
        };
    }

    // The planned disbursements. The schedule is computed from them until the first one is made.
    private static (DateOnly On, Money Amount)[] ReadTranches(ScenarioField loan, Currency currency) =>
        [
            .. (loan.Find("tranches")?.Items() ?? []).Select(tranche =>
                (tranche.Get("date").Date(), ReadAmount(tranche.Get("amount"), currency))
            ),
        ];

    private static LoanTerms WithTermOptions(LoanTerms terms, ScenarioField product, ScenarioField loan)
    {
        var length = loan.Find("fixedLength") ?? product.Find("fixedLengthDays");
        var unit = loan.Find("termUnit") is { } named ? ReadUnit(named) : PeriodUnit.Days;
        var options = terms with
        {
            FixedLength = length is { } given ? new TermLength(given.Whole(1, 100_000), unit) : null,
            InterestFromFirstDay = product.Find("interestFromDisbursementDay")?.Flag() ?? false,
            ChargeOff = ScenarioActs.ReadChargeOff(product.Find("chargeOff")),
            FullTermTranches = product.Find("trancheTerm")?.OneOf(("FULL", true), ("REMAINING", false)) ?? false,
            DueDatesFromSubmission =
                product.Find("dueDatesFrom")?.OneOf(("SUBMITTED", true), ("DISBURSED", false)) ?? false,
            LeapDays =
                product
                    .Find("leapYear")
                    ?.OneOf(
                        ("FULL_LEAP_YEAR", LeapDays.OfLeapYears),
                        ("FEB_29_PERIOD_ONLY", LeapDays.OfPeriodWithLeapDay)
                    )
                ?? LeapDays.OfLeapYears,
        };
        var (count, from) = (options.NumberOfInstallments, options.SubmittedOn);
        return
            length is { } field
            && count > 1
            && DueDates.Of(options, from, count) <= DueDates.Of(options, from, count - 1)
            ? throw field.Wrong("must end after the last installment but one")
            : options;
    }

    private static LoanTerms ReadTerms(ScenarioField product, ScenarioField loan)
    {
        if (product.Find("rounding") is { } rounding)
            rounding.OneOf(("HALF_EVEN", true));
        var currency = ReadCurrency(product);
        var count = loan.Get("numberOfInstallments").Whole(1, 600);
        return new LoanTerms
        {
            Principal = ReadAmount(loan.Get("principal"), currency),
            AnnualRatePercent = loan.Get("annualRatePercent").Number(0m, 10_000m),
            NumberOfInstallments = count,
            RepayEvery = loan.Find("repayEvery")?.Whole(1, 1000) ?? 1,
            RepayUnit = loan.Find("repayUnit") is { } unit ? ReadUnit(unit) : PeriodUnit.Months,
            SubmittedOn = loan.Get("submitted").Date(),
            FirstDueOn = ReadFirstDue(loan),
            GracePrincipal = loan.Find("gracePrincipal")?.Whole(0, count - 1) ?? 0,
            GraceInterest = loan.Find("graceInterest")?.Whole(0, count - 1) ?? 0,
            InterestFreePeriods = loan.Find("interestFreePeriods")?.Whole(0, count) ?? 0,
            ScheduleType = product
                .Get("scheduleType")
                .OneOf(("CUMULATIVE", ScheduleType.Cumulative), ("PROGRESSIVE", ScheduleType.Progressive)),
            InterestMethod = product
                .Get("interestMethod")
                .OneOf(("FLAT", InterestMethod.Flat), ("DECLINING_BALANCE", InterestMethod.DecliningBalance)),
            InterestPeriod =
                product
                    .Find("interestPeriod")
                    ?.OneOf(
                        ("DAILY", InterestPeriod.Daily),
                        ("SAME_AS_REPAYMENT_PERIOD", InterestPeriod.SameAsRepaymentPeriod)
                    )
                ?? InterestPeriod.SameAsRepaymentPeriod,
            Amortization =
                product
                    .Find("amortization")
                    ?.OneOf(
                        ("EQUAL_INSTALLMENTS", Amortization.EqualInstallments),
                        ("EQUAL_PRINCIPAL", Amortization.EqualPrincipal),
                        ("EQUAL_PRINCIPAL_PAYMENTS", Amortization.EqualPrincipal)
                    )
                ?? Amortization.EqualInstallments,
            DaysInYear =
                product
                    .Find("daysInYear")
                    ?.OneOf(
                        ("ACTUAL", DaysInYear.Actual),
                        ("360", DaysInYear.Days360),
                        ("364", DaysInYear.Days364),
                        ("365", DaysInYear.Days365)
                    )
                ?? DaysInYear.Actual,
            DaysInMonth =
                product.Find("daysInMonth")?.OneOf(("ACTUAL", DaysInMonth.Actual), ("30", DaysInMonth.Days30))
                ?? DaysInMonth.Actual,
            MonthEnd =
                product
                    .Find("monthEnd")
                    ?.OneOf(("CLAMP_TO_LAST_DAY", MonthEnd.ClampToLastDay), ("ROLL_TO_FIRST", MonthEnd.RollToFirst))
                ?? MonthEnd.ClampToLastDay,
            InstallmentMultipleOf = product.Find("installmentMultipleOf")?.Whole(1, 1_000_000),
            PartialPeriodInterest = product.Find("partialPeriodInterest")?.Flag() ?? false,
            DownPayment = product.Find("downPayment") is { } down ? ReadDownPayment(down) : null,
            Recalculation = product.Find("interestRecalculation") is { } recalculation
                ? ReadRecalculation(recalculation)
                : null,
            OverduePenalty = product.Find("overduePenalty") is { } penalty ? ReadPenalty(penalty) : null,
            Allocation = ReadAllocation(product.Get("allocation")),
            ChargebackOrder = product.Find("chargebackOrder") is { } order ? ReadComponents(order) : [],
        };
    }

    private static DateOnly? ReadFirstDue(ScenarioField loan)
    {
        if ((loan.Find("firstDueDate") ?? loan.Find("firstDue")) is not { } field)
            return null;
        var firstDueOn = field.Date();
        return firstDueOn > loan.Get("submitted").Date()
            ? firstDueOn
            : throw field.Wrong("must be after loan.submitted");
    }

    private static Currency ReadCurrency(ScenarioField product)
    {
        var code = product.Get("currency");
        var digits = product.Find("fractionDigits")?.Whole(0, 4);
        try
        {
            return digits is { } given ? Currency.Of(code.Text(), given) : Currency.Get(code.Text());
        }
        catch (ArgumentException)
        {
            throw code.Wrong("must be a currency code, three capital letters");
        }
    }

    /// <summary>Reads a unit of time.</summary>
    public static PeriodUnit ReadUnit(ScenarioField unit) =>
        unit.OneOf(
            ("DAYS", PeriodUnit.Days),
            ("WEEKS", PeriodUnit.Weeks),
            ("MONTHS", PeriodUnit.Months),
            ("YEARS", PeriodUnit.Years)
        );

    private static DownPayment? ReadDownPayment(ScenarioField down)
    {
        var percent = down.Get("percent").Number(0m, 99.999999m);
        return percent == 0m ? null : new DownPayment(percent, down.Find("automatic")?.Flag() ?? false);
    }

    private static InterestRecalculation ReadRecalculation(ScenarioField field)
    {
        return new InterestRecalculation(
            field
                .Find("preClosure")
                ?.OneOf(
                    ("TILL_PRE_CLOSURE_DATE", PreClosure.TillPreClosureDate),
                    ("TILL_REST_FREQUENCY_DATE", PreClosure.TillRestFrequencyDate)
                )
                ?? PreClosure.TillPreClosureDate,
            field
                .Find("reschedule")
                ?.OneOf(
                    ("REDUCE_EMI_AMOUNT", Reschedule.ReduceEmiAmount),
                    ("REDUCE_NUMBER_OF_INSTALLMENTS", Reschedule.ReduceNumberOfInstallments),
                    ("RESCHEDULE_NEXT_REPAYMENTS", Reschedule.RescheduleNextRepayments),
                    ("ADJUST_LAST_UNPAID_PERIOD", Reschedule.AdjustLastUnpaidPeriod)
                )
                ?? Reschedule.ReduceEmiAmount,
            field
                .Find("restFrequency")
                ?.OneOf(
                    ("SAME_AS_REPAYMENT", RestFrequency.SameAsRepayment),
                    ("SAME_AS_REPAYMENT_PERIOD", RestFrequency.SameAsRepayment),
                    ("DAILY", RestFrequency.Daily),
                    ("WEEKLY", RestFrequency.Weekly),
                    ("MONTHLY", RestFrequency.Monthly)
                )
                ?? RestFrequency.Daily,
            field.Find("restInterval")?.Whole(1, 1000) ?? 1,
            field.Find("balance")?.OneOf(("ACTUAL", InterestBalance.Actual), ("PLANNED", InterestBalance.Planned))
                ?? InterestBalance.Planned,
            !(field.Find("noInterestOnPastDue")?.Flag() ?? false)
        );
    }

    private static OverduePenalty ReadPenalty(ScenarioField field) =>
        new(
            field.Get("percent").Number(0m, 1000m),
            field
                .Find("of")
                ?.OneOf(
                    ("PRINCIPAL_OVERDUE", OverduePenaltyBase.PrincipalOverdue),
                    ("PRINCIPAL_AND_INTEREST_OVERDUE", OverduePenaltyBase.PrincipalAndInterestOverdue),
                    ("PRINCIPAL_INTEREST_OVERDUE", OverduePenaltyBase.PrincipalAndInterestOverdue)
                )
                ?? OverduePenaltyBase.PrincipalOverdue,
            field.Find("graceDays")?.Whole(0, 1000) ?? 0
        );

    private static AllocationPolicy ReadAllocation(ScenarioField field)
    {
        var strategy = field
            .Get("strategy")
            .OneOf(
                ("OLDEST_FIRST", AllocationStrategy.OldestFirst),
                ("DUE_THEN_IN_ADVANCE", AllocationStrategy.DueThenInAdvance),
                ("ADVANCED", AllocationStrategy.Advanced)
            );
        var rules = ReadFutureRules(field.Find("futureRule"), out var defaultRule);
        return new AllocationPolicy
        {
            Strategy = strategy,
            Order = strategy == AllocationStrategy.OldestFirst ? ReadComponents(field.Get("order")) : [],
            Due = strategy == AllocationStrategy.DueThenInAdvance ? ReadComponents(field.Get("due")) : [],
            InAdvance = strategy == AllocationStrategy.DueThenInAdvance ? ReadComponents(field.Get("inAdvance")) : [],
            Buckets = strategy == AllocationStrategy.Advanced ? ReadBuckets(field.Get("order")) : [],
            BucketsBySource =
                strategy == AllocationStrategy.Advanced && field.Find("orders") is { } orders
                    ? ReadOrders(orders)
                    : new Dictionary<PaymentSource, IReadOnlyList<Bucket>>(),
            Processing =
                field
                    .Find("processing")
                    ?.OneOf(("HORIZONTAL", Processing.Horizontal), ("VERTICAL", Processing.Vertical))
                ?? Processing.Horizontal,
            FutureRules = rules,
            DefaultFutureRule = defaultRule,
        };
    }

    private static Dictionary<PaymentSource, FutureRule> ReadFutureRules(
        ScenarioField? field,
        out FutureRule defaultRule
    )
    {
        var rules = new Dictionary<PaymentSource, FutureRule>();
        defaultRule = FutureRule.NextInstallment;
        foreach (var (source, given) in field is { } rulesBySource ? BySource(rulesBySource) : [])
        {
            if (source is { } kind)
                rules[kind] = ReadRule(given);
            else
                defaultRule = ReadRule(given);
        }

        return rules;
    }

    private static Dictionary<PaymentSource, IReadOnlyList<Bucket>> ReadOrders(ScenarioField field) =>
        BySource(field)
            .ToDictionary(
                one => one.Source ?? throw field.Wrong("needs no DEFAULT: that is the field order"),
                one => (IReadOnlyList<Bucket>)ReadBuckets(one.Given)
            );

    private static Bucket[] ReadBuckets(ScenarioField field) =>
        EachOnce(field, [.. field.Items().Select(ReadBucket)], BucketCount);

    // Null: the source DEFAULT.
    private static IEnumerable<(PaymentSource? Source, ScenarioField Given)> BySource(ScenarioField field)
    {
        if (field.Value.ValueKind != JsonValueKind.Object)
            throw field.Wrong("must be an object");
        foreach (var property in field.Value.EnumerateObject())
            yield return (
                ReadTransactionKind(property.Name, field),
                new ScenarioField(property.Value, $"{field.Path}.{property.Name}")
            );
    }

    private static FutureRule ReadRule(ScenarioField field) =>
        field.OneOf(
            ("NEXT_INSTALLMENT", FutureRule.NextInstallment),
            ("LAST_INSTALLMENT", FutureRule.LastInstallment),
            ("REAMORTIZATION", FutureRule.Reamortization),
            ("NEXT_LAST_INSTALLMENT", FutureRule.NextLastInstallment)
        );

    private static PaymentSource? ReadTransactionKind(string word, ScenarioField place) =>
        word switch
        {
            "DEFAULT" => null,
            "REPAYMENT" => PaymentSource.Repayment,
            "DOWN_PAYMENT" => PaymentSource.DownPayment,
            "GOODWILL_CREDIT" => PaymentSource.GoodwillCredit,
            "MERCHANT_ISSUED_REFUND" => PaymentSource.MerchantIssuedRefund,
            "PAYOUT_REFUND" => PaymentSource.PayoutRefund,
            "INTEREST_REFUND" => PaymentSource.InterestRefund,
            "INTEREST_PAYMENT_WAIVER" => PaymentSource.InterestPaymentWaiver,
            _ => throw place.Wrong($"'{word}' is not a known kind of transaction"),
        };

    private static Component[] ReadComponents(ScenarioField field) =>
        EachOnce(
            field,
            [
                .. field
                    .Items()
                    .Select(item =>
                        item.OneOf(
                            ("PENALTY", Component.Penalty),
                            ("FEE", Component.Fee),
                            ("INTEREST", Component.Interest),
                            ("PRINCIPAL", Component.Principal)
                        )
                    ),
            ],
            Enum.GetValues<Component>().Length
        );

    // A component that is left out could never be paid.
    private static T[] EachOnce<T>(ScenarioField field, T[] order, int count) =>
        order.Length == count && order.Distinct().Count() == count
            ? order
            : throw field.Wrong($"must name each of the {count} parts once");

    private static Bucket ReadBucket(ScenarioField field)
    {
        var word = field.Text();
        (string Prefix, DueType DueType)[] prefixes =
        [
            ("PAST_DUE_", DueType.PastDue),
            ("IN_ADVANCE_", DueType.InAdvance),
            ("DUE_", DueType.Due),
        ];
        foreach (var (prefix, dueType) in prefixes)
        {
            if (!word.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            return word[prefix.Length..] switch
            {
                "PENALTY" => new Bucket(dueType, Component.Penalty),
                "FEE" => new Bucket(dueType, Component.Fee),
                "INTEREST" => new Bucket(dueType, Component.Interest),
                "PRINCIPAL" => new Bucket(dueType, Component.Principal),
                _ => throw field.Wrong($"'{word}' is not a known bucket"),
            };
        }

        throw field.Wrong($"'{word}' is not a known bucket");
    }

    private static ScenarioStep ReadStep(ScenarioField step, int index, Currency currency)
    {
        var operation = step.Get("op");
        var read = new ScenarioStep(index, operation.Text());
        return read.Operation switch
        {
            "today" or "payoff" or "write_off" or "undo_last_disbursal" => read with { On = step.Get("date").Date() },
            "cob" or "undo_waiver" or "undo_interest_pause" or "undo_charge_off" => read,
            "waive_charge" => read with { Number = step.Get("chargeNr").Whole(1, 10_000) },
            "approve"
            or "disburse"
            or "repay"
            or "goodwill_credit"
            or "merchant_issued_refund"
            or "payout_refund"
            or "interest_payment_waiver"
            or "credit_balance_refund" => read with
            {
                On = step.Get("date").Date(),
                Amount = ReadAmount(step.Get("amount"), currency),
                Source = SourceOf(read.Operation),
                RefundsInterest = step.Find("interestRefund")?.Flag(),
            },
            "charge_adjustment" => read with
            {
                On = step.Get("date").Date(),
                Amount = ReadAmount(step.Get("amount"), currency),
                Number = step.Get("chargeNr").Whole(1, 10_000),
            },
            "charge" => ReadCharge(read, ScenarioCharge.Read(step, currency)),
            "undo" => read with
            {
                On = step.Get("date").Date(),
                Number = step.Get("index").Whole(1, 10_000),
                Type = step.Find("type")?.Text(),
            },
            "chargeback" => read with
            {
                On = step.Find("date")?.Date(),
                Amount = ReadAmount(step.Get("amount"), currency),
                Number = step.Get("paymentNr").Whole(1, 10_000),
                Source =
                    step.Find("of")
                        ?.OneOf(
                            ("repayment", PaymentSource.Repayment),
                            ("down_payment", PaymentSource.DownPayment),
                            ("goodwill_credit", PaymentSource.GoodwillCredit),
                            ("merchant_issued_refund", PaymentSource.MerchantIssuedRefund),
                            ("payout_refund", PaymentSource.PayoutRefund)
                        )
                    ?? PaymentSource.Repayment,
            },
            "set_future_rule" => read with
            {
                RuleFor = ReadTransactionKind(step.Get("tx").Text(), step.Get("tx")),
                Rule = ReadRule(step.Get("rule")),
            },
            "check" => read with { Expected = ReadExpected(step) },
            _ when ScenarioActs.Read(step) is { } act => read with { On = act.On, Act = act },
            _ => throw operation.Wrong($"'{read.Operation}' is not a known operation"),
        };
    }

    /// <summary>Reads a step that applies a charge.</summary>
    public static ScenarioStep ReadCharge(ScenarioStep read, ScenarioCharge charge) =>
        read with
        {
            On = charge.DueOn,
            Amount = charge.Amount,
            Charge = charge,
        };

    // Any field may be compared. A list that is compared row by row must have rows.
    private static JsonElement ReadExpected(ScenarioField step)
    {
        foreach (var list in ScenarioCheck.Lists)
        {
            foreach (var row in step.Find(list)?.Items() ?? [])
                if (!row.Names().Contains("number") && list == "schedule")
                    row.Get("number");
        }

        step.Find("totals")?.Find("due");
        return step.Value;
    }

    private static PaymentSource SourceOf(string operation) =>
        operation switch
        {
            "goodwill_credit" => PaymentSource.GoodwillCredit,
            "merchant_issued_refund" => PaymentSource.MerchantIssuedRefund,
            "payout_refund" => PaymentSource.PayoutRefund,
            "interest_payment_waiver" => PaymentSource.InterestPaymentWaiver,
            _ => PaymentSource.Repayment,
        };

    /// <summary>An amount of money, more than 0.</summary>
    public static Money ReadAmount(ScenarioField field, Currency currency)
    {
        var amount = field.Number(0m, AmountMax);
        if (amount == 0m)
            throw field.Wrong("must be more than 0");
        return Money.TryFromMajor(amount, currency, out var money)
            ? money
            : throw field.Wrong($"must have at most {currency.FractionDigits} fraction digits");
    }
}
