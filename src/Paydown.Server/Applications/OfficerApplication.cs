using System.Text.Json.Serialization;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Server.Applications;

/// <summary>An application for officers, with its score, checks and history.</summary>
public sealed record OfficerApplication
{
    /// <summary>The application's id.</summary>
    public required LoanApplicationId Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The product's id.</summary>
    public required ProductId LoanProductId { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The version of the product when the customer applied.</summary>
    public required int LoanProductVersion { get; init; }

    /// <summary>The application's state.</summary>
    public required ApplicationStatus LoanApplicationStatus { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The amount that was requested.</summary>
    public required Money RequestedLoanAmount { get; init; }

    /// <summary>The number of installments that was requested.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required PeriodUnit DurationCounterUnit { get; init; }

    /// <summary>How the loan is to be repaid.</summary>
    public required string LoanRepaymentMethod { get; init; }

    /// <summary>The customer's employment status.</summary>
    public required string EmploymentStatus { get; init; }

    /// <summary>The customer's monthly income.</summary>
    public required Money MonthlyIncome { get; init; }

    /// <summary>The first name as sent with the application.</summary>
    public required string FirstName { get; init; }

    /// <summary>The last name as sent with the application.</summary>
    public required string LastName { get; init; }

    /// <summary>The date of birth as sent with the application.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>The phone number as sent with the application.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The bank verification number: its last four digits, the others replaced by asterisks.</summary>
    public required string Bvn { get; init; }

    /// <summary>The number of the bank account that was named.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The code of that account's bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>The answers to the eligibility questions.</summary>
    public required IReadOnlyList<ShownAnswer> Answers { get; init; }

    /// <summary>The automatic checks and their results.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>The score, from 0 to 100.</summary>
    public required int Score { get; init; }

    /// <summary><c>GREEN</c>, <c>AMBER</c> or <c>RED</c>.</summary>
    public required ScoreBand ScoreBand { get; init; }

    /// <summary>The parts of the score, each with its reason.</summary>
    public required IReadOnlyList<ScorePart> ScoreParts { get; init; }

    /// <summary>
    /// The approved amount; null if nothing is approved. While the status is REQUESTED, what the first of two officers
    /// approved.
    /// </summary>
    public required Money? ApprovedAmount { get; init; }

    /// <summary>The approved interest rate in percent per year; null if nothing is approved.</summary>
    public required decimal? ApprovedInterestRate { get; init; }

    /// <summary>The approved number of installments; null if nothing is approved.</summary>
    public required int? ApprovedDuration { get; init; }

    /// <summary>The officer who gave the first of two approvals; null if there is no such approval.</summary>
    public required UserId? FirstApprovedBy { get; init; }

    /// <summary>How many officers must still approve it: 2, 1, or 0 once it is decided.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The requested first due date; null for one period after payout.</summary>
    public required DateOnly? RequestedFirstDueDate { get; init; }

    /// <summary>The approved first due date; null for one period after payout.</summary>
    public required DateOnly? ApprovedFirstDueDate { get; init; }

    /// <summary>Why it was rejected or cancelled; null if it was not.</summary>
    public required string? Reason { get; init; }

    /// <summary>The user who applied: the customer, or an agent.</summary>
    public required UserId RequestedBy { get; init; }

    /// <summary>When the application was made.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The instant from which the offer can no longer be accepted; null if none was sent.</summary>
    public required DateTimeOffset? OfferExpiresAt { get; init; }

    /// <summary>The offer's total cost in percent per year, as of the day it was sent; null if none was sent.</summary>
    public required decimal? AnnualPercentageRate { get; init; }

    /// <summary>
    /// The total that the customer accepted to repay; a payout that would exceed it is refused. Null until accepted.
    /// </summary>
    public required Money? AcceptedTotalRepaymentAmount { get; init; }

    /// <summary>
    /// The day of acceptance, on which acceptedTotalRepaymentAmount assumes the payout; null until accepted.
    /// </summary>
    public required DateOnly? OfferAcceptedOn { get; init; }

    /// <summary>When the customer accepted the terms and conditions; null if not yet.</summary>
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account; null until the loan is paid out.</summary>
    public required LoanId? AccountId { get; init; }

    /// <summary>Every state that the application reached, in order; absent in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RecordedEvent>? Events { get; init; }

    public static OfficerApplication Of(StoredApplication stored, DateTimeOffset now) =>
        new()
        {
            Id = stored.Id,
            CustomerId = stored.CustomerId,
            CustomerName = stored.CustomerName,
            Email = stored.Email,
            LoanProductId = stored.Product.Id,
            LoanProductName = stored.Product.Name,
            LoanProductVersion = stored.Product.Version,
            LoanApplicationStatus = stored.StatusAt(now),
            CurrencyCode = stored.Currency.Code,
            RequestedLoanAmount = stored.Requested,
            LoanDuration = stored.Duration,
            DurationCounterUnit = stored.Product.DurationUnit,
            LoanRepaymentMethod = Words.Write(stored.RepaymentMethod),
            EmploymentStatus = stored.EmploymentStatus,
            MonthlyIncome = stored.MonthlyIncome,
            FirstName = stored.FirstName,
            LastName = stored.LastName,
            DateOfBirth = stored.DateOfBirth,
            PhoneNumber = stored.PhoneNumber,
            Bvn = stored.Bvn[^4..].PadLeft(stored.Bvn.Length, '*'),
            AccountNumber = stored.AccountNumber,
            BankCode = stored.BankCode,
            Answers = [.. stored.Answers.Select(given => ShownAnswer.Of(given, stored))],
            Checks = stored.Checks,
            Score = stored.Score.Total,
            ScoreBand = stored.Score.Band,
            ScoreParts = stored.Score.Parts,
            ApprovedAmount = stored.Approved?.Amount,
            ApprovedInterestRate = stored.Approved?.AnnualRatePercent,
            ApprovedDuration = stored.Approved?.Duration,
            FirstApprovedBy = stored.FirstApprovedBy,
            ApprovalsNeeded = FourEyesRules.ApprovalsNeeded(
                stored.StatusAt(now) == ApplicationStatus.Requested,
                stored.FirstApprovedBy is not null,
                stored.Requested,
                stored.TwoOfficersAbove
            ),
            RequestedFirstDueDate = stored.RequestedFirstDueOn,
            ApprovedFirstDueDate = stored.Approved?.FirstDueOn,
            Reason = stored.Reason,
            RequestedBy = stored.RequestedBy,
            RequestedAt = stored.RecordedAt,
            OfferExpiresAt = stored.Offer?.ExpiresAt,
            AnnualPercentageRate = stored.Offer?.AnnualPercentageRate,
            AcceptedTotalRepaymentAmount = stored.Accepted?.Total,
            OfferAcceptedOn = stored.Accepted?.On,
            TermsAcceptedAt = stored.TermsAcceptedAt,
            AccountId = stored.LoanId,
        };

    /// <summary>The application with its events.</summary>
    public static async Task<OfficerApplication> WithEventsAsync(
        NpgsqlConnection connection,
        StoredApplication stored,
        DateTimeOffset now,
        CancellationToken cancellation
    ) => Of(stored, now) with { Events = await ApplicationStore.ListEventsAsync(connection, stored, cancellation) };
}

/// <summary>The answer to an eligibility question.</summary>
/// <param name="QuestionId">The question's id.</param>
/// <param name="Question">The question; empty if the product no longer asks it.</param>
/// <param name="Answer">The answer.</param>
public sealed record ShownAnswer(QuestionId QuestionId, string Question, string Answer)
{
    public static ShownAnswer Of(GivenAnswer given, StoredApplication stored) =>
        new(
            given.QuestionId,
            stored.Product.Questions.FirstOrDefault(one => one.Id == given.QuestionId)?.Question ?? "",
            given.Answer
        );
}
