using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>A stored repayment with its standing.</summary>
internal sealed record DetailsRow
{
    public required CustomerId CustomerId { get; init; }
    public required RepaymentId Id { get; init; }
    public required LoanId AccountId { get; init; }
    public required PaymentMethod Method { get; init; }
    public required Money ReportedAmount { get; init; }
    public required DateOnly ReportedOn { get; init; }

    /// <summary>The corrected amount; null if it counts as reported.</summary>
    public required Money? CorrectedAmount { get; init; }

    /// <summary>The corrected payment date; null if it counts as reported.</summary>
    public required DateOnly? CorrectedOn { get; init; }
    public required string? CorrectionReason { get; init; }
    public required string Reference { get; init; }
    public required bool ReferenceMatches { get; init; }
    public required string? Narration { get; init; }
    public required bool IsPayoff { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required UserId RecordedBy { get; init; }
    public required string? RecordedByName { get; init; }
    public required RepaymentStatus Status { get; init; }
    public required string? Reason { get; init; }
    public required IReadOnlyList<AllocationLine> Lines { get; init; }
    public required Money? PrincipalBalance { get; init; }
    public required Money? TotalBalance { get; init; }
    public required Money Overpaid { get; init; }
    public required PayersBankAccount? BankAccount { get; init; }
    public required ArrivedParts? PartlyArrived { get; init; }
    public required string CustomerName { get; init; }
    public required string Email { get; init; }

    /// <summary>The response for officers.</summary>
    public RepaymentDetails ToDetails(
        StoredLoan stored,
        Loan loan,
        DateOnly today,
        IReadOnlyList<DecisionTaken> decisions,
        IReadOnlyList<PossibleDuplicate> duplicates,
        AwaitedApproval? awaited
    )
    {
        var owed = PayableRules.Owed(loan);
        return new RepaymentDetails
        {
            Id = Id,
            AccountId = AccountId,
            LoanApplicationId = stored.ApplicationId,
            CustomerId = CustomerId,
            CustomerName = CustomerName,
            Email = Email,
            LoanProductName = stored.ProductName,
            AccountProductName = stored.AccountProductName,
            AccountState = Words.Write(loan.Status),
            Collector = stored.Collector,
            LoanRepaymentMethodEnum = Words.Write(Method),
            RepaymentAmount = CorrectedAmount ?? ReportedAmount,
            CurrencyCode = stored.Currency.Code,
            PaymentDate = CorrectedOn ?? ReportedOn,
            ReportedAmount = ReportedAmount,
            ReportedPaymentDate = ReportedOn,
            CorrectionReason = CorrectionReason,
            RepaymentReference = Reference,
            LoanReference = stored.Reference,
            ReferenceMatches = ReferenceMatches,
            PaymentNarration = Narration,
            BankAccount = BankAccount,
            IsPayoff = IsPayoff,
            CreationDate = RecordedAt,
            RecordedBy = RecordedBy,
            RecordedByName = RecordedByName,
            VerificationStatus = Words.Write(Status.ShownToCustomer()),
            IsReversed = Status == RepaymentStatus.Reversed,
            IsWithdrawn = decisions.Any(decision => decision.Kind == "WITHDRAWN"),
            RejectionReason = Reason,
            FirstApprovedBy =
                Status == RepaymentStatus.PendingVerification
                    ? decisions.LastOrDefault(decision => decision.Kind == "FIRST_APPROVAL")?.DecidedBy
                    : null,
            AwaitedApproval = awaited,
            PartlyArrived = PartlyArrived,
            Decisions = decisions,
            PossibleDuplicates = duplicates,
            PrincipalBalance = PrincipalBalance ?? stored.Money(owed.Principal),
            TotalBalance = TotalBalance ?? stored.Money(owed.Total),
            TotalPayable = stored.TotalPayable(loan),
            Overpaid = Overpaid,
            Allocation = [.. Lines.Select(line => ExplainedLine.Of(line, stored.Currency))],
            Preview = Status == RepaymentStatus.PendingVerification ? PreviewOf(stored, today) : null,
        };
    }

    // The replay with the payment that a verification would add.
    private VerificationPreview PreviewOf(StoredLoan stored, DateOnly today)
    {
        var paid = new PaymentReceived
        {
            Id = Id.AsEvent,
            Sequence = stored.NextSequence,
            On = ReportedOn,
            Amount = ReportedAmount,
        };
        var after = (stored with { Events = [.. stored.Events, paid] }).Replay(today);
        var counted = after.Transactions.First(one => one.EventId == paid.Id);
        return new VerificationPreview(
            Words.Write(after.Status),
            stored.Money(after.Outstanding.Total),
            counted.Overpaid,
            [.. counted.Lines.Select(line => ExplainedLine.Of(line, stored.Currency))]
        );
    }
}
