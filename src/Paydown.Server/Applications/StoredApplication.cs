using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Approvals;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform;

namespace Paydown.Server.Applications;

/// <summary>
/// All that is stored of one application but its events: what was asked for, what was found, what was approved and
/// offered, and where it stands.
/// </summary>
public sealed record StoredApplication
{
    public required Guid CustomerId { get; init; }

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string CustomerName { get; init; }

    public required string Email { get; init; }

    /// <summary>The version that was applied for.</summary>
    public required LoanProduct Product { get; init; }

    /// <summary>As it was written last; <see cref="StatusAt"/> knows the clock and the loan.</summary>
    public required ApplicationStatus Status { get; init; }

    public required long RequestedMinor { get; init; }

    /// <summary>How many installments were asked for.</summary>
    public required int Duration { get; init; }

    /// <summary>As it was sent; nothing is made of it.</summary>
    public required int? DurationCounter { get; init; }

    public required PaymentMethod RepaymentMethod { get; init; }

    public required string EmploymentStatus { get; init; }

    public required long MonthlyIncomeMinor { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    public required string PhoneNumber { get; init; }

    /// <summary>The bank verification number: 11 digits.</summary>
    public required string Bvn { get; init; }

    public required string AccountNumber { get; init; }

    public required string BankCode { get; init; }

    /// <summary>The customer's bank account of that number; null where they have added none.</summary>
    public Guid? BankAccountId { get; init; }

    public required IReadOnlyList<GivenAnswer> Answers { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    public required Score Score { get; init; }

    /// <summary>While it is requested: what the first of two officers approved.</summary>
    public ApprovedTerms? Approved { get; init; }

    public Guid? FirstApprovedBy { get; init; }

    /// <summary>Why it was rejected or cancelled.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? TermsAcceptedAt { get; init; }

    public required Guid RequestedBy { get; init; }

    public required DateOnly RequestedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>How many events it has.</summary>
    public int EventCount { get; init; }

    /// <summary>The offer that stands; null before one is sent.</summary>
    public SentOffer? Offer { get; init; }

    /// <summary>What the customer accepted of that offer; null before.</summary>
    public AcceptedOffer? Accepted { get; init; }

    /// <summary>The first due date that was asked for; null: one period after payout.</summary>
    public DateOnly? RequestedFirstDueOn { get; init; }

    /// <summary>The loan that it became.</summary>
    public Guid? LoanId { get; init; }

    /// <summary>The stored state of that loan.</summary>
    public LoanStatus? LoanState { get; init; }

    /// <summary>
    /// The lowest four-eyes amount of the organisation since the application was made, in minor units; null: it has had
    /// none.
    /// </summary>
    public long? FourEyesAboveMinor { get; init; }

    /// <summary>Above it two officers must approve, and pay out: the lower of the organisation's and the product's.
    /// </summary>
    public long? TwoOfficersAboveMinor => FourEyesRules.Stricter(Product.FourEyesAboveMinor, FourEyesAboveMinor);

    public Currency Currency => Product.Currency;

    public Money Money(long minorUnits) => new(minorUnits, Currency);

    /// <summary>
    /// Where it stands at an instant: an offer that nobody answered in time has expired, whether or not that is written
    /// yet; a loan that is paid back makes it paid off.
    /// </summary>
    public ApplicationStatus StatusAt(DateTimeOffset now) =>
        Status switch
        {
            ApplicationStatus.OfferSent when Offer!.ExpiresAt <= now => ApplicationStatus.Expired,
            ApplicationStatus.Disbursed when LoanState is LoanStatus.Closed or LoanStatus.Overpaid =>
                ApplicationStatus.PaidOff,
            var status => status,
        };

    /// <summary>What an officer who approves must see of it.</summary>
    public ApprovalCase ToApprovalCase(ActionContext context) =>
        new()
        {
            Status = StatusAt(context.At),
            RequestedMinor = RequestedMinor,
            RequestedDuration = Duration,
            RequestedFirstDueOn = RequestedFirstDueOn,
            On = context.Today,
            First = Approved,
            FirstApprovedBy = FirstApprovedBy,
            FourEyesAboveMinor = FourEyesAboveMinor,
        };
}

/// <summary>What a customer agreed to.</summary>
/// <param name="TotalMinor">All that is to be paid back, as the offer showed it on that day. Minor units.</param>
/// <param name="On">The day of acceptance.</param>
public sealed record AcceptedOffer(long TotalMinor, DateOnly On);

/// <summary>An offer as it was sent.</summary>
public sealed record SentOffer
{
    /// <summary>From 1, per application.</summary>
    public required int Number { get; init; }

    public required LoanTerms Terms { get; init; }

    public required IReadOnlyList<OfferedFee> Fees { get; init; }

    /// <summary>If the loan had been paid out on the day it was sent.</summary>
    public required long TotalRepaymentMinor { get; init; }

    /// <summary>Percent a year, if the loan had been paid out on the day it was sent.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    public required Guid SentBy { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>From this instant on it can be accepted no longer.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The offer with all that follows from its terms if the loan is paid out on a day.</summary>
    public LoanOffer ToOffer(DateOnly on) => LoanOffer.Of(Terms, Fees, on);
}
