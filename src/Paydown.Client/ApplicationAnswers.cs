using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>An application as its customer sees it.</summary>
public sealed record ApplicationDetails
{
    /// <summary>What was asked for, and where it stands.</summary>
    public required RequestedLoan LoanDetails { get; init; }

    /// <summary>Name of the loan product.</summary>
    public required string LoanProductName { get; init; }
}

/// <summary>What was asked for, and where it stands.</summary>
public sealed record RequestedLoan
{
    /// <summary>Id of the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset DateOfRequest { get; init; }

    /// <summary>Who applied: the customer, or an agent.</summary>
    public required Guid LoanRequestUserId { get; init; }

    /// <summary>Id of the product.</summary>
    public required Guid LoanProduct { get; init; }

    /// <summary>Id of the organisation.</summary>
    public required Guid Organisation { get; init; }

    /// <summary>Where it stands.</summary>
    public required ApplicationStatus LoanApplicationStatusEnum { get; init; }

    /// <summary>How much was asked for.</summary>
    public required decimal RequestedLoanAmount { get; init; }

    /// <summary>How many installments were asked for.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>How the customer will repay.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>The bank account that was named; null where the customer has not added it.</summary>
    public required Guid? CustomerCreditAccountId { get; init; }

    /// <summary>What the customer does for a living.</summary>
    public required EmploymentStatus EmploymentStatus { get; init; }

    /// <summary>Income a month.</summary>
    public required decimal MonthlyIncome { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The unit of LoanDuration.</summary>
    public required DurationUnit DurationCounter { get; init; }

    /// <summary>Name of the customer.</summary>
    public required string CustomerName { get; init; }

    /// <summary>E-mail address of the customer.</summary>
    public required string Email { get; init; }

    /// <summary>Id of the application.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>Telephone number of the customer.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>Date of birth of the customer.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>The unit of the duration.</summary>
    public required DurationUnit DurationCounterUnitEnum { get; init; }

    /// <summary>Why it was rejected or cancelled; null where it was not.</summary>
    public required string? Reason { get; init; }

    /// <summary>When the terms and conditions were accepted.</summary>
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account that it became.</summary>
    public required Guid? AccountId { get; init; }
}

/// <summary>Where an application stands after a step of its customer.</summary>
public sealed record ApplicationStanding
{
    /// <summary>Id of the application.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>Where it stands.</summary>
    public required ApplicationStatus LoanApplicationStatusEnum { get; init; }

    /// <summary>When the terms and conditions were accepted.</summary>
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account, once it is paid out.</summary>
    public required Guid? AccountId { get; init; }
}

/// <summary>An application after its offer was answered.</summary>
public sealed record UpdatedApplication
{
    /// <summary>Id of the application.</summary>
    public required Guid ApplicationId { get; init; }

    /// <summary>Id of the product.</summary>
    public required Guid LoanProductId { get; init; }

    /// <summary>Name of the customer.</summary>
    public required string UserName { get; init; }

    /// <summary>Name of the product.</summary>
    public required string ProductName { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>What the customer does for a living.</summary>
    public required EmploymentStatus EmploymentStatus { get; init; }

    /// <summary>When it was made.</summary>
    [JsonPropertyName("loanApplicationcreatedDate")]
    public required DateTimeOffset LoanApplicationCreatedDate { get; init; }

    /// <summary>Id of the customer.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The unit of the duration.</summary>
    public required DurationUnit DurationCounterUnitEnum { get; init; }

    /// <summary>How much was asked for.</summary>
    public required decimal RequestedLoanAmount { get; init; }

    /// <summary>Where it stands.</summary>
    public required ApplicationStatus LoanStatus { get; init; }

    /// <summary>Income a month.</summary>
    public required decimal MonthlyIncome { get; init; }

    /// <summary>Date of birth of the customer.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>How many installments were asked for.</summary>
    public required int LoanDuration { get; init; }
}

/// <summary>An offer that can be accepted, with all that it costs if the loan is paid out today.</summary>
public sealed record OpenOffer
{
    /// <summary>Id of the application.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>Name of the product.</summary>
    public required string ProductName { get; init; }

    /// <summary>How much is offered.</summary>
    public required decimal OfferedAmount { get; init; }

    /// <summary>Annual nominal rate in percent.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>How many installments.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The unit of the duration.</summary>
    public required DurationUnit DurationCounter { get; init; }

    /// <summary>The regular installment, without fees and down payment; the last one may differ.</summary>
    public required decimal InstallmentAmount { get; init; }

    /// <summary>All that is paid back.</summary>
    public required decimal TotalRepaymentAmount { get; init; }

    /// <summary>What is charged for making the loan.</summary>
    public required IReadOnlyList<OpenOfferFee> Fees { get; init; }

    /// <summary>From this instant on it can be accepted no longer.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The day of payout that the schedule and every amount here assume: today.</summary>
    public required DateOnly ScheduleIfPaidOutOn { get; init; }

    /// <summary>The installments if the whole loan is paid out on that day.</summary>
    public required IReadOnlyList<OpenOfferRow> Schedule { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>All that it costs, as percent a year by the actuarial method.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>What the customer gets: the amount less the fees that are kept back.</summary>
    public required decimal AdvancedAmount { get; init; }

    /// <summary>What is paid back beyond what the customer gets.</summary>
    public required decimal TotalCost { get; init; }
}

/// <summary>A fee of an offer.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Amount">How much.</param>
/// <param name="Charged">When it is taken.</param>
public sealed record OpenOfferFee(string Name, decimal Amount, FeeCharged Charged);

/// <summary>An installment of an offer.</summary>
public sealed record OpenOfferRow
{
    /// <summary>Counted from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>All of it.</summary>
    public required decimal InstallmentAmount { get; init; }

    /// <summary>Principal in it.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>Interest in it.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>Fees in it.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>Principal that is left after it.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>Whether it is the down payment.</summary>
    public required bool IsDownPayment { get; init; }
}
