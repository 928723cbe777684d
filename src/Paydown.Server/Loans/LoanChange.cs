using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Ledger;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Loans;

/// <summary>
/// A decided but unwritten change of one loan: the loan before and after, and every row that follows from it.
/// <see cref="LoanChanges"/> makes it and <see cref="LoanChangeStore"/> writes it; a loan changes in no other way. A
/// second change of the same loan in one group starts from <see cref="After"/> of the first.
/// </summary>
public sealed record LoanChange
{
    /// <summary>Who makes the change, and when.</summary>
    public required ActionContext ActionContext { get; init; }

    /// <summary>The loan with its new events and the resulting balances.</summary>
    public required StoredLoan After { get; init; }

    /// <summary>The fold after the change, as of the day of the change.</summary>
    public required Loan State { get; init; }

    /// <summary>True if the account itself is new.</summary>
    public bool IsNew { get; init; }

    /// <summary>The new events.</summary>
    public IReadOnlyList<LoanEvent> Events { get; init; } = [];

    /// <summary>The repayments whose allocation the replay changed, the new one included.</summary>
    public IReadOnlyList<LoanTransaction> Allocated { get; init; } = [];

    /// <summary>The decisions on repayments.</summary>
    public IReadOnlyList<RepaymentDecision> Decisions { get; init; } = [];

    /// <summary>The loan's journal entries.</summary>
    public IReadOnlyList<BookedEntry> Entries { get; init; } = [];

    /// <summary>The entries of the customer's wallet, which must be locked.</summary>
    public IReadOnlyList<BookedEntry> WalletEntries { get; init; } = [];

    /// <summary>The entries of the collector that has the money. They belong to no loan.</summary>
    public IReadOnlyList<BookedEntry> CollectorEntries { get; init; } = [];

    /// <summary>The officer's reason, stored with each of the new events. Null if none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>The outbox messages to publish.</summary>
    public IReadOnlyList<OutboxMessage> Messages { get; init; } = [];

    /// <summary>The entries for the audit trail.</summary>
    public IReadOnlyList<AuditEntry> Audited { get; init; } = [];

    /// <summary>The transaction of one of the loan's repayments after this change.</summary>
    /// <exception cref="InvalidOperationException">The repayment does not belong to this loan.</exception>
    public LoanTransaction TransactionOf(RepaymentId repaymentId) =>
        State.Transactions.First(one => one.EventId == repaymentId.AsEvent);
}

/// <summary>A decision on a repayment by an officer, or by the customer who withdraws it.</summary>
/// <param name="RepaymentId">The repayment.</param>
/// <param name="Kind">The kind of decision.</param>
/// <param name="Reason">The reason, which the customer sees. Null only if a repayment is approved as reported.</param>
/// <param name="Round">Counts the first approvals. A new round starts when an officer names other terms.</param>
/// <param name="Amount">The approved amount, if it differs from the reported one; otherwise null.</param>
/// <param name="PaidOn">The approved payment date, if it differs from the reported one; otherwise null.</param>
public sealed record RepaymentDecision(
    RepaymentId RepaymentId,
    DecisionKind Kind,
    string? Reason,
    int Round = 1,
    Money? Amount = null,
    DateOnly? PaidOn = null
)
{
    /// <summary>True if it approves other terms than the reported ones.</summary>
    public bool IsCorrection => Amount is not null || PaidOn is not null;

    /// <summary>The repayment's status after the decision; null if the decision does not change it.</summary>
    public RepaymentStatus? Leads => LeadsTo(Kind);

    /// <summary>The status that a kind of decision leads to; null if it leads to none.</summary>
    public static RepaymentStatus? LeadsTo(DecisionKind kind) =>
        kind switch
        {
            DecisionKind.Verified => RepaymentStatus.Verified,
            DecisionKind.Rejected or DecisionKind.Withdrawn => RepaymentStatus.Rejected,
            DecisionKind.Reversed => RepaymentStatus.Reversed,
            _ => null,
        };
}

/// <summary>
/// The decisions on a repayment. Each can be made once; only first approvals of different terms repeat.
/// </summary>
public enum DecisionKind
{
    FirstApproval,
    Verified,
    Rejected,
    Withdrawn,
    Reversed,
}
