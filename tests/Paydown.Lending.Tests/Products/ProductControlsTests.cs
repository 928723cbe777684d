using Paydown.Lending.Products;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Products.SampleProducts;

namespace Paydown.Lending.Tests.Products;

public sealed class ProductControlsTests
{
    private static readonly EligibilityLimits Limits = new()
    {
        AgeMin = 21,
        AgeMax = 60,
        EmploymentStatuses = ["EMPLOYED", "RETIRED"],
        Countries = ["NGA", "GHA"],
        MonthlyIncomeMin = Kobo(100_000_00),
    };

    private static readonly EligibilityQuestion Choice = Question with
    {
        Type = QuestionType.Choice,
        Options = ["Rent", "School"],
        PassingAnswers = ["School"],
    };

    private static LoanProduct Automatic =>
        Good with
        {
            ApprovesAutomatically = true,
            FourEyesAbove = Kobo(1_000_000_00),
            Eligibility = Limits,
            Questions = [Choice],
        };

    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Weakening =>
        new()
        {
            { "fourEyesAbove", one => one with { FourEyesAbove = Kobo(1_000_000_01) } },
            { "fourEyesAbove", one => one with { FourEyesAbove = null } },
            { "disbursesAutomatically", one => one with { DisbursesAutomatically = true } },
            { "maximumAmount", one => one with { AmountMax = Kobo(one.AmountMax.MinorUnits + 1) } },
            { "eligibility", one => one with { Eligibility = Limits with { AgeMin = 20 } } },
            { "eligibility", one => one with { Eligibility = Limits with { AgeMax = 61 } } },
            { "eligibility", one => one with { Eligibility = Limits with { MonthlyIncomeMin = Kobo(99_999_99) } } },
            { "eligibility", one => one with { Eligibility = Limits with { EmploymentStatuses = [] } } },
            { "eligibility", one => one with { Eligibility = Limits with { EmploymentStatuses = ["STUDENT"] } } },
            { "eligibility", one => one with { Eligibility = Limits with { Countries = [] } } },
            { "eligibility", one => one with { Eligibility = Limits with { Countries = ["NGA", "KEN"] } } },
            { "eligibilityQuestions", one => one with { Questions = [] } },
            { "eligibilityQuestions", one => one with { Questions = [Choice with { Id = Id(9) }] } },
            { "eligibilityQuestions", one => one with { Questions = [Choice with { Question = "Why?" }] } },
            { "eligibilityQuestions", one => one with { Questions = [Choice with { Type = QuestionType.Text }] } },
            { "eligibilityQuestions", one => one with { Questions = [Choice with { IsRequired = false }] } },
            { "eligibilityQuestions", one => one with { Questions = [Choice with { PassingMin = 1 }] } },
            { "eligibilityQuestions", one => one with { Questions = [Choice with { PassingMax = 1 }] } },
            { "eligibilityQuestions", one => one with { Questions = [Choice with { Options = ["Rent"] }] } },
            { "eligibilityQuestions", one => one with { Questions = [Choice with { PassingAnswers = ["Rent"] }] } },
        };

    [Theory]
    [MemberData(nameof(Weakening))]
    public void A_change_that_weakens_a_control_is_named(string field, Func<LoanProduct, LoanProduct> change) =>
        ProductControls.WeakenedBy(Automatic, change(Automatic)).ShouldBe([field]);

    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Harmless =>
        new()
        {
            { "nothing", one => one },
            { "a lower four-eyes amount", one => one with { FourEyesAbove = Kobo(1) } },
            { "an officer again", one => one with { ApprovesAutomatically = false } },
            { "a lower maximum", one => one with { AmountMax = Kobo(one.AmountMax.MinorUnits - 1) } },
            {
                "stricter limits",
                one =>
                    one with
                    {
                        Eligibility = new()
                        {
                            AgeMin = 22,
                            AgeMax = 59,
                            EmploymentStatuses = ["EMPLOYED"],
                            Countries = ["NGA"],
                            MonthlyIncomeMin = Kobo(100_000_01),
                        },
                    }
            },
            { "one more question", one => one with { Questions = [Choice, Question with { Id = Id(9) }] } },
            { "a price", one => one with { AnnualRatePercent = 30 } },
        };

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Other_changes_need_one_manager(string what, Func<LoanProduct, LoanProduct> change) =>
        ProductControls.WeakenedBy(Automatic, change(Automatic)).ShouldBeEmpty(what);

    [Fact]
    public void A_list_that_was_empty_can_only_exclude_people()
    {
        var open = Automatic with { Eligibility = Limits with { Countries = [], EmploymentStatuses = [] } };
        ProductControls.WeakenedBy(open, Automatic).ShouldBeEmpty();
        ProductControls.WeakenedBy(open, open).ShouldBeEmpty();
    }

    [Fact]
    public void Limits_count_only_if_no_officer_decides()
    {
        var looser = Good with
        {
            AmountMax = Kobo(Good.AmountMax.MinorUnits + 1),
            Eligibility = Good.Eligibility with { AgeMin = 18 },
        };
        ProductControls.WeakenedBy(Good with { Eligibility = Limits, Questions = [Choice] }, looser).ShouldBeEmpty();
        ProductControls
            .WeakenedBy(Good, Good with { ApprovesAutomatically = true, DisbursesAutomatically = true })
            .ShouldBe(["approvesAutomatically", "disbursesAutomatically"]);
        var both = Automatic with { DisbursesAutomatically = true };
        ProductControls.WeakenedBy(both, both).ShouldBeEmpty();
    }
}
