namespace Paydown.Client;

/// <summary>An application for a loan.</summary>
public sealed record NewApplication
{
    /// <summary>The product.</summary>
    public required Guid LoanProductId { get; init; }

    /// <summary>ISO 4217 code, the product's.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>How much, in major units.</summary>
    public required decimal LoanAmount { get; init; }

    /// <summary>How many installments.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>Kept as it is sent; nothing is made of it.</summary>
    public int? DurationCounter { get; init; }

    /// <summary>Null, or <see cref="ApplicationStatus.Requested"/>.</summary>
    public ApplicationStatus? LoanApplicationStatusEnum { get; init; }

    /// <summary>How the customer will repay; one that the product offers.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>What the customer does for a living.</summary>
    public required EmploymentStatus EmploymentStatus { get; init; }

    /// <summary>In major units.</summary>
    public required decimal MonthlyIncome { get; init; }

    /// <summary>Bank verification number, 11 digits.</summary>
    public required string Bvn { get; init; }

    /// <summary>First name of the customer.</summary>
    public required string FirstName { get; init; }

    /// <summary>Last name of the customer.</summary>
    public required string LastName { get; init; }

    /// <summary>Date of birth of the customer.</summary>
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>Telephone number of the customer.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>A bank account of the customer.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The bank of that account.</summary>
    public required string BankCode { get; init; }

    /// <summary>Answers to the product's questions.</summary>
    public IReadOnlyList<GivenAnswer> EligibilityAnswers { get; init; } = [];

    /// <summary>The first due date that is asked for; null: one period after payout.</summary>
    public DateOnly? FirstDueDate { get; init; }

    /// <summary>Whom an agent applies for; null for a customer.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Without what is personal, so that no log gets it.</summary>
    public override string ToString() => $"{nameof(NewApplication)} for {LoanProductId}";
}

/// <summary>An answer to an eligibility question.</summary>
/// <param name="QuestionId">The question.</param>
/// <param name="Answer">YES or NO, one of the options, a number, or a text.</param>
public sealed record GivenAnswer(Guid QuestionId, string Answer);

/// <summary>The terms that are approved; what is null is as asked for, at the product's rate.</summary>
/// <param name="Amount">In major units.</param>
/// <param name="InterestRate">Percent a year.</param>
/// <param name="Duration">How many installments.</param>
/// <param name="FirstDueDate">The first due date; null: as asked for, or else one period after payout.</param>
public sealed record ApprovedTerms(
    decimal? Amount = null,
    decimal? InterestRate = null,
    int? Duration = null,
    DateOnly? FirstDueDate = null
);

internal sealed record OfferWanted(DateOnly? FirstDueDate);
