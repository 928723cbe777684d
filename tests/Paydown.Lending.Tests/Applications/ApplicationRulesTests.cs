using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Applications.Offered;

namespace Paydown.Lending.Tests.Applications;

public sealed class ApplicationRulesTests
{
    private static readonly KnownApplicant Unknown = new() { Name = "Ada Example" };
    private static readonly Score Green = new([new(ScorePartName.History, 100, 100, "")]);
    private static readonly Score Amber = new([new(ScorePartName.History, 69, 100, "")]);
    private static readonly Score Red = new([new(ScorePartName.History, 39, 100, "")]);

    [Fact]
    public void Refusals_follow_their_order_of_precedence()
    {
        var wrong = Request with { CurrencyCode = "EUR", Amount = 0.001m, RepaymentMethod = PaymentMethod.Cash };
        var open = Unknown with { HasOpenApplication = true };
        CodeOf(null, false, wrong, open).ShouldBe("NOT_FOUND");
        CodeOf(Product, false, wrong, open).ShouldBe("PRODUCT_CLOSED");
        CodeOf(Product, true, wrong, open).ShouldBe("VALIDATION_ERROR");
        var ofNoBank = open with { Bank = null };
        CodeOf(Product, true, wrong with { AccountNumber = "1" }, ofNoBank).ShouldBe("VALIDATION_ERROR");
        CodeOf(Product, true, Request with { AccountNumber = "1" }, ofNoBank).ShouldBe("BANK_UNKNOWN");
        CodeOf(Product, true, Request, open).ShouldBe("APPLICATION_OPEN");
        CodeOf(Product, true, Request, Unknown).ShouldBeNull();
    }

    [Fact]
    public void Every_error_is_returned_at_once()
    {
        var request = Request with
        {
            CurrencyCode = "EUR",
            Amount = 0,
            MonthlyIncome = -1,
            RepaymentMethod = PaymentMethod.Cash,
            Answers = [new(NextId<QuestionId>(), "YES"), new(Months, "many")],
        };
        var errors = ApplicationRules.Read(Asking, true, request, Unknown, Today).Refusal!.Errors;
        errors
            .Select(error => error.Field)
            .ShouldBe([
                "currencyCode",
                "loanAmount",
                "monthlyIncome",
                "loanRepaymentMethodEnum",
                "eligibilityAnswers[0].questionId",
                "eligibilityAnswers[1].answer",
                "eligibilityAnswers",
            ]);
    }

    [Theory]
    [InlineData("Ada", "Example", true)]
    [InlineData("ADA", "example", true)]
    [InlineData("Example", "Ada", true)]
    [InlineData("Ada Ngozi", "Example", true)]
    [InlineData("Àdá", "Example", true)]
    [InlineData("Bob", "Example", false)]
    [InlineData("Ada", "Sample", false)]
    [InlineData("A.", "Example", false)]
    [InlineData("Ada and Bob", "Example", false)]
    public void The_name_must_match_the_profile(string first, string last, bool isRight)
    {
        var read = ApplicationRules.Read(
            Product,
            true,
            Request with
            {
                FirstName = first,
                LastName = last,
            },
            Unknown,
            Today
        );
        read.IsRefused.ShouldBe(!isRight);
        if (isRight)
            return;
        read.Refusal!.Errors.Select(error => error.Field).ShouldBe(["firstName", "lastName"]);
        read.Refusal.Message.ShouldContain("Ada Example");
    }

    [Theory]
    [InlineData("058", "0123456785", true)]
    [InlineData("000058", "0123456785", true)]
    [InlineData("058", "0123456786", false)]
    [InlineData("058", "1", false)]
    public void The_account_number_must_be_valid_for_its_bank(string bank, string number, bool isRight)
    {
        var read = ApplicationRules.Read(
            Product,
            true,
            Request with
            {
                BankCode = bank,
                AccountNumber = number,
            },
            Unknown,
            Today
        );
        read.IsRefused.ShouldBe(!isRight);
        if (isRight)
            read.Value.Account.BankCode.ShouldBe("058");
        else
            read.Refusal!.Errors.ShouldHaveSingleItem().Field.ShouldBe("accountNumber");
    }

    [Theory]
    [InlineData("YES", true)]
    [InlineData("yes", true)]
    [InlineData("true", true)]
    [InlineData("No", true)]
    [InlineData("perhaps", false)]
    [InlineData("", false)]
    public void Yes_and_no_are_accepted_in_any_case(string answer, bool isRead) =>
        EligibilityAnswers.Errors(Asking.Questions, [new(Registered, answer)]).Count.ShouldBe(isRead ? 0 : 1);

    [Fact]
    public void A_question_is_answered_only_once() =>
        EligibilityAnswers
            .Errors(Asking.Questions, [new(Registered, "YES"), new(Registered, "NO")])
            .ShouldHaveSingleItem()
            .Field.ShouldBe("eligibilityAnswers[1].questionId");

