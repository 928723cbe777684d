using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;

namespace Paydown.Server.Applications;

/// <summary>Examples for the API's documentation: one application with its offer.</summary>
internal static class ApplicationExamples
{
    private static readonly Guid Customer = Guid.Parse("01957ad2-7c00-7000-8000-00000000c001");
    private static readonly DateOnly Today = new(2026, 1, 12);

    private static readonly LoanProduct Product = new()
    {
        Id = Guid.Parse("01957ad2-7c00-7000-8000-00000000d001"),
        Version = 1,
        Name = "Salary Loan",
        Description = "For people with a salary.",
        AccountProductName = "Consumer Loans",
        Currency = Currency.Get("NGN"),
        AmountMinMinor = 10_000_00,
        AmountMaxMinor = 1_000_000_00,
        DurationMin = 1,
        DurationMax = 24,
        AnnualRatePercent = 24,
        AnnualRatePercentMin = 12,
        AnnualRatePercentMax = 36,
        Allocation = new()
        {
            Strategy = AllocationStrategy.OldestFirst,
            Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
        },
        Fees = [new("Processing fee", FeeKind.Percent, 0, 1, FeeCharged.Deducted)],
        RepaymentMethods = [PaymentMethod.BankTransfer, PaymentMethod.Wallet],
    };

    public static DateTimeOffset Now { get; } = new(2026, 1, 12, 9, 30, 0, TimeSpan.Zero);

    public static StoredApplication Offered { get; } = Create();

    private static StoredApplication Create()
    {
        var offer = LoanOffer.Of(Product, new ApprovedTerms(500_000_00, 24, 3), Today);
        return new StoredApplication
        {
            CustomerId = Customer,
            Id = Guid.Parse("01957ad2-7c00-7000-8000-00000000a001"),
            OrganisationId = Guid.Parse("01957ad2-7c00-7000-8000-00000000e001"),
            CustomerName = "Ada Example",
            Email = "customer@demo.example",
            Product = Product,
            Status = ApplicationStatus.OfferSent,
            RequestedMinor = 500_000_00,
            Duration = 3,
            DurationCounter = 3,
            RepaymentMethod = PaymentMethod.BankTransfer,
            EmploymentStatus = "EMPLOYED",
            MonthlyIncomeMinor = 900_000_00,
            FirstName = "Ada",
            LastName = "Example",
            DateOfBirth = new DateOnly(1990, 5, 17),
            PhoneNumber = "+2348000000000",
            Bvn = "22345678901",
            AccountNumber = "0123456785",
            BankCode = "058",
            BankAccountId = Guid.Parse("01957ad2-7c00-7000-8000-00000000f001"),
            Answers = [],
            Checks = [new(ApplicationCheck.Age, true, "The age of 35 is within 18 and 70.")],
            Score = new([new(ScorePartName.Employment, 20, 20, "The employment status is EMPLOYED.")]),
            Approved = new(500_000_00, 24, 3),
            RequestedBy = Customer,
            RequestedOn = Today,
            RecordedAt = Now,
            EventCount = 3,
            Offer = new SentOffer
            {
                Number = 1,
                Terms = offer.Terms,
                Fees = offer.Fees,
                TotalRepaymentMinor = offer.TotalRepaymentMinor,
                AnnualPercentageRate = offer.AnnualPercentageRate,
                SentBy = Customer,
                SentAt = Now,
                ExpiresAt = new DateTimeOffset(2026, 1, 26, 23, 0, 0, TimeSpan.Zero),
            },
        };
    }
}
