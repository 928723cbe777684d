using System.Text.Json.Serialization;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Approvals;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Server.Applications;

/// <summary>An application as officers see it: with its score, checks and history.</summary>
public sealed record OfficerApplication
{
    public required Guid Id { get; init; }
    public required Guid CustomerId { get; init; }
    public required string CustomerName { get; init; }
    public required string Email { get; init; }
    public required Guid LoanProductId { get; init; }
    public required string LoanProductName { get; init; }

    /// <summary>The version of the product that was applied for.</summary>
    public required int LoanProductVersion { get; init; }
    public required ApplicationStatus LoanApplicationStatus { get; init; }
    public required string CurrencyCode { get; init; }
    public required Money RequestedLoanAmount { get; init; }
    public required int LoanDuration { get; init; }
    public required PeriodUnit DurationCounterUnit { get; init; }
    public required string LoanRepaymentMethod { get; init; }
    public required string EmploymentStatus { get; init; }
    public required Money MonthlyIncome { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required DateOnly DateOfBirth { get; init; }
    public required string PhoneNumber { get; init; }

    /// <summary>The last four digits; the others are stars.</summary>
    public required string Bvn { get; init; }
    public required string AccountNumber { get; init; }
    public required string BankCode { get; init; }
    public required IReadOnlyList<ShownAnswer> Answers { get; init; }
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Score { get; init; }
    public required ScoreBand ScoreBand { get; init; }
    public required IReadOnlyList<ScorePart> ScoreParts { get; init; }

    /// <summary>What was approved; while it is requested, what the first of two officers approved.</summary>
    public required Money? ApprovedAmount { get; init; }
    public required decimal? ApprovedInterestRate { get; init; }
    public required int? ApprovedDuration { get; init; }
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>How many officers must still approve it: 2, 1, or 0 once it is decided.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The first due date that was asked for; null: one period after payout.</summary>
    public required DateOnly? RequestedFirstDueDate { get; init; }

    /// <summary>The first due date that was approved; null: one period after payout.</summary>
    public required DateOnly? ApprovedFirstDueDate { get; init; }

    /// <summary>Why it was rejected or cancelled.</summary>
    public required string? Reason { get; init; }
    public required Guid RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset? OfferExpiresAt { get; init; }

    /// <summary>Percent a year, if the loan had been paid out on the day that the offer was sent.</summary>
    public required decimal? AnnualPercentageRate { get; init; }

    /// <summary>All that the customer agreed to pay back; a payout that would exceed it is refused.</summary>
    public required Money? AcceptedTotalRepaymentAmount { get; init; }

    /// <summary>The day of payout that <see cref="AcceptedTotalRepaymentAmount"/> assumes.</summary>
    public required DateOnly? OfferAcceptedOn { get; init; }
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account that it became.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>Every state that it came to; absent in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RecordedEvent>? Events { get; init; }

    public static OfficerApplication Example { get; } =
        Of(ApplicationExamples.Offered, ApplicationExamples.Now) with
        {
            Events =
            [
                new(
                    1,
                    ApplicationStatus.Requested,
                    "Requested.",
                    ApplicationExamples.Offered.CustomerId,
                    ApplicationExamples.Now
                ),
            ],
        };

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
            RequestedLoanAmount = stored.Money(stored.RequestedMinor),
            LoanDuration = stored.Duration,
            DurationCounterUnit = stored.Product.DurationUnit,
            LoanRepaymentMethod = Words.Write(stored.RepaymentMethod),
            EmploymentStatus = stored.EmploymentStatus,
            MonthlyIncome = stored.Money(stored.MonthlyIncomeMinor),
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
            ApprovedAmount = stored.Approved is { } approved ? stored.Money(approved.AmountMinor) : null,
            ApprovedInterestRate = stored.Approved?.AnnualRatePercent,
            ApprovedDuration = stored.Approved?.Duration,
            FirstApprovedBy = stored.FirstApprovedBy,
            ApprovalsNeeded = FourEyesRules.ApprovalsNeeded(
                stored.StatusAt(now) == ApplicationStatus.Requested,
                stored.FirstApprovedBy is not null,
                stored.RequestedMinor,
                stored.TwoOfficersAboveMinor
            ),
            RequestedFirstDueDate = stored.RequestedFirstDueOn,
            ApprovedFirstDueDate = stored.Approved?.FirstDueOn,
            Reason = stored.Reason,
            RequestedBy = stored.RequestedBy,
            RequestedAt = stored.RecordedAt,
            OfferExpiresAt = stored.Offer?.ExpiresAt,
            AnnualPercentageRate = stored.Offer?.AnnualPercentageRate,
            AcceptedTotalRepaymentAmount = stored.Accepted is { } accepted ? stored.Money(accepted.TotalMinor) : null,
            OfferAcceptedOn = stored.Accepted?.On,
            TermsAcceptedAt = stored.TermsAcceptedAt,
            AccountId = stored.LoanId,
        };

    /// <summary>The application as it stands, with its events.</summary>
    public static async Task<OfficerApplication> WithEventsAsync(
        NpgsqlConnection connection,
        StoredApplication stored,
        DateTimeOffset now,
        CancellationToken cancellation
    ) => Of(stored, now) with { Events = await ApplicationStore.ListEventsAsync(connection, stored, cancellation) };
}

/// <summary>A question of the product and its answer.</summary>
public sealed record ShownAnswer(Guid QuestionId, string Question, string Answer)
{
    public static ShownAnswer Of(GivenAnswer given, StoredApplication stored) =>
        new(
            given.QuestionId,
            stored.Product.Questions.FirstOrDefault(one => one.Id == given.QuestionId)?.Question ?? "",
            given.Answer
        );
}
