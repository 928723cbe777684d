using Paydown.Lending.Amounts;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Applications;

/// <summary>An answer to an eligibility question, as it was sent.</summary>
public sealed record GivenAnswer(QuestionId QuestionId, string Answer);

/// <summary>The request as sent: amounts in major units, unchecked.</summary>
public sealed record LoanRequest
{
    public required string CurrencyCode { get; init; }

    public required decimal Amount { get; init; }

    /// <summary>How many installments.</summary>
    public required int Duration { get; init; }

    public required PaymentMethod RepaymentMethod { get; init; }

    /// <summary><c>EMPLOYED</c>, <c>SELF_EMPLOYED</c>, <c>UNEMPLOYED</c>, <c>STUDENT</c> or <c>RETIRED</c>.</summary>
    public required string EmploymentStatus { get; init; }

    public required decimal MonthlyIncome { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string BankCode { get; init; }

    public required string AccountNumber { get; init; }

    public required IReadOnlyList<GivenAnswer> Answers { get; init; }

    /// <summary>The first due date that is asked for; null: one period after payout.</summary>
    public DateOnly? FirstDueOn { get; init; }
}

/// <summary>
/// A request that can be checked: its amounts are money of the product's currency, its bank account may exist.
/// </summary>
public sealed record ReadRequest(LoanRequest Sent, Money Amount, Money MonthlyIncome, Nuban Account);

/// <summary>What the lender knows of who applies, beside what is stated.</summary>
public sealed record KnownApplicant
{
    /// <summary>First and last name.</summary>
    public required string Name { get; init; }

    /// <summary>The bank that the request names; null if the lender lists no such bank.</summary>
    public KnownBank? Bank { get; init; } = new("", HasNuban: true);

    /// <summary>From the profile; null if it has none.</summary>
    public DateOnly? DateOfBirth { get; init; }

    /// <summary>ISO 3166, three letters, from the profile; null if it has none.</summary>
    public string? CountryIso3 { get; init; }

    /// <summary>
    /// By what the lender lists them as people to whom nothing is lent: <c>BVN</c>, <c>EMAIL</c>, <c>PHONE</c>.
    /// </summary>
    public IReadOnlyList<string> ListedBy { get; init; } = [];

    /// <summary>Whether an application for the same product may still become a loan.</summary>
    public bool HasOpenApplication { get; init; }
}

/// <summary>The automated checks, in the order in which they are made.</summary>
public enum ApplicationCheck
{
    Amount,
    Duration,
    DateOfBirth,
    Age,
    Country,
    Employment,
    Income,
    Blacklist,
    EligibilityAnswers,
}

/// <summary>The result of a check.</summary>
/// <param name="Check">Which one.</param>
/// <param name="Passed">False rejects the application.</param>
/// <param name="Reason">What was found, for people; shown to the customer if the check failed.</param>
public sealed record CheckResult(ApplicationCheck Check, bool Passed, string Reason);

/// <summary>What an officer, or the rules, approved.</summary>
/// <param name="Amount">In the product's currency.</param>
/// <param name="AnnualRatePercent">Percent a year.</param>
/// <param name="Duration">How many installments.</param>
/// <param name="FirstDueOn">The first due date that is agreed; null: one period after payout.</param>
public sealed record ApprovedTerms(Money Amount, decimal AnnualRatePercent, int Duration, DateOnly? FirstDueOn = null);
