using Paydown.Lending.Amounts;
using Paydown.Server.Platform.Approvals;

namespace Paydown.Server.Repayments;

/// <summary>All that is known of one repayment, for the officers of its organisation.</summary>
public sealed record RepaymentDetails
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Null for a loan that was taken over without an application.</summary>
    public required Guid? LoanApplicationId { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public required string Email { get; init; }

    public required string LoanProductName { get; init; }

    public required string AccountProductName { get; init; }

    /// <summary>State of the loan account now.</summary>
    public required string AccountState { get; init; }

    /// <summary>Who collects the loan instead of the lender; null: the lender.</summary>
    public required string? Collector { get; init; }

    public required string LoanRepaymentMethodEnum { get; init; }

    /// <summary>What counts: as reported, or as an officer corrected it.</summary>
    public required Money RepaymentAmount { get; init; }

    public required string CurrencyCode { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>As it was recorded at first.</summary>
    public required Money ReportedAmount { get; init; }

    /// <summary>As it was recorded at first.</summary>
    public required DateOnly ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected amount or date; null: nobody did.</summary>
    public required string? CorrectionReason { get; init; }

    public required string RepaymentReference { get; init; }

    /// <summary>The loan's own reference.</summary>
    public required string LoanReference { get; init; }

    /// <summary>False if the reference is not the loan's own, so that a person must match it.</summary>
    public required bool ReferenceMatches { get; init; }

    public required string? PaymentNarration { get; init; }

    /// <summary>The customer's account that the payment came from, as it was named; null: none was.</summary>
    public required PayersBankAccount? BankAccount { get; init; }

    /// <summary>True if it was made to pay off the whole loan.</summary>
    public required bool IsPayoff { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>The customer who reported it, or the officer or API token that recorded it.</summary>
    public required Guid RecordedBy { get; init; }

    public required string? RecordedByName { get; init; }

    /// <summary><c>PENDING_VERIFICATION</c>, <c>VERIFIED</c> or <c>REJECTED</c>.</summary>
    public required string VerificationStatus { get; init; }

    /// <summary>True if it had counted and was taken back.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>True if the customer withdrew it.</summary>
    public required bool IsWithdrawn { get; init; }

    public required string? RejectionReason { get; init; }

    /// <summary>The officer who approved it as the first of two; null: nobody, or it is decided.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>The reversal that waits for a second officer; null: none does.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>What people decided, earliest first.</summary>
    public required IReadOnlyList<DecisionTaken> Decisions { get; init; }

    /// <summary>Other repayments that may be the same transfer, earliest first.</summary>
    public required IReadOnlyList<PossibleDuplicate> PossibleDuplicates { get; init; }

    /// <summary>What the loan owed right after it; while it does not count, what it owes now.</summary>
    public required Money PrincipalBalance { get; init; }

    public required Money TotalBalance { get; init; }

    /// <summary>What the customer can still report on the loan now.</summary>
    public required Money TotalPayable { get; init; }

    /// <summary>Of this repayment: beyond all that was owed; 0 while it does not count.</summary>
    public required Money Overpaid { get; init; }

    /// <summary>Which installments it settled; empty while it does not count.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    public static RepaymentDetails Example { get; } = CreateExample();

    private static RepaymentDetails CreateExample()
    {
        var listed = OfficerRepayment.Example;
        var cashier = listed.DecidedBy!.Value;
        return new RepaymentDetails
        {
            Id = listed.Id,
            AccountId = listed.AccountId,
            LoanApplicationId = listed.LoanApplicationId,
            CustomerId = listed.CustomerId,
            CustomerName = listed.CustomerName,
            Email = listed.Email,
            LoanProductName = listed.LoanProductName,
            AccountProductName = listed.AccountProductName,
            AccountState = "ACTIVE",
            Collector = null,
            LoanRepaymentMethodEnum = listed.LoanRepaymentMethodEnum,
            RepaymentAmount = listed.RepaymentAmount,
            CurrencyCode = listed.CurrencyCode,
            PaymentDate = listed.PaymentDate,
            ReportedAmount = listed.RepaymentAmount,
            ReportedPaymentDate = listed.PaymentDate.AddDays(-1),
            CorrectionReason = "Our account was credited a day later.",
            RepaymentReference = listed.RepaymentReference,
            LoanReference = listed.RepaymentReference,
            ReferenceMatches = true,
            PaymentNarration = listed.PaymentNarration,
            BankAccount = listed.BankAccount,
            IsPayoff = false,
            CreationDate = listed.CreationDate,
            RecordedBy = listed.CustomerId,
            RecordedByName = listed.CustomerName,
            VerificationStatus = listed.VerificationStatus,
            IsReversed = false,
            IsWithdrawn = false,
            RejectionReason = null,
            FirstApprovedBy = null,
            AwaitedApproval = null,
            Decisions =
            [
                new(
                    "VERIFIED",
                    cashier,
                    "Chidi Cashier",
                    listed.DecidedAt!.Value,
                    "Our account was credited a day later.",
                    listed.RepaymentAmount,
                    listed.PaymentDate
                ),
            ],
            PossibleDuplicates = [],
            PrincipalBalance = listed.PrincipalBalance,
            TotalBalance = listed.TotalBalance,
            TotalPayable = listed.TotalBalance,
            Overpaid = Money.Zero(listed.RepaymentAmount.Currency),
            Allocation = listed.Allocation,
        };
    }
}

/// <summary>What somebody decided on a repayment.</summary>
/// <param name="Kind">
/// <c>FIRST_APPROVAL</c>, <c>VERIFIED</c>, <c>REJECTED</c>, <c>WITHDRAWN</c> or <c>REVERSED</c>.
/// </param>
/// <param name="DecidedBy">An officer, an API token, or the customer who withdrew it.</param>
/// <param name="DecidedByName">Their name; null: not of this organisation.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Reason">Why it was rejected, withdrawn, reversed or corrected.</param>
/// <param name="RepaymentAmount">The amount that was approved; null for other decisions.</param>
/// <param name="PaymentDate">The payment date that was approved; null for other decisions.</param>
public sealed record DecisionTaken(
    string Kind,
    Guid DecidedBy,
    string? DecidedByName,
    DateTimeOffset DecidedAt,
    string? Reason,
    Money? RepaymentAmount,
    DateOnly? PaymentDate
);

/// <summary>A repayment that may be the same transfer; <see cref="DuplicateRules"/> says when.</summary>
public sealed record PossibleDuplicate(
    Guid Id,
    Guid AccountId,
    Money RepaymentAmount,
    DateOnly PaymentDate,
    string RepaymentReference,
    string VerificationStatus,
    DateTimeOffset CreationDate
);
