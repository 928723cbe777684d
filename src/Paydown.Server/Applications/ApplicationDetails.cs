using System.Text.Json.Serialization;
using Paydown.Lending;
using Paydown.Lending.Applications;
using Paydown.Lending.Loans;

namespace Paydown.Server.Applications;

/// <summary>An application as the contract shows it to its customer.</summary>
public sealed record ApplicationDetails(RequestedLoan LoanDetails, string LoanProductName)
{
    public static ApplicationDetails Example { get; } = Of(ApplicationExamples.Offered, ApplicationExamples.Now);

    public static ApplicationDetails Of(ApplicationFile file, DateTimeOffset now) =>
        new(RequestedLoan.Of(file, now), file.Product.Name);
}

/// <summary>What was asked for and where it stands, in the order of the contract; the last fields are ours.</summary>
public sealed record RequestedLoan
{
    public required Guid Id { get; init; }
    public required DateTimeOffset DateOfRequest { get; init; }

    /// <summary>Who applied: the customer, or an agent.</summary>
    public required Guid LoanRequestUserId { get; init; }

    /// <summary>Id of the product.</summary>
    public required Guid LoanProduct { get; init; }

    /// <summary>Id of the organisation.</summary>
    public required Guid Organisation { get; init; }
    public required ApplicationStatus LoanApplicationStatusEnum { get; init; }
    public required Money RequestedLoanAmount { get; init; }
    public required int LoanDuration { get; init; }
    public required string LoanRepaymentMethodEnum { get; init; }

    /// <summary>The bank account that was named; null where the customer has not added it.</summary>
    public required Guid? CustomerCreditAccountId { get; init; }
    public required string EmploymentStatus { get; init; }
    public required Money MonthlyIncome { get; init; }
    public required string CurrencyCode { get; init; }

    /// <summary>The unit of <see cref="LoanDuration"/>.</summary>
    public required PeriodUnit DurationCounter { get; init; }
    public required string CustomerName { get; init; }
    public required string Email { get; init; }
    public required Guid LoanApplicationId { get; init; }
    public required string PhoneNumber { get; init; }
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>The same unit, by the name that update-application gives it.</summary>
    public required PeriodUnit DurationCounterUnitEnum { get; init; }

    /// <summary>Why it was rejected or cancelled.</summary>
    public required string? Reason { get; init; }
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account that it became.</summary>
    public required Guid? AccountId { get; init; }

    public static RequestedLoan Of(ApplicationFile file, DateTimeOffset now) =>
        new()
        {
            Id = file.Id,
            DateOfRequest = file.RecordedAt,
            LoanRequestUserId = file.RequestedBy,
            LoanProduct = file.Product.Id,
            Organisation = file.OrganisationId,
            LoanApplicationStatusEnum = file.StatusAt(now),
            RequestedLoanAmount = file.Money(file.RequestedMinor),
            LoanDuration = file.Duration,
            LoanRepaymentMethodEnum = file.RepaymentMethod,
            CustomerCreditAccountId = file.BankAccountId,
            EmploymentStatus = file.EmploymentStatus,
            MonthlyIncome = file.Money(file.MonthlyIncomeMinor),
            CurrencyCode = file.Currency.Code,
            DurationCounter = file.Product.DurationUnit,
            CustomerName = file.CustomerName,
            Email = file.Email,
            LoanApplicationId = file.Id,
            PhoneNumber = file.PhoneNumber,
            DateOfBirth = file.DateOfBirth,
            DurationCounterUnitEnum = file.Product.DurationUnit,
            Reason = file.Reason,
            TermsAcceptedAt = file.TermsAcceptedAt,
            AccountId = file.LoanId,
        };
}

/// <summary>What update-application answers, in the order and the spelling of the contract.</summary>
public sealed record UpdatedApplication
{
    public required Guid ApplicationId { get; init; }
    public required Guid LoanProductId { get; init; }
    public required string UserName { get; init; }
    public required string ProductName { get; init; }
    public required string CurrencyCode { get; init; }
    public required string EmploymentStatus { get; init; }

    [JsonPropertyName("loanApplicationcreatedDate")]
    public required DateTimeOffset LoanApplicationCreatedDate { get; init; }
    public required Guid UserId { get; init; }
    public required PeriodUnit DurationCounterUnitEnum { get; init; }
    public required Money RequestedLoanAmount { get; init; }
    public required ApplicationStatus LoanStatus { get; init; }
    public required Money MonthlyIncome { get; init; }
    public required DateOnly DateOfBirth { get; init; }
    public required int LoanDuration { get; init; }

    public static UpdatedApplication Example { get; } =
        Of(ApplicationExamples.Offered with { Status = ApplicationStatus.Accepted }, ApplicationExamples.Now);

    public static UpdatedApplication Of(ApplicationFile file, DateTimeOffset now) =>
        new()
        {
            ApplicationId = file.Id,
            LoanProductId = file.Product.Id,
            UserName = file.CustomerName,
            ProductName = file.Product.Name,
            CurrencyCode = file.Currency.Code,
            EmploymentStatus = file.EmploymentStatus,
            LoanApplicationCreatedDate = file.RecordedAt,
            UserId = file.CustomerId,
            DurationCounterUnitEnum = file.Product.DurationUnit,
            RequestedLoanAmount = file.Money(file.RequestedMinor),
            LoanStatus = file.StatusAt(now),
            MonthlyIncome = file.Money(file.MonthlyIncomeMinor),
            DateOfBirth = file.DateOfBirth,
            LoanDuration = file.Duration,
        };
}
