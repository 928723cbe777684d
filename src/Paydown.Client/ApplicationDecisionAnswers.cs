namespace Paydown.Client;

/// <summary>An application as officers see it.</summary>
public sealed record OfficerApplication
{
    /// <summary>Id of the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the customer, who is the user.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Name of the customer.</summary>
    public required string CustomerName { get; init; }

    /// <summary>E-mail address of the customer.</summary>
    public required string Email { get; init; }

    /// <summary>Id of the product.</summary>
    public required Guid LoanProductId { get; init; }

    /// <summary>Name of the product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The version of the product that was applied for.</summary>
    public required int LoanProductVersion { get; init; }

    /// <summary>Where it stands.</summary>
    public required ApplicationStatus LoanApplicationStatus { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>How much was asked for.</summary>
    public required decimal RequestedLoanAmount { get; init; }

    /// <summary>How many installments were asked for.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The unit of the duration.</summary>
    public required DurationUnit DurationCounterUnit { get; init; }

    /// <summary>How the customer will repay.</summary>
    public required RepaymentMethod LoanRepaymentMethod { get; init; }

    /// <summary>What the customer does for a living.</summary>
    public required EmploymentStatus EmploymentStatus { get; init; }

    /// <summary>Income a month.</summary>
    public required decimal MonthlyIncome { get; init; }

    /// <summary>First name, as it was stated.</summary>
    public required string FirstName { get; init; }

    /// <summary>Last name, as it was stated.</summary>
    public required string LastName { get; init; }

    /// <summary>Date of birth, as it was stated.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>Telephone number, as it was stated.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The last digits of the bank verification number; the others are stars.</summary>
    public required string Bvn { get; init; }

    /// <summary>The bank account that was named.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The bank of that account.</summary>
    public required string BankCode { get; init; }

    /// <summary>The answers to the product's questions.</summary>
    public required IReadOnlyList<ShownAnswer> Answers { get; init; }

    /// <summary>The automated checks, in their order.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>From 0 to 100.</summary>
    public required int Score { get; init; }

    /// <summary>How sure the lender can be.</summary>
    public required ScoreBand ScoreBand { get; init; }

    /// <summary>What the score is made of.</summary>
    public required IReadOnlyList<ScorePart> ScoreParts { get; init; }

    /// <summary>How much was approved; while it is requested, by the first of two officers.</summary>
    public required decimal? ApprovedAmount { get; init; }

    /// <summary>The first due date that was asked for; null: one period after payout.</summary>
    public required DateOnly? RequestedFirstDueDate { get; init; }

    /// <summary>The first due date that was approved; null: one period after payout.</summary>
    public required DateOnly? ApprovedFirstDueDate { get; init; }

    /// <summary>All that the customer agreed to pay back; null before.</summary>
    public required decimal? AcceptedTotalRepaymentAmount { get; init; }

    /// <summary>The day of payout that the accepted total assumes; null before.</summary>
    public required DateOnly? OfferAcceptedOn { get; init; }

    /// <summary>The approved rate, in percent a year.</summary>
    public required decimal? ApprovedInterestRate { get; init; }

    /// <summary>How many installments were approved.</summary>
    public required int? ApprovedDuration { get; init; }

    /// <summary>Who approved first, where two must.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>How many officers must still approve it: 2, 1, or 0 once it is decided.</summary>
    public int ApprovalsNeeded { get; init; }

    /// <summary>Why it was rejected or cancelled; null where it was not.</summary>
    public required string? Reason { get; init; }

    /// <summary>Who applied: the customer, or an agent.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Until when the offer can be accepted.</summary>
    public required DateTimeOffset? OfferExpiresAt { get; init; }

    /// <summary>Of the offer: all that it costs, as percent a year.</summary>
    public required decimal? AnnualPercentageRate { get; init; }

    /// <summary>When the terms and conditions were accepted.</summary>
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account that it became.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>Every state that it came to; null in lists.</summary>
    public IReadOnlyList<RecordedEvent>? Events { get; init; }
}

/// <summary>A question of the product and its answer.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Question">Its text.</param>
/// <param name="Answer">What was answered.</param>
public sealed record ShownAnswer(Guid QuestionId, string Question, string Answer);

/// <summary>What came of an automated check.</summary>
/// <param name="Check">Its name, for example <c>AGE</c>.</param>
/// <param name="Passed">False rejected the application.</param>
/// <param name="Reason">What was found.</param>
public sealed record CheckResult(string Check, bool Passed, string Reason);

/// <summary>One part of a score.</summary>
/// <param name="Name">Its name, for example <c>AFFORDABILITY</c>.</param>
/// <param name="Points">What it gives.</param>
/// <param name="PointsMax">The most that it can give.</param>
/// <param name="Reason">Why so many.</param>
public sealed record ScorePart(string Name, int Points, int PointsMax, string Reason);

/// <summary>A state that an application came to.</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="Status">The state after it.</param>
/// <param name="Note">What happened.</param>
/// <param name="RecordedBy">Who did it; the zero id if it was automatic.</param>
/// <param name="RecordedAt">When.</param>
public sealed record RecordedEvent(
    int Sequence,
    ApplicationStatus Status,
    string Note,
    Guid RecordedBy,
    DateTimeOffset RecordedAt
);

/// <summary>What was paid out of a loan.</summary>
public sealed record DisbursedLoan
{
    /// <summary>Id of the application.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>Id of the loan account; null while a second officer is awaited for its first disbursement.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>Id of the customer, who is the user.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>How much was paid out now.</summary>
    public required decimal DisbursedAmount { get; init; }

    /// <summary>Fees that were kept back of it.</summary>
    public required decimal DeductedFees { get; init; }

    /// <summary>What was collected of it at once.</summary>
    public required decimal DownPayment { get; init; }

    /// <summary>What came to the customer's wallet.</summary>
    public required decimal WalletCredit { get; init; }

    /// <summary>All that was paid out of the loan.</summary>
    public required decimal TotalDisbursed { get; init; }

    /// <summary>The day of the disbursement.</summary>
    public required DateOnly DisbursementDate { get; init; }

    /// <summary>The reference that repayments carry; null before there is an account.</summary>
    public required string? RepaymentReference { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>What waits for a second officer; null: nothing does.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}
