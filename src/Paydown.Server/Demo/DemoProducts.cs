using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Products;

namespace Paydown.Server.Demo;

/// <summary>
/// The products of the demo lender: one that is approved and paid out automatically, one that needs officers, and a
/// closed one.
/// </summary>
public static class DemoProducts
{
    private static readonly Currency Naira = Currency.Get("NGN");

    /// <summary>Approved and paid out automatically.</summary>
    public static LoanProduct Salary { get; } =
        Product(61, "Salary Loan", "For people with a salary.", 12) with
        {
            AmountMin = Amount(10_000),
            AmountMax = Amount(1_000_000),
            DurationMax = 24,
            ApprovesAutomatically = true,
            DisbursesAutomatically = true,
            Fees = [new("Processing fee", FeeKind.Percent, Amount(0), 1, FeeCharged.Deducted)],
        };

    /// <summary>
    /// Approved by officers, by two of them above 1,000,000 naira, and paid out in up to three tranches.
    /// </summary>
    public static LoanProduct Business { get; } =
        Product(62, "Business Loan", "For stock and equipment.", 30) with
        {
            AmountMin = Amount(100_000),
            AmountMax = Amount(5_000_000),
            DurationMin = 3,
            DurationMax = 36,
            Fees = [new("Arrangement fee", FeeKind.Flat, Amount(5_000), 0, FeeCharged.Added)],
            Questions =
            [
                new()
                {
                    Id = DemoPeople.Id<QuestionId>(71),
                    Question = "Is your business registered?",
                    Type = QuestionType.YesNo,
                    PassingAnswers = ["YES"],
                },
                new()
                {
                    Id = DemoPeople.Id<QuestionId>(72),
                    Question = "How many months has it been trading?",
                    Type = QuestionType.Number,
                    PassingMin = 6,
                },
                new()
                {
                    Id = DemoPeople.Id<QuestionId>(73),
                    Question = "What is the loan for?",
                    Type = QuestionType.Choice,
                    Options = ["Stock", "Equipment", "Rent", "Other"],
                },
                new()
                {
                    Id = DemoPeople.Id<QuestionId>(74),
                    Question = "What else should we know?",
                    Type = QuestionType.Text,
                    IsRequired = false,
                },
            ],
            FourEyesAbove = Amount(1_000_000),
            DisbursementsMax = 3,
        };

    /// <summary>Closed: customers cannot apply for it.</summary>
    public static LoanProduct Device { get; } =
        Product(63, "Device Loan", "For a telephone or a laptop.", 36) with
        {
            AmountMin = Amount(50_000),
            AmountMax = Amount(500_000),
            DurationMin = 3,
            DurationMax = 12,
        };

    internal static async Task AddAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var product in (LoanProduct[])[Salary, Business, Device])
        {
            ProductStore.AddFirstTo(
                batch,
                new StoredProduct(
                    DemoPeople.OrganisationId,
                    product,
                    product.Id != Device.Id,
                    DemoPeople.Manager.Id,
                    now
                )
            );
        }

        await batch.ExecuteNonQueryAsync(token);
    }

    private static LoanProduct Product(int number, string name, string description, decimal annualRatePercent) =>
        new()
        {
            Id = DemoPeople.Id<ProductId>(number),
            Version = 1,
            Name = name,
            Description = description,
            AccountProductName = "Consumer Loans",
            AmountMin = Amount(10_000),
            AmountMax = Amount(1_000_000),
            DurationMin = 1,
            DurationMax = 24,
            AnnualRatePercent = annualRatePercent,
            AnnualRatePercentMin = annualRatePercent / 2,
            AnnualRatePercentMax = annualRatePercent * 2,
            Allocation = new AllocationPolicy
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
            RepaymentMethods = [PaymentMethod.BankTransfer, PaymentMethod.DirectDebit, PaymentMethod.Wallet],
            Eligibility = new() { MonthlyIncomeMin = Amount(0) },
        };

    private static Money Amount(decimal major) => Money.FromMajor(major, Naira);
}
