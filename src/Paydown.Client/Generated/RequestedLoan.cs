namespace Paydown.Client;

/// <summary>
/// A loan that was applied for, with the fields of the contract in their order; the last fields are ours.
/// </summary>
public sealed partial record RequestedLoan
{
    /// <summary>The application's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the application was made.</summary>
    public required DateTimeOffset DateOfRequest { get; init; }

    /// <summary>The user who applied: the customer, or an agent.</summary>
    public required Guid LoanRequestUserId { get; init; }

    /// <summary>The product's id.</summary>
    public required Guid LoanProduct { get; init; }

    /// <summary>The organisation's id.</summary>
    public required Guid Organisation { get; init; }

    /// <summary>The application's state.</summary>
    public required ApplicationStatus LoanApplicationStatusEnum { get; init; }

    /// <summary>The amount that was requested.</summary>
    public required decimal RequestedLoanAmount { get; init; }

    /// <summary>The number of installments that was requested.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>How the loan is to be repaid.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>The bank account that was named; null if the customer has not added it.</summary>
    public required Guid? CustomerCreditAccountId { get; init; }

    /// <summary>The customer's employment status.</summary>
    public required EmploymentStatus EmploymentStatus { get; init; }

    /// <summary>The customer's monthly income.</summary>
    public required decimal MonthlyIncome { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required DurationUnit DurationCounter { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The application's id again, under the contract's second name.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The customer's phone number as sent with the application.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The customer's date of birth.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>The unit of loanDuration again, under the name that update-application uses.</summary>
    public required DurationUnit DurationCounterUnitEnum { get; init; }

    /// <summary>Why the application was rejected or cancelled; null if it was not.</summary>
    public required string? Reason { get; init; }

    /// <summary>When the customer accepted the terms and conditions; null if not yet.</summary>
    public required DateTimeOffset? TermsAcceptedAt { get; init; }

    /// <summary>The loan account; null until the loan is paid out.</summary>
    public required Guid? AccountId { get; init; }
}
