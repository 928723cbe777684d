using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform;

namespace Paydown.Server.Applications;

/// <summary>
/// Everything stored about one application except its events: the request, the checks, the approval, the offer and the
/// state.
/// </summary>
public sealed record StoredApplication
{
    public required CustomerId CustomerId { get; init; }

    public required LoanApplicationId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string CustomerName { get; init; }

    public required string Email { get; init; }

    /// <summary>The version of the product when the customer applied.</summary>
    public required LoanProduct Product { get; init; }

    /// <summary>The state as last written; <see cref="StatusAt"/> also considers the clock and the loan.</summary>
    public required ApplicationStatus Status { get; init; }

    public required Money Requested { get; init; }

    /// <summary>The number of installments that was requested.</summary>
    public required int Duration { get; init; }

    /// <summary>The value as sent; it has no effect.</summary>
    public required int? DurationCounter { get; init; }

    public required PaymentMethod RepaymentMethod { get; init; }

    public required string EmploymentStatus { get; init; }

    public required Money MonthlyIncome { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    public required string PhoneNumber { get; init; }

    /// <summary>The bank verification number: 11 digits.</summary>
    public required string Bvn { get; init; }

    public required string AccountNumber { get; init; }

    public required string BankCode { get; init; }

    /// <summary>The customer's bank account with that number; null if the customer has not added it.</summary>
    public BankAccountId? BankAccountId { get; init; }

    public required IReadOnlyList<GivenAnswer> Answers { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    public required Score Score { get; init; }

    /// <summary>
    /// The approved terms; while the status is requested, those of the first of two officers. Null if there are none.
    /// </summary>
    public ApprovedTerms? Approved { get; init; }

    public UserId? FirstApprovedBy { get; init; }

    /// <summary>Why it was rejected or cancelled; null if it was not.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? TermsAcceptedAt { get; init; }

    public required UserId RequestedBy { get; init; }

    public required DateOnly RequestedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The number of events.</summary>
    public int EventCount { get; init; }

    /// <summary>The current offer; null before one is sent.</summary>
    public SentOffer? Offer { get; init; }

    /// <summary>What the customer accepted of that offer; null before.</summary>
    public AcceptedOffer? Accepted { get; init; }

    /// <summary>The requested first due date; null for one period after payout.</summary>
    public DateOnly? RequestedFirstDueOn { get; init; }

    /// <summary>The loan; null until it is paid out, and once its payout was undone.</summary>
    public LoanId? LoanId => LoanState == LoanStatus.PendingDisbursement ? null : AccountId;

    /// <summary>The account that it was paid out to, also if that was undone; null before.</summary>
    public LoanId? AccountId { get; init; }

    /// <summary>The stored state of that loan; null without one.</summary>
    public LoanStatus? LoanState { get; init; }

    /// <summary>
    /// The organisation's lowest four-eyes amount since the application was made; null if there was none.
    /// </summary>
    public Money? FourEyesAbove { get; init; }

    /// <summary>
    /// Above this amount two officers must approve and pay out: the lower of the organisation's and the product's;
    /// null if there is neither.
    /// </summary>
    public Money? TwoOfficersAbove => FourEyesRules.Stricter(Product.FourEyesAbove, FourEyesAbove);

    public Currency Currency => Product.Currency;

    public Money Money(long minorUnits) => new(minorUnits, Currency);

    /// <summary>
    /// The state at an instant. An unanswered offer expires even if that is not written yet, and a repaid loan makes
    /// the application paid off.
    /// </summary>
    public ApplicationStatus StatusAt(DateTimeOffset now) =>
        Status switch
        {
            ApplicationStatus.OfferSent when Offer!.ExpiresAt <= now => ApplicationStatus.Expired,
            ApplicationStatus.Disbursed when LoanState is LoanStatus.Closed or LoanStatus.Overpaid =>
                ApplicationStatus.PaidOff,
            var status => status,
        };

    /// <summary>The application as the approval rules see it.</summary>
    public ApprovalCase ToApprovalCase(ActionContext context) =>
        new()
        {
            Status = StatusAt(context.At),
            Requested = Requested,
            RequestedDuration = Duration,
            RequestedFirstDueOn = RequestedFirstDueOn,
            On = context.Today,
            First = Approved,
            FirstApprovedBy = FirstApprovedBy,
            FourEyesAbove = FourEyesAbove,
        };
}

/// <summary>What a customer accepted.</summary>
/// <param name="Total">The total to repay that the offer showed on that day.</param>
/// <param name="On">The day of acceptance.</param>
public sealed record AcceptedOffer(Money Total, DateOnly On);

/// <summary>An offer as it was sent.</summary>
public sealed record SentOffer
{
    /// <summary>Counts the offers of an application, from 1.</summary>
    public required int Number { get; init; }

    public required LoanTerms Terms { get; init; }

    public required IReadOnlyList<OfferedFee> Fees { get; init; }

    /// <summary>The total to repay if the loan had been paid out on the day it was sent.</summary>
    public required Money TotalRepayment { get; init; }

    /// <summary>Percent per year, if the loan had been paid out on the day it was sent.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    public required UserId SentBy { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The instant from which the offer can no longer be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The offer's schedule and costs if the loan is paid out on a day.</summary>
    public LoanOffer ToOffer(DateOnly on) => LoanOffer.Of(Terms, Fees, on);
}
