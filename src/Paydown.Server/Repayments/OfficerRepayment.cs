using Paydown.Lending.Amounts;

namespace Paydown.Server.Repayments;

/// <summary>A repayment as the officers of its organisation see it in their list.</summary>
public sealed record OfficerRepayment
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid? LoanApplicationId { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public required string Email { get; init; }

    public required string LoanProductName { get; init; }

    public required string AccountProductName { get; init; }

    public required string LoanRepaymentMethodEnum { get; init; }

    /// <summary>What counts: as reported, or as an officer corrected it.</summary>
    public required Money RepaymentAmount { get; init; }

    public required string CurrencyCode { get; init; }

    public required string RepaymentReference { get; init; }

    /// <summary>False where the reference is not the loan's own, so that a person must match it.</summary>
    public required bool ReferenceMatches { get; init; }

    public required string? PaymentNarration { get; init; }

    /// <summary>The bank account that the report names; null: it names none.</summary>
    public required PayersBankAccount? BankAccount { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>What was reported, if an officer corrected amount or date; else null.</summary>
    public required Money? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected amount or date; else null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected amount or date; null: nobody did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The customer who reported it, or the officer or API token that recorded it.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>
    /// An earlier repayment that may be the same transfer: same loan, amount and payment day, or same reference and
    /// amount within days. Null: none is pending or verified.
    /// </summary>
    public required Guid? PossibleDuplicateOf { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary><c>PENDING_VERIFICATION</c>, <c>VERIFIED</c> or <c>REJECTED</c>.</summary>
    public required string VerificationStatus { get; init; }

    /// <summary>True where it had counted and was taken back.</summary>
    public required bool IsReversed { get; init; }

    public required string? RejectionReason { get; init; }

    /// <summary>The officer who approved it as the first of two.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>How many officers must still verify it: 2, 1, or 0 once it is decided.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The officer of the last decision.</summary>
    public required Guid? DecidedBy { get; init; }

    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What the loan owed right after it; while it is pending or rejected, what it owes now.</summary>
    public required Money PrincipalBalance { get; init; }

    public required Money TotalBalance { get; init; }

    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    public static OfficerRepayment Example { get; } = CreateExample();

    private static OfficerRepayment CreateExample()
    {
        var decided = DecidedRepayment.Example;
        return new OfficerRepayment
        {
            Id = decided.Id,
            AccountId = decided.AccountId,
            LoanApplicationId = decided.LoanApplicationId,
            CustomerId = Guid.Parse("01957ad2-7c00-7000-8000-000000000004"),
            CustomerName = "Ada Example",
            Email = "customer@demo.example",
            LoanProductName = "Salary Loan",
            AccountProductName = "Personal Loan",
            LoanRepaymentMethodEnum = "BANK_TRANSFER",
            RepaymentAmount = decided.RepaymentAmount,
            CurrencyCode = "NGN",
            RepaymentReference = "RF18539007547034",
            ReferenceMatches = true,
            PaymentNarration = "January installment",
            BankAccount = new PayersBankAccount(
                Guid.Parse("01957ad2-7c00-7000-8000-00000000d001"),
                "0123456785",
                "EXAMPLE ADA",
                "058",
                "Example Bank"
            ),
            PaymentDate = decided.PaymentDate,
            ReportedAmount = null,
            ReportedPaymentDate = null,
            CorrectionReason = null,
            RecordedBy = Guid.Parse("01957ad2-7c00-7000-8000-000000000004"),
            PossibleDuplicateOf = null,
            CreationDate = new DateTimeOffset(2026, 1, 31, 9, 30, 0, TimeSpan.Zero),
            VerificationStatus = decided.VerificationStatus,
            IsReversed = false,
            RejectionReason = null,
            FirstApprovedBy = null,
            ApprovalsNeeded = 0,
            DecidedBy = Guid.Parse("01957ad2-7c00-7000-8000-000000000005"),
            DecidedAt = new DateTimeOffset(2026, 1, 31, 14, 0, 0, TimeSpan.Zero),
            PrincipalBalance = decided.PrincipalBalance,
            TotalBalance = decided.TotalBalance,
            Allocation = decided.Allocation,
        };
    }
}

/// <summary>The bank account that a customer says a repayment was sent from.</summary>
public sealed record PayersBankAccount(
    Guid BankAccountId,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string BankName
);
