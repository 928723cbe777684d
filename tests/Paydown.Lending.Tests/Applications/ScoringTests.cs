using Paydown.Lending.Applications;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Applications.Offered;

namespace Paydown.Lending.Tests.Applications;

public sealed class ScoringTests
{
    [Theory]
    [InlineData(5_000_00, 40)]
    [InlineData(4_999_00, 32)]
    [InlineData(2_500_00, 22)]
    [InlineData(2_000_00, 10)]
    [InlineData(1_999_00, 0)]
    [InlineData(0, 0)]
    public void The_score_weighs_the_installment_against_income(long income, int points) =>
        PointsOf(ScorePartName.Affordability, Applicant with { MonthlyIncome = Kobo(income) }).ShouldBe(points);

    [Fact]
    public void Installments_of_running_loans_count_and_those_of_closed_loans_do_not()
    {
        var applicant = Applicant with { MonthlyIncome = Kobo(5_000_00) };
        var running = LoanOf(Today.AddDays(-10));
        var closed = LoanOf(Today.AddDays(-10), (Today.AddDays(-1), 1_200_00));
        PointsOf(ScorePartName.Affordability, applicant with { Loans = [closed] }).ShouldBe(40);
        PointsOf(ScorePartName.Affordability, applicant with { Loans = [running] }).ShouldBe(32);
    }

    [Fact]
    public void Weekly_installments_are_converted_to_months()
    {
        var weekly = Product with { DurationUnit = PeriodUnit.Weeks };
        var wanted = ProductTerms.Of(weekly, Kobo(12_000_00), 12, 0, Today);
        var score = Scoring.Of(Applicant with { Wanted = wanted });
        score.Parts[0].Reason.ShouldBe("All installments together take 43.4 % of the monthly income.");
        score.Parts[0].Points.ShouldBe(10);
    }

    [Theory]
    [InlineData("EMPLOYED", 20)]
    [InlineData("SELF_EMPLOYED", 15)]
    [InlineData("RETIRED", 15)]
    [InlineData("STUDENT", 5)]
    [InlineData("UNEMPLOYED", 0)]
    public void Employment_gives_points(string status, int points) =>
        PointsOf(ScorePartName.Employment, Applicant with { EmploymentStatus = status }).ShouldBe(points);

    [Fact]
    public void History_rewards_repaid_loans_and_penalises_late_ones()
    {
        var closed = LoanOf(Today.AddDays(-10), (Today.AddDays(-1), 1_200_00));
        HistoryOf([]).ShouldBe(15);
        HistoryOf([closed]).ShouldBe(20);
        HistoryOf([closed, closed, closed, closed]).ShouldBe(30);
        HistoryOf([closed, LoanOf(Today.AddDays(-40))]).ShouldBe(5);
        HistoryOf([closed, LoanOf(Today.AddDays(-80))]).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 0, 10)]
    [InlineData(4, 4, 10)]
    [InlineData(4, 3, 7)]
    [InlineData(4, 0, 0)]
    public void Answers_give_points(int asked, int answered, int points) =>
        PointsOf(ScorePartName.Answers, Applicant with { QuestionsAsked = asked, QuestionsAnswered = answered })
            .ShouldBe(points);

    [Theory]
    [InlineData(100, ScoreBand.Green)]
    [InlineData(70, ScoreBand.Green)]
    [InlineData(69, ScoreBand.Amber)]
    [InlineData(40, ScoreBand.Amber)]
    [InlineData(39, ScoreBand.Red)]
    [InlineData(0, ScoreBand.Red)]
    public void Bands_have_their_thresholds(int total, ScoreBand band) =>
        new Score([new(ScorePartName.History, total, 100, "")]).Band.ShouldBe(band);

    [Fact]
    public void A_score_is_the_sum_of_its_parts_and_each_stays_within_its_bounds()
    {
        var score = Scoring.Of(Applicant);
        score.Total.ShouldBe(40 + 20 + 15 + 10);
        score.Parts.Sum(part => part.PointsMax).ShouldBe(100);
        score.Parts.ShouldAllBe(part => part.Points >= 0 && part.Points <= part.PointsMax && part.Reason.Length > 0);
        Scoring.Of(Applicant with { Wanted = null }).Parts[0].Points.ShouldBe(0);
    }

    private static int HistoryOf(IReadOnlyList<Lending.Loans.Loan> loans) =>
        PointsOf(ScorePartName.History, Applicant with { Loans = loans });

    private static int PointsOf(ScorePartName name, ScoredApplicant applicant) =>
        Scoring.Of(applicant).Parts.Single(part => part.Name == name).Points;
}
