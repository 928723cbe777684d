using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;

namespace Paydown.Lending.Tests.Applications;

/// <summary>Products and applications that tests start from.</summary>
internal static class Offered
{
    public static readonly DateOnly Today = new(2026, 3, 1);
    public static readonly QuestionId Registered = new(Guid.Parse("00000000-0000-0000-0000-000000000001"));
    public static readonly QuestionId Months = new(Guid.Parse("00000000-0000-0000-0000-000000000002"));

    private static int ids = 100;

    /// <summary>1,000.00 to 50,000.00 for 3 to 24 months at 12 %, for everybody.</summary>
    public static LoanProduct Product { get; } =
        new()
        {
            Id = new(Guid.Parse("00000000-0000-0000-0000-0000000000ff")),
            Version = 1,
            Name = "Salary Loan",
            Description = "",
            AccountProductName = "Consumer Loans",
            AmountMin = Kobo(1_000_00),
            AmountMax = Kobo(50_000_00),
            DurationMin = 3,
            DurationMax = 24,
            AnnualRatePercent = 12,
            AnnualRatePercentMin = 6,
            AnnualRatePercentMax = 24,
            Allocation = Agreed.OldestFirst,
            RepaymentMethods = [PaymentMethod.BankTransfer, PaymentMethod.Wallet],
            Eligibility = new() { MonthlyIncomeMin = Kobo(0) },
            ApprovesAutomatically = true,
        };

    /// <summary>The same for registered businesses that trade for six months or more.</summary>
    public static LoanProduct Asking { get; } =
        Product with
        {
            Questions =
            [
                new()
                {
                    Id = Registered,
                    Question = "Registered?",
                    Type = QuestionType.YesNo,
                    PassingAnswers = ["YES"],
                },
                new()
                {
                    Id = Months,
                    Question = "Months?",
                    Type = QuestionType.Number,
                    IsRequired = false,
                    PassingMin = 6,
                    PassingMax = 600,
                },
            ],
        };

    /// <summary>12,000.00 for 12 months by somebody of 35 with an income of 10,000.00.</summary>
    public static LoanRequest Request { get; } =
        new()
        {
            CurrencyCode = "NGN",
            Amount = 12_000,
            Duration = 12,
            RepaymentMethod = PaymentMethod.BankTransfer,
            EmploymentStatus = "EMPLOYED",
            MonthlyIncome = 10_000,
            DateOfBirth = new DateOnly(1990, 5, 17),
            FirstName = "Ada",
            LastName = "Example",
            BankCode = "058",
            AccountNumber = "0123456785",
            Answers = [],
        };

    public static ScoredApplicant Applicant { get; } =
        new()
        {
            MonthlyIncome = Kobo(10_000_00),
            EmploymentStatus = "EMPLOYED",
            Wanted = ProductTerms.Of(Product, Kobo(12_000_00), 12, 0, Today),
            Loans = [],
            QuestionsAsked = 0,
            QuestionsAnswered = 0,
        };

    /// <summary>An id that no other has.</summary>
    public static TId NextId<TId>()
        where TId : struct, IId<TId> => TId.Of(new Guid(Interlocked.Increment(ref ids), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>1,200.00 without interest over 12 months, as it stands today.</summary>
    public static Loan LoanOf(DateOnly disbursedOn, params IReadOnlyList<(DateOnly On, long Minor)> payments)
    {
        var terms = ProductTerms.Of(Product, Kobo(1_200_00), 12, 0, disbursedOn);
        var events = new List<LoanEvent>
        {
            new Disbursed
            {
                Id = NextId<LoanEventId>(),
                Sequence = 1,
                On = disbursedOn,
                Amount = Kobo(1_200_00),
            },
        };
        foreach (var (on, minor) in payments)
        {
            events.Add(
                new PaymentReceived
                {
                    Id = NextId<LoanEventId>(),
                    Sequence = events.Count + 1,
                    On = on,
                    Amount = Kobo(minor),
                }
            );
        }

        return Loan.Replay(terms, events, Today);
    }
}
