using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Products;

/// <summary>
/// A product in a manager's request and in an operator's file: its fields, and how they are read. The fields have the
/// names of <see cref="ProductView"/>, so what was read can be sent back. Omitted fields have the defaults of
/// <see cref="LoanProduct"/>.
/// </summary>
internal static class ProductBody
{
    /// <summary>Whether customers can apply for it.</summary>
    public static readonly Field<bool?> IsOpen = Field
        .Boolean(
            "isOpen",
            "Whether customers can apply for it. Absent: a new product is open, an existing one keeps its state."
        )
        .Optional()
        .NotReset();

    /// <summary>The version that a change is based on.</summary>
    public static readonly Field<int> Version = Field.Integer(
        "version",
        "The version that the change is based on. Refused if it is not the current one.",
        1,
        int.MaxValue
    );

    private const int NameMax = 100;
    private static readonly Field<string> Name = Field
        .Text("name", "The name, shown to customers.", 1, NameMax)
        .WithExample("Salary Loan");
    private static readonly Field<string> Description = Field
        .Text("description", "What the product is for.", 0, 1000)
        .Or("")
        .WithExample("For people with a salary.");
    private static readonly Field<string> AccountProductName = Field
        .Text("accountProductName", "The product family of its loan accounts.", 1, NameMax)
        .WithExample("Consumer Loans");
    private static readonly Field<string?> CurrencyCode = Field
        .Text("currencyCode", "ISO 4217; must be the organisation's. Absent: the organisation's.", 3, 3)
        .Matching("^[A-Z]{3}$", "a currency code of three capital letters")
        .Optional()
        .NotReset()
        .WithExample("NGN");
    private static readonly Field<decimal> MinimumAmount = Field
        .Amount("minimumAmount", "The smallest loan: more than 0.")
        .WithExample(10_000);
    private static readonly Field<decimal> MaximumAmount = Field
        .Amount("maximumAmount", "The largest loan.")
        .WithExample(1_000_000);
    private static readonly Field<int> MinimumDuration = Field
        .Integer("minimumDuration", "The smallest number of installments.", 1, ProductRules.DurationMax)
        .WithExample(3);
    private static readonly Field<int> MaximumDuration = Field
        .Integer("maximumDuration", "The largest number of installments.", 1, ProductRules.DurationMax)
        .WithExample(24);
    private static readonly Field<int> RepayEvery = Field
        .Integer("repayEvery", "The number of durationUnits between installments. Absent: 1.", 1, 366)
        .Or(1);
    private static readonly Field<PeriodUnit> DurationUnit = Field
        .OneOf<PeriodUnit>("durationUnit", "The unit of repayEvery. Absent: MONTHS.")
        .Or(PeriodUnit.Months)
        .WithExample("MONTHS");
    private static readonly Field<int> MinimumDays = Field
        .Integer("minimumDays", "The fewest days after payout.", 1, ProductRules.FirstDueDaysMax)
        .WithExample(5);
    private static readonly Field<int> MaximumDays = Field
        .Integer("maximumDays", "The most days after payout.", 1, ProductRules.FirstDueDaysMax)
        .WithExample(45);
    private static readonly Field<FieldValues?> FirstDueDate = Field
        .Object(
            "firstDueDate",
            "The range of first due dates that can be agreed. Absent: none, the first installment is due one period "
                + "after payout.",
            MinimumDays,
            MaximumDays
        )
        .Optional()
        .NotInExamples();
    private static readonly Field<decimal> InterestRate = Field
        .Rate(
            "interestRate",
            "The interest rate in percent per year, unless an officer approves another.",
            0,
            ProductRules.RatePercentMax
        )
        .WithExample(24);
    private static readonly Field<decimal> MinimumRate = Field
        .Rate("minimum", "The lowest rate: at most interestRate.", 0, ProductRules.RatePercentMax)
        .WithExample(18);
    private static readonly Field<decimal> MaximumRate = Field
        .Rate("maximum", "The highest rate: at least interestRate.", 0, ProductRules.RatePercentMax)
        .WithExample(30);
    private static readonly Field<FieldValues?> InterestRateRange = Field
        .Object(
            "interestRateRange",
            "The rates that officers may approve, in percent per year. Absent: interestRate only.",
            MinimumRate,
            MaximumRate
        )
        .Optional();
    private static readonly Field<decimal> PenaltyPercent = Field
        .Rate("percent", "Percent of the overdue amount: more than 0. Absent or 0: a fixed amount.", 0, 100)
        .Or(0)
        .WithExample(1);
    private static readonly Field<decimal?> PenaltyAmount = Field
        .Amount("amount", "A fixed amount for each penalty, instead of the percentage.")
        .Optional()
        .NotReset()
        .NotInExamples();
    private static readonly Field<int?> PenaltyEveryDays = Field
        .Integer("everyDays", "Charged again every N days while still overdue. Absent: once.", 1, 365)
        .Optional()
        .NotReset()
        .WithExample(30);
    private static readonly Field<decimal?> PenaltyCap = Field
        .Rate("capPercent", "The limit of all penalties, in percent of the installment. Absent: none.", 0, 100)
        .Optional()
        .NotReset()
        .WithExample(10);
    private static readonly Field<OverduePenaltyBase> PenaltyOf = Field
        .OneOf<OverduePenaltyBase>("of", "The amount that the percentage applies to. Absent: PRINCIPAL_OVERDUE.")
        .Or(OverduePenaltyBase.PrincipalOverdue);
    private static readonly Field<int> PenaltyGraceDays = Field
        .Integer("graceDays", "Days after the due date before the penalty is charged. Absent: 0.", 0, 365)
        .Or(0)
        .WithExample(3);
    private static readonly Field<FieldValues?> Penalty = Field
        .Object(
            "overduePenalty",
            "The penalty for an overdue installment. Absent: none.",
            PenaltyPercent,
            PenaltyOf,
            PenaltyGraceDays,
            PenaltyAmount,
            PenaltyEveryDays,
            PenaltyCap
        )
        .Optional();
    private static readonly Field<decimal> ToleranceAmount = Field
        .Amount("amount", "An amount; 0 for none.")
        .FromZero()
        .WithExample(100);
    private static readonly Field<decimal> TolerancePercent = Field
        .Rate("percent", "Percent of what the installment asked for.", 0, ProductRules.TolerancePercentMax)
        .WithExample(1);
    private static readonly Field<FieldValues?> Tolerance = Field
        .Object(
            "arrearsTolerance",
            "What an installment may owe without being overdue: the larger of the two. Absent: nothing.",
            ToleranceAmount,
            TolerancePercent
        )
        .Optional()
        .NotReset();
    private static readonly Field<IReadOnlyList<PaymentMethod>> RepaymentMethods = Field
        .Values(
            "repaymentMethods",
            "How the loan can be repaid; at least one method.",
            Words.All<PaymentMethod>().Count,
            Field.OneOf<PaymentMethod>("method", "")
        )
        .AsSet()
        .WithExample(new[] { "BANK_TRANSFER" });
    private static readonly Field<IReadOnlyList<FieldValues>> Questions = QuestionBody.Questions.Or([]);
    private static readonly Field<int> OfferValidDays = Field
        .Integer(
            "offerValidDays",
            "The number of days for which an offer is valid. Absent: 14.",
            1,
            ProductRules.OfferDaysMax
        )
        .Or(14)
        .WithExample(14);
    private static readonly Field<bool> ApprovesAutomatically = Field
        .Boolean(
            "approvesAutomatically",
            "Whether applications with a green score are approved without an officer. Absent: false."
        )
        .Or(false)
        .WithExample(false);
    private static readonly Field<bool> DisbursesAutomatically = Field
        .Boolean(
            "disbursesAutomatically",
            "Whether the loan is paid out when its customer accepts the terms. Absent: false."
        )
        .Or(false)
        .WithExample(false);
    private static readonly Field<decimal?> FourEyesAbove = Field
        .Amount("fourEyesAbove", "Loans above this amount need two officers. Absent: one officer always suffices.")
        .Optional();
    private static readonly Field<int> MaximumDisbursements = Field
        .Integer(
            "maximumDisbursements",
            "The largest number of disbursements of one loan; above 1, it may be paid out in tranches. Absent: 1.",
            1,
            ProductRules.DisbursementsMax
        )
        .Or(1);

