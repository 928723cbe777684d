using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Applications;

/// <summary>The risk band of an application.</summary>
public enum ScoreBand
{
    Green,
    Amber,
    Red,
}

/// <summary>The parts of a score.</summary>
public enum ScorePartName
{
    Affordability,
    Employment,
    History,
    Answers,
}

/// <summary>One part of a score.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Points">From 0 to <paramref name="PointsMax"/>.</param>
/// <param name="PointsMax">The maximum.</param>
/// <param name="Reason">The reason for the points, for people.</param>
public sealed record ScorePart(ScorePartName Name, int Points, int PointsMax, string Reason);

/// <summary>A score from 0 to 100, and its parts.</summary>
public sealed record Score(IReadOnlyList<ScorePart> Parts)
{
    public int Total => Parts.Sum(part => part.Points);

    public ScoreBand Band =>
        Total >= Scoring.GreenMin ? ScoreBand.Green
        : Total >= Scoring.AmberMin ? ScoreBand.Amber
        : ScoreBand.Red;
}

/// <summary>The facts behind a score.</summary>
public sealed record ScoredApplicant
{
    public required Money MonthlyIncome { get; init; }

    public required string EmploymentStatus { get; init; }

    /// <summary>
    /// The loan that is asked for, as it would be agreed; null if its amount or duration is outside the product's
    /// limits.
    /// </summary>
    public required LoanTerms? Wanted { get; init; }

    /// <summary>All loans with this lender, on the day of the application.</summary>
    public required IReadOnlyList<Loan> Loans { get; init; }

    public required int QuestionsAsked { get; init; }

    public required int QuestionsAnswered { get; init; }
}

/// <summary>
/// Scores an application from 0 to 100: what the installments take of the income (40), employment (20), the history
/// with this lender (30), and how much was answered (10). Every threshold is defined here.
/// </summary>
public static class Scoring
{
    /// <summary>The least score that is green.</summary>
    public const int GreenMin = 70;

    /// <summary>The least score that is amber; anything below is red.</summary>
    public const int AmberMin = 40;

    private const int AffordabilityMax = 40;
    private const int EmploymentMax = 20;
    private const int HistoryMax = 30;
    private const int AnswersMax = 10;

    // Percent of the monthly income that all installments take together, at most, and what it gives.
    private static readonly (decimal PercentMax, int Points)[] Affordability =
    [
        (20m, 40),
        (30m, 32),
        (40m, 22),
        (50m, 10),
    ];

    private const int HistoryOfNone = 15;
    private const int HistoryOfClosed = 5;
    private const int LateDaysMax = 30;
    private const int HistoryOfLate = 5;

    /// <summary>The score of an application.</summary>
    public static Score Of(ScoredApplicant applicant) =>
        new([
            AffordabilityOf(applicant),
            EmploymentOf(applicant.EmploymentStatus),
            HistoryOf(applicant.Loans),
            AnswersOf(applicant),
        ]);

    private static ScorePart AffordabilityOf(ScoredApplicant applicant)
    {
        if (applicant.Wanted is not { } wanted)
            return Part(
                ScorePartName.Affordability,
                0,
                AffordabilityMax,
                "The requested loan is outside the product's limits."
            );
        if (!applicant.MonthlyIncome.IsPositive)
            return Part(ScorePartName.Affordability, 0, AffordabilityMax, "There is no income.");
        var monthly = MonthlyOf(wanted) + applicant.Loans.Sum(MonthlyOf);
        var percent = 100m * monthly / applicant.MonthlyIncome.MinorUnits;
        var shown = decimal.Ceiling(percent * 10m) / 10m;
        var points = Affordability.FirstOrDefault(step => percent <= step.PercentMax).Points;
        return Part(
            ScorePartName.Affordability,
            points,
            AffordabilityMax,
            FormattableString.Invariant($"All installments together take {shown} % of the monthly income.")
        );
    }

    private static ScorePart EmploymentOf(string status)
    {
        var points = status switch
        {
            "EMPLOYED" => EmploymentMax,
            "SELF_EMPLOYED" or "RETIRED" => 15,
            "STUDENT" => 5,
            _ => 0,
        };
        return Part(ScorePartName.Employment, points, EmploymentMax, $"The employment status is {status}.");
    }

    private static ScorePart HistoryOf(IReadOnlyList<Loan> loans)
    {
        var late = loans.SelectMany(DaysOverdue).DefaultIfEmpty().Max();
        if (loans.Any(loan => loan.Status == LoanStatus.WrittenOff))
            return Part(ScorePartName.History, 0, HistoryMax, "A loan with this lender was written off.");
        if (late > LateDaysMax)
            return Part(ScorePartName.History, 0, HistoryMax, $"An installment is {late} days overdue.");
        if (late > 0)
            return Part(ScorePartName.History, HistoryOfLate, HistoryMax, $"An installment is {late} days overdue.");
        var closed = loans.Count(loan => loan.Status is LoanStatus.Closed or LoanStatus.Overpaid);
        return Part(
            ScorePartName.History,
            Math.Min(HistoryMax, HistoryOfNone + HistoryOfClosed * closed),
            HistoryMax,
            $"Nothing is overdue; {closed} loans with this lender are paid back."
        );
    }

    private static ScorePart AnswersOf(ScoredApplicant applicant)
    {
        var points =
            applicant.QuestionsAsked == 0
                ? AnswersMax
                : AnswersMax * applicant.QuestionsAnswered / applicant.QuestionsAsked;
        return Part(
            ScorePartName.Answers,
            points,
            AnswersMax,
            $"{applicant.QuestionsAnswered} of {applicant.QuestionsAsked} questions are answered."
        );
    }

    // The largest installment of a loan that is to come, by the month.
    private static decimal MonthlyOf(LoanTerms wanted) =>
        PerMonth(
            wanted,
            Loan.Replay(wanted, [], wanted.SubmittedOn)
                .Installments.Where(row => !row.IsDownPayment)
                .Max(row => row.Due.Total)
        );

    // The next installment of a running loan, by the month.
    private static decimal MonthlyOf(Loan loan) =>
        loan.Status is LoanStatus.Active or LoanStatus.InArrears
            ? PerMonth(loan.Terms, loan.Installments.FirstOrDefault(row => row.DueOn >= loan.AsOf)?.Due.Total ?? 0)
            : 0m;

    private static decimal PerMonth(LoanTerms terms, long installment) =>
        terms.RepayUnit switch
        {
            PeriodUnit.Days => installment * 365m / 12m / terms.RepayEvery,
            PeriodUnit.Weeks => installment * 52m / 12m / terms.RepayEvery,
            PeriodUnit.Months => (decimal)installment / terms.RepayEvery,
            _ => installment / 12m / terms.RepayEvery,
        };

    private static IEnumerable<int> DaysOverdue(Loan loan) =>
        loan.Status == LoanStatus.InArrears ? loan.Installments.Select(row => row.DaysOverdueOn(loan.AsOf)) : [];

    private static ScorePart Part(ScorePartName name, int points, int pointsMax, string reason) =>
        new(name, points, pointsMax, reason);
}
