namespace Paydown.Client;

/// <summary>An application for a loan.</summary>
public sealed partial record NewApplication
{
    /// <summary>The product's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The customer's date of birth.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>Stored but not used; loanDuration decides.</summary>
    public int? DurationCounter { get; init; }

    /// <summary>Always REQUESTED; may be null.</summary>
    public ApplicationStatus? LoanApplicationStatusEnum { get; init; }

    /// <summary>The customer's employment status.</summary>
    public required EmploymentStatus EmploymentStatus { get; init; }

    /// <summary>
    /// The requested amount: more than 0. The application is rejected if it is outside the product's limits.
    /// </summary>
    public required decimal LoanAmount { get; init; }

    /// <summary>The customer's bank verification number.</summary>
    public required string Bvn { get; init; }

    /// <summary>The customer's first name, as in the profile.</summary>
    public required string FirstName { get; init; }

    /// <summary>The customer's last name, as in the profile.</summary>
    public required string LastName { get; init; }

    /// <summary>The number of a bank account of the customer: a NUBAN of the bank in bankCode.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The code of that account's bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>The customer's phone number.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The number of installments. A string of digits is accepted too.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The product to apply for.</summary>
    public required Guid LoanProductId { get; init; }

    /// <summary>How the loan is to be repaid; one of the product's methods.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>The customer's monthly income: 0 or more.</summary>
    public required decimal MonthlyIncome { get; init; }

    /// <summary>Answers to the product's eligibility questions.</summary>
    public IReadOnlyList<GivenAnswer>? EligibilityAnswers { get; init; }

    /// <summary>
    /// The requested first due date, within the product's range of days after payout. Null: one period after payout.
    /// </summary>
    public DateOnly? FirstDueDate { get; init; }

    /// <summary>The customer for whom an agent applies. Customers omit it.</summary>
    public Guid? CustomerId { get; init; }
}
