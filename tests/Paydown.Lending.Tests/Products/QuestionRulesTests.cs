using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Products.SampleProducts;

namespace Paydown.Lending.Tests.Products;

/// <summary>Eligibility and its questions.</summary>
public sealed class QuestionRulesTests
{
    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Accepted =>
        new()
        {
            {
                "questions",
                one =>
                    one with
                    {
                        Questions =
                        [
                            Question with
                            {
                                PassingAnswers = ["YES"],
                            },
                            new()
                            {
                                Id = Id(3),
                                Question = "How many months?",
                                Type = QuestionType.Number,
                                PassingMin = 6,
                                PassingMax = 600,
                            },
                            new()
                            {
                                Id = Id(4),
                                Question = "What for?",
                                Type = QuestionType.Choice,
                                Options = ["Rent", "School"],
                                PassingAnswers = ["School"],
                            },
                            new()
                            {
                                Id = Id(5),
                                Question = "Else?",
                                Type = QuestionType.Text,
                                IsRequired = false,
                            },
                        ],
                    }
            },
        };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Valid_questions_are_accepted(string what, Func<LoanProduct, LoanProduct> change) =>
        Check(change(Good)).ShouldBeEmpty(what);

    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Refused =>
        new()
        {
            { "eligibilityQuestions", one => one with { Questions = [Question, Question with { Id = Id(6) }] } },
            {
                "eligibilityQuestions[0].options",
                one => one with { Questions = [Question with { Type = QuestionType.Choice, Options = ["Only"] }] }
            },
            {
                "eligibilityQuestions[0].options",
                one =>
                    one with
                    {
                        Questions = [Question with { Type = QuestionType.Choice, Options = ["Rent", "rent"] }],
                    }
            },
            {
                "eligibilityQuestions[0].passingAnswers",
                one => one with { Questions = [Question with { PassingAnswers = ["MAYBE"] }] }
            },
            {
                "eligibilityQuestions[0].passingMinimum",
                one => one with { Questions = [Question with { PassingMin = 1 }] }
            },
            {
                "eligibilityQuestions[0].passingMaximum",
                one =>
                    one with
                    {
                        Questions = [Question with { Type = QuestionType.Number, PassingMin = 2, PassingMax = 1 }],
                    }
            },
            {
                "eligibilityQuestions[0].required",
                one => one with { Questions = [Question with { IsRequired = false, PassingAnswers = ["YES"] }] }
            },
            { "eligibility.minimumAge", one => one with { Eligibility = one.Eligibility with { AgeMin = 17 } } },
            {
                "eligibility.maximumAge",
                one => one with { Eligibility = one.Eligibility with { AgeMin = 30, AgeMax = 29 } }
            },
            { "eligibility.countries", one => one with { Eligibility = one.Eligibility with { Countries = ["ng"] } } },
            {
                "eligibility.employmentStatuses",
                one => one with { Eligibility = one.Eligibility with { EmploymentStatuses = ["IDLE"] } }
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Invalid_eligibility_is_refused_with_the_field(string field, Func<LoanProduct, LoanProduct> change)
    {
        var errors = Check(change(Good));

        errors.Select(error => error.Field).ShouldContain(field);
        errors.ShouldAllBe(error => error.Message.EndsWith('.'));
    }
}
