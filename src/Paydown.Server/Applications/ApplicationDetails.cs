using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Server.Applications;

/// <summary>An application as the contract shows it to its customer.</summary>
public sealed record ApplicationDetails(RequestedLoan LoanDetails, string LoanProductName)
{
    public static ApplicationDetails Example { get; } = Of(ApplicationExamples.Offered, ApplicationExamples.Now);

    public static ApplicationDetails Of(StoredApplication stored, DateTimeOffset now) =>
        new(RequestedLoan.Of(stored, now), stored.Product.Name);
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

    public static RequestedLoan Of(StoredApplication stored, DateTimeOffset now) =>
        new()
        {
            Id = stored.Id,
            DateOfRequest = stored.RecordedAt,
            LoanRequestUserId = stored.RequestedBy,
            LoanProduct = stored.Product.Id,
            Organisation = stored.OrganisationId,
            LoanApplicationStatusEnum = stored.StatusAt(now),
            RequestedLoanAmount = stored.Money(stored.RequestedMinor),
            LoanDuration = stored.Duration,
            LoanRepaymentMethodEnum = Words.Write(stored.RepaymentMethod),
            CustomerCreditAccountId = stored.BankAccountId,
            EmploymentStatus = stored.EmploymentStatus,
            MonthlyIncome = stored.Money(stored.MonthlyIncomeMinor),
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
            UserId = stored.CustomerId,
            DurationCounterUnitEnum = stored.Product.DurationUnit,
            RequestedLoanAmount = stored.Money(stored.RequestedMinor),
            LoanStatus = stored.StatusAt(now),
            MonthlyIncome = stored.Money(stored.MonthlyIncomeMinor),
            DateOfBirth = stored.DateOfBirth,
            LoanDuration = stored.Duration,
        };
}
