using Paydown.Lending.Approvals;

namespace Paydown.Lending.Products;

/// <summary>
/// Which changes of a product weaken a control and need two managers. A control keeps one person, or the rules, from
/// lending alone: the four-eyes amount, the decision of an officer, and for a product that approves automatically
/// everything that stands in place of that officer. Prices and terms are no controls.
/// </summary>
public static class ProductControls
{
    /// <summary>The fields, named as on the wire, whose change weakens a control; none: one manager suffices.</summary>
    public static IReadOnlyList<string> WeakenedBy(LoanProduct before, LoanProduct after)
    {
        var weakened = new List<string>();
        if (FourEyesRules.IsWeaker(after.FourEyesAbove, before.FourEyesAbove))
            weakened.Add("fourEyesAbove");
        if (after.ApprovesAutomatically && !before.ApprovesAutomatically)
            weakened.Add("approvesAutomatically");
        if (after.DisbursesAutomatically && !before.DisbursesAutomatically)
            weakened.Add("disbursesAutomatically");
        if (!after.ApprovesAutomatically)
            return weakened;

        if (after.AmountMax > before.AmountMax)
            weakened.Add("maximumAmount");
        if (IsLooser(after.Eligibility, before.Eligibility))
            weakened.Add("eligibility");
        if (!before.Questions.All(question => after.Questions.Any(other => AsksTheSame(question, other))))
            weakened.Add("eligibilityQuestions");
        return weakened;
    }

    private static bool IsLooser(EligibilityLimits after, EligibilityLimits before) =>
        after.AgeMin < before.AgeMin
        || after.AgeMax > before.AgeMax
        || after.MonthlyIncomeMin < before.MonthlyIncomeMin
        || LetsMoreIn(after.EmploymentStatuses, before.EmploymentStatuses)
        || LetsMoreIn(after.Countries, before.Countries);

    // An empty list excludes no one.
    private static bool LetsMoreIn(IReadOnlyList<string> after, IReadOnlyList<string> before) =>
        before.Count > 0 && (after.Count == 0 || after.Except(before).Any());

    private static bool AsksTheSame(EligibilityQuestion one, EligibilityQuestion other) =>
        one.Id == other.Id
        && one.Question == other.Question
        && one.Type == other.Type
        && one.IsRequired == other.IsRequired
        && one.PassingMin == other.PassingMin
        && one.PassingMax == other.PassingMax
        && one.Options.SequenceEqual(other.Options)
        && one.PassingAnswers.SequenceEqual(other.PassingAnswers);
}
