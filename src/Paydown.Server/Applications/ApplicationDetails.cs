using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Server.Applications;

/// <summary>An application for its customer, in the shape of the contract.</summary>
/// <param name="LoanDetails">The application.</param>
/// <param name="LoanProductName">The name of the loan product.</param>
public sealed record ApplicationDetails(RequestedLoan LoanDetails, string LoanProductName)
{
    public static ApplicationDetails Of(StoredApplication stored, DateTimeOffset now) =>
        new(RequestedLoan.Of(stored, now), stored.Product.Name);
}

/// <summary>
/// A loan that was applied for, with the fields of the contract in their order; the last fields are ours.
/// </summary>
public sealed record RequestedLoan
{
    /// <summary>The application's id.</summary>
    public required LoanApplicationId Id { get; init; }

    /// <summary>When the application was made.</summary>
    public required DateTimeOffset DateOfRequest { get; init; }

    /// <summary>The user who applied: the customer, or an agent.</summary>
    public required UserId LoanRequestUserId { get; init; }

    /// <summary>The product's id.</summary>
    public required ProductId LoanProduct { get; init; }

    /// <summary>The organisation's id.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>The application's state.</summary>
    public required ApplicationStatus LoanApplicationStatusEnum { get; init; }

    /// <summary>The amount that was requested.</summary>
    public required Money RequestedLoanAmount { get; init; }

    /// <summary>The number of installments that was requested.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>How the loan is to be repaid.</summary>
    public required string LoanRepaymentMethodEnum { get; init; }

    /// <summary>The bank account that was named; null if the customer has not added it.</summary>
    public required BankAccountId? CustomerCreditAccountId { get; init; }

    /// <summary>The customer's employment status.</summary>
    public required string EmploymentStatus { get; init; }

    /// <summary>The customer's monthly income.</summary>
    public required Money MonthlyIncome { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required PeriodUnit DurationCounter { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The application's id again, under the contract's second name.</summary>
    public required LoanApplicationId LoanApplicationId { get; init; }

    /// <summary>The customer's phone number as sent with the application.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The customer's date of birth.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>The unit of loanDuration again, under the name that update-application uses.</summary>
    public required PeriodUnit DurationCounterUnitEnum { get; init; }

    /// <summary>Why the application was rejected or cancelled; null if it was not.</summary>
    public required string? Reason { get; init; }

    /// <summary>When the customer accepted the terms and conditions; null if not yet.</summary>
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account; null until the loan is paid out.</summary>
    public required LoanId? AccountId { get; init; }

    public static RequestedLoan Of(StoredApplication stored, DateTimeOffset now) =>
        new()
        {
            Id = stored.Id,
            DateOfRequest = stored.RecordedAt,
            LoanRequestUserId = stored.RequestedBy,
            LoanProduct = stored.Product.Id,
            Organisation = stored.OrganisationId,
            LoanApplicationStatusEnum = stored.StatusAt(now),
            RequestedLoanAmount = stored.Requested,
            LoanDuration = stored.Duration,
            LoanRepaymentMethodEnum = Words.Write(stored.RepaymentMethod),
            CustomerCreditAccountId = stored.BankAccountId,
            EmploymentStatus = stored.EmploymentStatus,
            MonthlyIncome = stored.MonthlyIncome,
            CurrencyCode = stored.Currency.Code,
            DurationCounter = stored.Product.DurationUnit,
            CustomerName = stored.CustomerName,
            Email = stored.Email,
            LoanApplicationId = stored.Id,
            PhoneNumber = stored.PhoneNumber,
            DateOfBirth = stored.DateOfBirth,
            DurationCounterUnitEnum = stored.Product.DurationUnit,
            Reason = stored.Reason,
            TermsAcceptedAt = stored.TermsAcceptedAt,
            AccountId = stored.LoanId,
        };
}

/// <summary>The response to update-application, with the fields and spelling of the contract.</summary>
public sealed record UpdatedApplication
{
    /// <summary>The application's id.</summary>
    public required LoanApplicationId ApplicationId { get; init; }

    /// <summary>The product's id.</summary>
    public required ProductId LoanProductId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string UserName { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string ProductName { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The customer's employment status.</summary>
    public required string EmploymentStatus { get; init; }

    /// <summary>When the application was made.</summary>
    [JsonPropertyName("loanApplicationcreatedDate")]
    public required DateTimeOffset LoanApplicationCreatedDate { get; init; }

    /// <summary>The customer's id.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required PeriodUnit DurationCounterUnitEnum { get; init; }

    /// <summary>The amount that was requested.</summary>
    public required Money RequestedLoanAmount { get; init; }

    /// <summary>The application's state now.</summary>
    public required ApplicationStatus LoanStatus { get; init; }

    /// <summary>The customer's monthly income.</summary>
    public required Money MonthlyIncome { get; init; }

    /// <summary>The customer's date of birth.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>The number of installments that was requested.</summary>
    public required int LoanDuration { get; init; }

    public static UpdatedApplication Of(StoredApplication stored, DateTimeOffset now) =>
        new()
        {
            ApplicationId = stored.Id,
            LoanProductId = stored.Product.Id,
            UserName = stored.CustomerName,
            ProductName = stored.Product.Name,
            CurrencyCode = stored.Currency.Code,
            EmploymentStatus = stored.EmploymentStatus,
            LoanApplicationCreatedDate = stored.RecordedAt,
            UserId = stored.CustomerId.AsUser,
            DurationCounterUnitEnum = stored.Product.DurationUnit,
            RequestedLoanAmount = stored.Requested,
            LoanStatus = stored.StatusAt(now),
            MonthlyIncome = stored.MonthlyIncome,
            DateOfBirth = stored.DateOfBirth,
            LoanDuration = stored.Duration,
        };
}