    [Theory]
    [InlineData("YES", null, true)]
    [InlineData("NO", null, false)]
    [InlineData("YES", "6", true)]
    [InlineData("YES", "5.99", false)]
    [InlineData("YES", "601", false)]
    public void Answers_pass_if_they_are_within_the_limits(string registered, string? months, bool passes)
    {
        List<GivenAnswer> answers = [new(Registered, registered)];
        if (months is not null)
            answers.Add(new(Months, months));
        Failed(Asking, Request with { Answers = answers }, Unknown)
            .ShouldBe(passes ? [] : [ApplicationCheck.EligibilityAnswers]);
    }

    [Fact]
    public void Every_check_runs_in_order_and_reports_its_finding()
    {
        var strict = Asking with
        {
            Eligibility = new()
            {
                AgeMax = 30,
                Countries = ["GHA"],
                EmploymentStatuses = ["RETIRED"],
                MonthlyIncomeMin = Kobo(20_000_00),
            },
        };
        var request = Request with { Amount = 999.99m, Duration = 2, Answers = [new(Registered, "NO")] };
        var known = new KnownApplicant
        {
            Name = "Ada Example",
            DateOfBirth = new DateOnly(1990, 5, 18),
            CountryIso3 = "NGA",
            ListedBy = ["BVN"],
        };
        Failed(strict, request, known).ShouldBe(Enum.GetValues<ApplicationCheck>());
        var checks = ApplicationRules.Check(strict, Read(strict, request), known, Today);
        checks.ShouldAllBe(check => check.Reason.Length > 10);
        var (status, reason) = ApplicationRules.Decide(strict, Read(strict, request), checks, Green);
        status.ShouldBe(ApplicationStatus.Rejected);
        reason.ShouldNotBeNull().ShouldContain("The amount must be from 1000.00 NGN to 50000.00 NGN.");
        reason.ShouldContain("The lender cannot lend to this applicant.");
        Failed(Product, Request, known with { DateOfBirth = Request.DateOfBirth, ListedBy = [] }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2008-03-01", 18)]
    [InlineData("2008-03-02", 17)]
    [InlineData("2004-02-29", 22)]
    [InlineData("1990-05-17", 35)]
    public void Age_is_counted_in_whole_years(string born, int age) =>
        ApplicationRules.AgeOn(DateOnly.Parse(born), Today).ShouldBe(age);

    [Fact]
    public void A_person_born_on_29_February_turns_a_year_older_on_1_March()
    {
        ApplicationRules.AgeOn(new(2004, 2, 29), new(2026, 2, 28)).ShouldBe(21);
        ApplicationRules.AgeOn(new(2004, 2, 29), new(2026, 3, 1)).ShouldBe(22);
    }

    [Fact]
    public void An_unknown_country_is_rejected_if_the_product_restricts_countries() =>
        Failed(Product with { Eligibility = Product.Eligibility with { Countries = ["NGA"] } }, Request, Unknown)
            .ShouldBe([ApplicationCheck.Country]);

    [Fact]
    public void Green_is_approved_if_the_product_allows_it_red_is_rejected_and_the_rest_wait()
    {
        StatusOf(Product, Green).ShouldBe(ApplicationStatus.Approved);
        StatusOf(Product, Amber).ShouldBe(ApplicationStatus.Requested);
        StatusOf(Product, Red).ShouldBe(ApplicationStatus.Rejected);
        StatusOf(Product with { ApprovesAutomatically = false }, Green).ShouldBe(ApplicationStatus.Requested);
        StatusOf(Product with { FourEyesAbove = Kobo(11_999_99) }, Green).ShouldBe(ApplicationStatus.Requested);
        StatusOf(Product with { FourEyesAbove = Kobo(12_000_00) }, Green).ShouldBe(ApplicationStatus.Approved);
        StatusOf(Product with { Fees = [new("All", FeeKind.Percent, Kobo(0), 100, FeeCharged.Deducted)] }, Green)
            .ShouldBe(ApplicationStatus.Requested);
    }

    private static ApplicationStatus StatusOf(LoanProduct product, Score score) =>
        ApplicationRules.Decide(product, Read(product, Request), [], score).Status;

    private static ReadRequest Read(LoanProduct product, LoanRequest request) =>
        ApplicationRules.Read(product, true, request, Unknown, Today).Value;

    private static string? CodeOf(LoanProduct? product, bool isOpen, LoanRequest request, KnownApplicant known) =>
        ApplicationRules.Read(product, isOpen, request, known, Today).Refusal?.Code;

    private static IEnumerable<ApplicationCheck> Failed(
        LoanProduct product,
        LoanRequest request,
        KnownApplicant known
    ) =>
        ApplicationRules
            .Check(product, Read(product, request), known, Today)
            .Where(check => !check.Passed)
            .Select(check => check.Check);
}
