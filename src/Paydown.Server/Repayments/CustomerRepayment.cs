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

    public static CustomerRepayment Example { get; } =
        new()
        {
            Id = Guid.Parse("01957ad2-7c00-7000-8000-000000000001"),
            LoanRepaymentMethodEnum = "BANK_TRANSFER",
            AccountProductName = "Consumer Loans",
            CustomerName = "Ada Example",
            Email = "customer@demo.example",
            RepaymentAmount = Naira(5_000_000),
            LoanProductName = "Salary Loan",
            PrincipalBalance = Naira(45_583_333),
            TotalBalance = Naira(48_250_000),
            LoanAmountPaid = true,
            CreationDate = new DateTimeOffset(2026, 1, 31, 9, 30, 0, TimeSpan.Zero),
            PaymentDueDate = new DateOnly(2026, 1, 31),
            InstallmentCount = 12,
            AccountId = Guid.Parse("01957ad2-7c00-7000-8000-000000000002"),
            LoanApplicationId = Guid.Parse("01957ad2-7c00-7000-8000-000000000003"),
            TotalPayable = Naira(48_250_000),
            VerificationStatus = "VERIFIED",
            RejectionReason = null,
            RepaymentReference = "RF18539007547034",
            PaymentDate = new DateOnly(2026, 1, 31),
            ReportedAmount = Naira(5_000_000),
            ReportedPaymentDate = new DateOnly(2026, 1, 30),
            CorrectionReason = "Our account was credited a day later.",
            Allocation = [new AllocatedPart(1, Naira(4_416_667), Naira(583_333), Naira(0), Naira(0))],
        };

    private static Money Naira(long minorUnits) => new(minorUnits, Currency.Get("NGN"));
}

/// <summary>What a repayment settled of one installment.</summary>
public sealed record AllocatedPart(int InstallmentNumber, Money Principal, Money Interest, Money Fees, Money Penalty);
