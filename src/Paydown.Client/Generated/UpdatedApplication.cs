using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>The response to update-application, with the fields and spelling of the contract.</summary>
public sealed partial record UpdatedApplication
{
    /// <summary>The application's id.</summary>
    public required Guid ApplicationId { get; init; }

    /// <summary>The product's id.</summary>
    public required Guid LoanProductId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string UserName { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string ProductName { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The customer's employment status.</summary>
    public required EmploymentStatus EmploymentStatus { get; init; }

    /// <summary>When the application was made.</summary>
    [JsonPropertyName("loanApplicationcreatedDate")]
    public required DateTimeOffset LoanApplicationCreatedDate { get; init; }

    /// <summary>The customer's id.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required DurationUnit DurationCounterUnitEnum { get; init; }

    /// <summary>The amount that was requested.</summary>
    public required decimal RequestedLoanAmount { get; init; }

    /// <summary>The application's state now.</summary>
    public required ApplicationStatus LoanStatus { get; init; }

    /// <summary>The customer's monthly income.</summary>
    public required decimal MonthlyIncome { get; init; }

    /// <summary>The customer's date of birth.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>The number of installments that was requested.</summary>
    public required int LoanDuration { get; init; }
}
