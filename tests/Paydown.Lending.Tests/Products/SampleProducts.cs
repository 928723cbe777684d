using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Products;

/// <summary>A valid product, and parts that the tests change it with.</summary>
internal static class SampleProducts
{
    public static readonly Component[] Components =
    [
        Component.Penalty,
        Component.Fee,
        Component.Interest,
        Component.Principal,
    ];

    public static readonly AllocationPolicy Advanced = new()
    {
        Strategy = AllocationStrategy.Advanced,
        Buckets = [.. Enum.GetValues<DueType>().SelectMany(due => Components.Select(part => new Bucket(due, part)))],
    };

    public static readonly EligibilityQuestion Question = new()
    {
        Id = Id(1),
        Question = "Are you in paid work?",
        Type = QuestionType.YesNo,
    };

    public static readonly InterestRecalculation Recalculation = new(
        PreClosure.TillPreClosureDate,
        Reschedule.AdjustLastUnpaidPeriod,
        RestFrequency.Daily,
        1
    );

    public static LoanProduct Good =>
        new()
        {
            Id = new(Id(2).Value),
            Version = 1,
            Name = "Salary Loan",
            Description = "",
            AccountProductName = "Consumer Loans",
            AmountMin = Kobo(10_000_00),
            AmountMax = Kobo(1_000_000_00),
            DurationMin = 3,
            DurationMax = 24,
            AnnualRatePercent = 24,
            AnnualRatePercentMin = 12,
            AnnualRatePercentMax = 36,
            Allocation = new() { Strategy = AllocationStrategy.OldestFirst, Order = Components },
            RepaymentMethods = [PaymentMethod.BankTransfer],
            Eligibility = new() { MonthlyIncomeMin = Kobo(0) },
        };

    public static LoanProduct InDollars(LoanProduct product)
    {
        var dollar = Currency.Get("USD");
        return product with
        {
            AmountMin = new Money(product.AmountMin.MinorUnits, dollar),
            AmountMax = new Money(product.AmountMax.MinorUnits, dollar),
            Eligibility = new() { MonthlyIncomeMin = Money.Zero(dollar) },
        };
    }

    public static ScheduleTerms Progressive => new() { ScheduleType = ScheduleType.Progressive };

    public static IReadOnlyList<FieldError> Check(LoanProduct product) => ProductRules.Check(product, Naira);

    public static QuestionId Id(int n) => new(new Guid(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
}
