using Paydown.Lending.Amounts;
using Paydown.Lending.Approvals;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;

namespace Paydown.Lending.Applications;

/// <summary>
/// Decides what becomes of an application when it is made. What cannot be an application of the product is refused;
/// what can be, but fails a check, is rejected with its reason.
/// </summary>
public static class ApplicationRules
{
    /// <summary>The request, ready to be checked. The order of the refusals is part of the contract.</summary>
    /// <param name="product">What is offered now; null: the organisation has no product of this id.</param>
    /// <param name="isOpen">Whether it takes applications.</param>
    /// <param name="request">As sent.</param>
    /// <param name="known">What the lender knows.</param>
    /// <param name="today">The day of the application.</param>
    public static Result<ReadRequest> Read(
        LoanProduct? product,
        bool isOpen,
        LoanRequest request,
        KnownApplicant known,
        DateOnly today
    )
    {
        if (product is null)
            return Refusals.NotFound("loan product");
        if (!isOpen)
            return Refusals.ProductClosed();
        var read = ReadFields(product, request, known, today);
        if (read.IsRefused)
            return read.Refusal;
        if (known.HasOpenApplication)
            return Refusals.ApplicationOpen();
        return read.Value;
    }

    /// <summary>All checks, in their order, each with what was found.</summary>
    /// <param name="product">What is applied for.</param>
    /// <param name="request">As it was read.</param>
    /// <param name="known">What the lender knows.</param>
    /// <param name="today">The day of the application.</param>
    public static IReadOnlyList<CheckResult> Check(
        LoanProduct product,
        ReadRequest request,
        KnownApplicant known,
        DateOnly today
    )
    {
        var limits = product.Eligibility;
        return
        [
            CheckAmount(product, request.Amount),
            CheckDuration(product, request.Sent.Duration),
            CheckDateOfBirth(request.Sent.DateOfBirth, known.DateOfBirth),
            CheckAge(limits, AgeOn(request.Sent.DateOfBirth, today)),
            CheckCountry(limits, known.CountryIso3),
            CheckEmployment(limits, request.Sent.EmploymentStatus),
            CheckIncome(limits.MonthlyIncomeMin, request.MonthlyIncome),
            CheckBlacklist(known.ListedBy),
            CheckAnswers(product, request.Sent.Answers),
        ];
    }

    /// <summary>The first step of an application: rejected, approved, or pending for an officer.</summary>
    /// <param name="product">What is applied for.</param>
    /// <param name="request">As it was read.</param>
    /// <param name="checks">What came of them.</param>
    /// <param name="score">What it came to.</param>
    /// <param name="fourEyesAbove">
    /// The organisation's amount: above it nothing is approved by rules alone. Null: it has none.
    /// </param>
    /// <returns>The state, and why it is rejected.</returns>
    public static (ApplicationStatus Status, string? Reason) Decide(
        LoanProduct product,
        ReadRequest request,
        IReadOnlyList<CheckResult> checks,
        Score score,
        Money? fourEyesAbove = null
    )
    {
        var failed = checks.Where(check => !check.Passed).ToList();
        if (failed.Count > 0)
            return (ApplicationStatus.Rejected, string.Join(" ", failed.Select(check => check.Reason)));
        if (score.Band == ScoreBand.Red)
        {
            return (
                ApplicationStatus.Rejected,
                $"The score of {score.Total} is below {Scoring.AmberMin}, the least that can be approved."
            );
        }

        var above = FourEyesRules.Stricter(product.FourEyesAbove, fourEyesAbove);
        var needsOfficer =
            !product.ApprovesAutomatically
            || request.Amount > above
            || !Disbursement.LeavesSomething(product, request.Amount)
            || ProductFit.FindMisfit(
                product,
                new(request.Amount, product.AnnualRatePercent, request.Sent.Duration),
                ProductTrial.Start
            )
                is not null;
        return score.Band == ScoreBand.Green && !needsOfficer
            ? (ApplicationStatus.Approved, null)
            : (ApplicationStatus.Requested, null);
    }

    /// <summary>
    /// Whole years since a date of birth. A person born on 29 February turns a year older on 1 March.
    /// </summary>
    public static int AgeOn(DateOnly dateOfBirth, DateOnly today)
    {
        var hadBirthday = (today.Month, today.Day).CompareTo((dateOfBirth.Month, dateOfBirth.Day)) >= 0;
        return today.Year - dateOfBirth.Year - (hadBirthday ? 0 : 1);
    }

