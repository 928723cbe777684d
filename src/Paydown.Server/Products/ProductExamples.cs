using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Organisations;

namespace Paydown.Server.Products;

/// <summary>Examples for the API's documentation: a salary loan with a fee and a question.</summary>
internal static class ProductExamples
{
    private static readonly Currency Naira = Currency.Get("NGN");

    private static LoanProduct Product { get; } =
        new()
        {
            Id = Guid.Parse("01957ad2-7c00-7000-8000-00000000e001"),
            Version = 1,
            Name = "Salary Loan",
            Description = "For people with a salary.",
            AccountProductName = "Consumer Loans",
            Currency = Naira,
            AmountMinMinor = 1_000_000,
            AmountMaxMinor = 100_000_000,
            DurationMin = 3,
            DurationMax = 24,
            AnnualRatePercent = 24,
            AnnualRatePercentMin = 18,
            AnnualRatePercentMax = 30,
            OverduePenalty = new(1, OverduePenaltyBase.PrincipalOverdue, 3),
            Allocation = new()
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
            Fees = [new("Processing fee", FeeKind.Percent, 0, 1, FeeCharged.Deducted)],
            RepaymentMethods = [PaymentMethod.BankTransfer],
            Questions =
            [
                new()
                {
                    Id = Guid.Parse("0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f"),
                    Question = "Are you in paid work?",
                    Type = QuestionType.YesNo,
                    PassingAnswers = ["YES"],
                },
            ],
            Eligibility = new()
            {
                EmploymentStatuses = ["EMPLOYED"],
                Countries = ["NGA"],
                MonthlyIncomeMinMinor = 5_000_000,
            },
        };

    private static StoredProduct Stored { get; } =
        new(
            OrganisationExamples.Settings.Id,
            Product,
            true,
            Guid.Parse("01957ad2-7c00-7000-8000-00000000d001"),
            new DateTimeOffset(2026, 1, 12, 9, 30, 0, TimeSpan.Zero)
        );

    public static ProductView Listed { get; } = ProductView.Of(Stored);

    public static ProductView WithVersions { get; } = Listed with { Versions = [Listed] };

    public static ProductQuestions Questions { get; } = ProductQuestions.Of(Product);

    public static ProductOffer Offer { get; } = ProductOffer.Of(Stored);

    public static IReadOnlyList<QuestionAsked> Asked { get; } = [.. Product.Questions.Select(QuestionAsked.Of)];

    public static OrganisationTerms Terms { get; } = OrganisationTerms.Of(OrganisationExamples.Settings, [Stored]);
}
