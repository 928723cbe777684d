using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;

namespace Paydown.Server.Auditing;

/// <summary>Everything stored about one loan, for the audit.</summary>
/// <param name="Stored">The account, its cached balances and its events.</param>
/// <param name="EventCount">The cached number of events.</param>
/// <param name="ClosedOn">The last day whose end of day must have seen the loan; null if there is none.</param>
/// <param name="Rules">What its organisation has decided about the passing of time.</param>
/// <param name="Repayments">The loan's repayments.</param>
/// <param name="Ledger">The sum of its postings per account, debits positive, without zeros.</param>
public sealed record AuditedLoan(
    StoredLoan Stored,
    int EventCount,
    DateOnly? ClosedOn,
    DayRules Rules,
    IReadOnlyList<AuditedRepayment> Repayments,
    IReadOnlyDictionary<string, Money> Ledger
);

/// <summary>Everything stored about one repayment.</summary>
public sealed record AuditedRepayment
{
    public required RepaymentId Id { get; init; }

    public required LoanId AccountId { get; init; }

    /// <summary>The amount that counts according to the decisions: as reported, or corrected.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day from which it counts according to the decisions: as reported, or corrected.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>The amount as first recorded, which is pending until the repayment is decided.</summary>
    public required Money ReportedAmount { get; init; }

    /// <summary>Why the decisions correct it; null if they do not.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The amount in the standing.</summary>
    public required Money ShownAmount { get; init; }

    /// <summary>The payment date in the standing.</summary>
    public required DateOnly ShownOn { get; init; }

    /// <summary>The reason of a correction in the standing.</summary>
    public required string? ShownReason { get; init; }

    /// <summary>The status according to the decisions.</summary>
    public required RepaymentStatus Status { get; init; }

    /// <summary>The cached standing; null if there is none.</summary>
    public required AuditedStanding? Standing { get; init; }
}

/// <summary>A row of repayment_standing.</summary>
/// <param name="Status">The stored word.</param>
/// <param name="Version">How often the repayment was allocated.</param>
/// <param name="Replaced">The number of its rows in replaced_allocation.</param>
/// <param name="Split">Its allocation; null if it does not count.</param>
public sealed record AuditedStanding(string Status, int Version, int Replaced, AuditedSplit? Split);

/// <summary>What the standing says about the repayment in the replay.</summary>
/// <param name="PrincipalBalance">The loan's outstanding principal right after the repayment.</param>
/// <param name="TotalBalance">The loan's total outstanding right after the repayment.</param>
/// <param name="Overpaid">The part beyond everything owed.</param>
/// <param name="DueOn">The due date of the earliest installment that it settles; null if it settles none.</param>
/// <param name="Allocated">The sum of the lines.</param>
/// <param name="Lines">The lines in their stored form, so they can be compared.</param>
public sealed record AuditedSplit(
    Money PrincipalBalance,
    Money TotalBalance,
    Money Overpaid,
    DateOnly? DueOn,
    Money Allocated,
    string Lines
);
