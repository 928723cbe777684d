using Paydown.Lending.Amounts;

namespace Paydown.Server.Repayments;

/// <summary>One repayment of the list, as the contract shows it.</summary>
public sealed record CustomerRepayment
{
    public required Guid Id { get; init; }

    public required string LoanRepaymentMethodEnum { get; init; }

    public required string AccountProductName { get; init; }

    public required string CustomerName { get; init; }

    public required string Email { get; init; }

    /// <summary>What counts: as reported, or as an officer corrected it.</summary>
    public required Money RepaymentAmount { get; init; }

    public required string LoanProductName { get; init; }

    public required Money PrincipalBalance { get; init; }

    public required Money TotalBalance { get; init; }

    public required bool LoanAmountPaid { get; init; }

    public required DateTimeOffset CreationDate { get; init; }

    public required DateOnly? PaymentDueDate { get; init; }

    public required int InstallmentCount { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid? LoanApplicationId { get; init; }

    public required Money TotalPayable { get; init; }

    public required string VerificationStatus { get; init; }

    public required string? RejectionReason { get; init; }

    public required string RepaymentReference { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>What was reported, if an officer corrected amount or date; else null.</summary>
    public required Money? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected amount or date; else null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected amount or date; null: nobody did.</summary>
    public required string? CorrectionReason { get; init; }

    public required IReadOnlyList<AllocatedPart> Allocation { get; init; }

    private static Money Naira(long minorUnits) => new(minorUnits, Currency.Get("NGN"));
}

/// <summary>What a repayment settled of one installment.</summary>
public sealed record AllocatedPart(int InstallmentNumber, Money Principal, Money Interest, Money Fees, Money Penalty);