    /// <summary>The fields that define a product.</summary>
    public static IReadOnlyList<Field> Definition { get; } =
    [
        Name,
        Description,
        AccountProductName,
        CurrencyCode,
        MinimumAmount,
        MaximumAmount,
        MinimumDuration,
        MaximumDuration,
        RepayEvery,
        DurationUnit,
        FirstDueDate,
        InterestRate,
        InterestRateRange,
        ScheduleBody.Schedule,
        Penalty,
        Tolerance,
        AllocationBody.Allocation,
        FeeBody.Fees,
        RepaymentMethods,
        Questions,
        EligibilityBody.Eligibility,
        OfferValidDays,
        ApprovesAutomatically,
        DisbursesAutomatically,
        FourEyesAbove,
        MaximumDisbursements,
        IsOpen,
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

    /// <summary>Returns the product, or a refusal that lists everything wrong with it.</summary>
    /// <param name="body">Values already checked against <see cref="Definition"/>.</param>
    /// <param name="id">The product's id.</param>
    /// <param name="version">The version of this definition.</param>
    /// <param name="currency">The organisation's currency.</param>
    /// <param name="before">The version before it; null for a new product.</param>
    public static Result<LoanProduct> Read(
        FieldValues body,
        ProductId id,
        int version,
        Currency currency,
        LoanProduct? before = null
    )
    {
        var amounts = new AmountReader(CurrencyOf(body, currency));
        var product = Read(body, id, version, amounts);
        return Checked(before is null ? product : Kept(body, before, product), currency, amounts);
    }

    // What a client leaves out because it does not know it stays as it is.
    private static LoanProduct Kept(FieldValues body, LoanProduct before, LoanProduct product)
    {
        if (!body.WasSent(Tolerance))
            product = product with { ArrearsTolerance = before.ArrearsTolerance };
        if (
            before.OverduePenalty is not { } old
            || product.OverduePenalty is not { } now
            || body.Get(Penalty) is not { } sent
        )
            return product;
        return product with
        {
            OverduePenalty = now with
            {
                Amount = sent.WasSent(PenaltyAmount) ? now.Amount : old.Amount,
                EveryDays = sent.WasSent(PenaltyEveryDays) ? now.EveryDays : old.EveryDays,
                CapPercent = sent.WasSent(PenaltyCap) ? now.CapPercent : old.CapPercent,
            },
        };
    }

    /// <summary>The product with other questions.</summary>
    public static Result<LoanProduct> WithQuestions(LoanProduct product, FieldValues body, Currency currency) =>
        Checked(
            product with
            {
                Questions = QuestionBody.Read(body.Get(QuestionBody.Questions), product.Id),
            },
            currency,
            new(currency)
        );

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
        var (rate, range) = (body.Get(InterestRate), body.Get(InterestRateRange));
        return new()
        {
            Id = id,
            Version = version,
            Name = body.Get(Name),
            Description = body.Get(Description),
            AccountProductName = body.Get(AccountProductName),
            AmountMin = amounts.Read(body, MinimumAmount, otherwise: amounts.Least),
            AmountMax = amounts.Read(body, MaximumAmount, otherwise: amounts.Most),
            DurationMin = body.Get(MinimumDuration),
            DurationMax = body.Get(MaximumDuration),
            RepayEvery = body.Get(RepayEvery),
            DurationUnit = body.Get(DurationUnit),
            FirstDue = body.Get(FirstDueDate) is { } due ? new(due.Get(MinimumDays), due.Get(MaximumDays)) : null,
            AnnualRatePercent = rate,
            AnnualRatePercentMin = range?.Get(MinimumRate) ?? rate,
            AnnualRatePercentMax = range?.Get(MaximumRate) ?? rate,
            Schedule = body.Get(ScheduleBody.Schedule) is { } schedule ? ScheduleBody.Read(schedule) : new(),
            OverduePenalty = body.Get(Penalty) is { } penalty
                ? new(penalty.Get(PenaltyPercent), penalty.Get(PenaltyOf), penalty.Get(PenaltyGraceDays))
                {
                    Amount = amounts.Read(penalty, PenaltyAmount, otherwise: amounts.None, "overduePenalty."),
                    EveryDays = penalty.Get(PenaltyEveryDays),
                    CapPercent = penalty.Get(PenaltyCap),
                }
                : null,
            ArrearsTolerance = body.Get(Tolerance) is { } tolerance
                ? new(
                    amounts.Read(tolerance, ToleranceAmount, otherwise: amounts.None, "arrearsTolerance."),
                    tolerance.Get(TolerancePercent)
                )
                : null,
            Allocation = AllocationBody.Read(body.Get(AllocationBody.Allocation)),
            Fees = [.. body.Get(FeeBody.Fees).Select((fee, i) => FeeBody.Read(fee, $"fees[{i}].", amounts))],
            RepaymentMethods = body.Get(RepaymentMethods),
            Questions = QuestionBody.Read(body.Get(Questions), id),
            Eligibility = body.Get(EligibilityBody.Eligibility) is { } limits
                ? EligibilityBody.Read(limits, amounts)
                : new() { MonthlyIncomeMin = amounts.None },
            OfferValidDays = body.Get(OfferValidDays),
            ApprovesAutomatically = body.Get(ApprovesAutomatically),
            DisbursesAutomatically = body.Get(DisbursesAutomatically),
            FourEyesAbove = amounts.Read(body, FourEyesAbove, otherwise: amounts.Most),
            DisbursementsMax = body.Get(MaximumDisbursements),
        };
    }

    // The rules refuse any code but the organisation's, so the fraction digits do not matter.
    private static Currency CurrencyOf(FieldValues body, Currency own) =>
        body.Get(CurrencyCode) is { } code && code != own.Code ? Currency.Of(code, own.FractionDigits) : own;
}
