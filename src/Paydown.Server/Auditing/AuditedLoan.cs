using Paydown.Lending.Amounts;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;

namespace Paydown.Server.Auditing;

/// <summary>All that is stored about one loan, as the audit finds it.</summary>
/// <param name="Stored">The account, its cached balances and its events.</param>
/// <param name="EventCount">The cached number of events.</param>
/// <param name="Repayments">Those reported for it.</param>
/// <param name="Ledger">Sums of its postings by account, debits positive; zeros are left out.</param>
public sealed record AuditedLoan(
    StoredLoan Stored,
    int EventCount,
    IReadOnlyList<AuditedRepayment> Repayments,
    IReadOnlyDictionary<string, long> Ledger
);

/// <summary>All that is stored about one repayment.</summary>
public sealed record AuditedRepayment
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>What counts by the decisions: as reported, or corrected.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>The day from which it counts by the decisions: as reported, or corrected.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>As it was recorded at first: what is pending until it is decided.</summary>
    public required long ReportedMinor { get; init; }

    /// <summary>Why the decisions correct it; null: they do not.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>What the standing shows as its amount.</summary>
    public required long ShownMinor { get; init; }

    /// <summary>What the standing shows as its date.</summary>
    public required DateOnly ShownOn { get; init; }

    /// <summary>What the standing shows as the reason of a correction.</summary>
    public required string? ShownReason { get; init; }

    /// <summary>Where the decisions leave it.</summary>
    public required RepaymentStatus Status { get; init; }

    /// <summary>The cached standing; null where there is none.</summary>
    public required AuditedStanding? Standing { get; init; }

    /// <summary>The latest version of its allocation; null where there is none.</summary>
    public required AuditedAllocation? Allocation { get; init; }
}

/// <summary>A row of repayment_standing.</summary>
public sealed record AuditedStanding(string Status, int Version, AuditedSplit? Split);

/// <summary>A row of repayment_allocation.</summary>
public sealed record AuditedAllocation(
    int Version,
    ComponentAmounts Components,
    long OverpaidMinor,
    AuditedSplit Split
);

/// <summary>What both of them say of the fold's transaction.</summary>
/// <param name="PrincipalBalanceMinor">Of the loan, right after it.</param>
/// <param name="TotalBalanceMinor">Of the loan, right after it.</param>
/// <param name="DueOn">Due date of the earliest installment that it settles.</param>
/// <param name="Lines">What it settles, in words that compare: the stored form of lines.</param>
public sealed record AuditedSplit(long PrincipalBalanceMinor, long TotalBalanceMinor, DateOnly? DueOn, string Lines);