    private static Result<ReadRequest> ReadFields(
        LoanProduct product,
        LoanRequest request,
        KnownApplicant known,
        DateOnly today
    )
    {
        var errors = new List<FieldError>();
        if (request.CurrencyCode != product.Currency.Code)
            errors.Add(new("currencyCode", $"must be {product.Currency.Code}, the currency of the product."));
        var (amount, income) = (Money.Zero(product.Currency), Money.Zero(product.Currency));
        if (!Money.TryFromMajor(request.Amount, product.Currency, out amount) || !amount.IsPositive)
            errors.Add(new("loanAmount", $"must be more than 0, {DigitsOf(product.Currency)}."));
        if (!Money.TryFromMajor(request.MonthlyIncome, product.Currency, out income) || income.MinorUnits < 0)
            errors.Add(new("monthlyIncome", $"must be 0 or more, {DigitsOf(product.Currency)}."));
        if (!product.RepaymentMethods.Contains(request.RepaymentMethod))
        {
            errors.Add(
                new(
                    "loanRepaymentMethodEnum",
                    $"must be one that the product offers: {string.Join(", ", product.RepaymentMethods.Select(Words.Write))}."
                )
            );
        }

        errors.AddRange(ErrorsOfName(request, known.Name));
        if (FirstDueRules.Check(product, request.FirstDueOn, today) is { } wrong)
            errors.Add(wrong);
        errors.AddRange(EligibilityAnswers.Errors(product.Questions, request.Answers));
        var account = BankAccountRules.Number(request.BankCode, request.AccountNumber, known.Bank);
        // An unknown bank has its own code; a wrong number is an ordinary field error.
        if (account.IsRefused && known.Bank is not null)
            errors.AddRange(account.Refusal.Errors);
        if (errors.Count > 0)
            return Refusals.ValidationFailed(errors);
        return account.IsRefused ? account.Refusal : new ReadRequest(request, amount, income, account.Value);
    }

    // Written as banks write names: in any case and order, without accents, with middle names.
    private static IEnumerable<FieldError> ErrorsOfName(LoanRequest request, string name)
    {
        if (AccountNameRules.Matches($"{request.FirstName} {request.LastName}", name))
            yield break;
        var wanted = $"must be the customer's, as in the profile: firstName and lastName together are {name}.";
        yield return new("firstName", wanted);
        yield return new("lastName", wanted);
    }

    private static string DigitsOf(Currency currency) => $"with at most {currency.FractionDigits} fraction digits";

    private static CheckResult CheckAmount(LoanProduct product, Money amount)
    {
        var (least, most) = (product.AmountMin, product.AmountMax);
        return amount >= least && amount <= most
            ? Passed(ApplicationCheck.Amount, $"The amount is within {least} and {most}.")
            : Failed(ApplicationCheck.Amount, $"The amount must be from {least} to {most}.");
    }

    private static CheckResult CheckDuration(LoanProduct product, int duration) =>
        duration >= product.DurationMin && duration <= product.DurationMax
            ? Passed(ApplicationCheck.Duration, $"{duration} installments are within the product.")
            : Failed(
                ApplicationCheck.Duration,
                $"The duration must be from {product.DurationMin} to {product.DurationMax} installments."
            );

    private static CheckResult CheckDateOfBirth(DateOnly stated, DateOnly? known) =>
        known is null ? Passed(ApplicationCheck.DateOfBirth, "The profile has no date of birth to compare with.")
        : stated == known ? Passed(ApplicationCheck.DateOfBirth, "The date of birth is the one of the profile.")
        : Failed(ApplicationCheck.DateOfBirth, "The date of birth is not the one of the profile.");

    private static CheckResult CheckAge(EligibilityLimits limits, int age) =>
        age >= limits.AgeMin && age <= limits.AgeMax
            ? Passed(ApplicationCheck.Age, $"The age of {age} is within {limits.AgeMin} and {limits.AgeMax}.")
            : Failed(ApplicationCheck.Age, $"The age must be from {limits.AgeMin} to {limits.AgeMax}; it is {age}.");

    private static CheckResult CheckCountry(EligibilityLimits limits, string? country) =>
        limits.Countries.Count == 0 ? Passed(ApplicationCheck.Country, "The product is open to every country.")
        : country is null
            ? Failed(ApplicationCheck.Country, "The profile names no country, and this product asks for one.")
        : limits.Countries.Contains(country)
            ? Passed(ApplicationCheck.Country, $"{country} is a country of the product.")
        : Failed(ApplicationCheck.Country, $"The country must be one of {string.Join(", ", limits.Countries)}.");

    private static CheckResult CheckEmployment(EligibilityLimits limits, string status) =>
        limits.EmploymentStatuses.Count == 0 || limits.EmploymentStatuses.Contains(status)
            ? Passed(ApplicationCheck.Employment, $"{status} is accepted.")
            : Failed(
                ApplicationCheck.Employment,
                $"The employment status must be one of {string.Join(", ", limits.EmploymentStatuses)}."
            );

    private static CheckResult CheckIncome(Money least, Money income) =>
        income >= least
            ? Passed(ApplicationCheck.Income, $"The monthly income is at least {least}.")
            : Failed(ApplicationCheck.Income, $"The monthly income must be at least {least}.");

    // Never reveal which list matched.
    private static CheckResult CheckBlacklist(IReadOnlyList<string> listedBy) =>
        listedBy.Count == 0
            ? Passed(ApplicationCheck.Blacklist, "The applicant is not listed.")
            : Failed(ApplicationCheck.Blacklist, "The lender cannot lend to this applicant.");

    private static CheckResult CheckAnswers(LoanProduct product, IReadOnlyList<GivenAnswer> answers)
    {
        var failing = EligibilityAnswers.Failing(product.Questions, answers);
        return failing.Count == 0
            ? Passed(ApplicationCheck.EligibilityAnswers, "All answers pass.")
            : Failed(
                ApplicationCheck.EligibilityAnswers,
                "The product cannot be had with the answer to: "
                    + string.Join(" ", failing.Select(question => question.Question))
            );
    }

    private static CheckResult Passed(ApplicationCheck check, string reason) => new(check, true, reason);

    private static CheckResult Failed(ApplicationCheck check, string reason) => new(check, false, reason);
}
