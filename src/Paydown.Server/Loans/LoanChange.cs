using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Ledger;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Loans;

/// <summary>
/// One change of one loan, decided and not yet written: the loan before and after, and every row that follows from it.
/// Made by
/// <see cref="LoanChanges"/>, written by <see cref="LoanChangeStore"/>; a loan changes in no other way. A second change
/// of the same loan in one group starts from <see cref="After"/> of the first.
/// </summary>
public sealed record LoanChange
{
    public required ActionContext ActionContext { get; init; }

    /// <summary>The loan with its new events and the balances that follow from them.</summary>
    public required StoredLoan After { get; init; }

    /// <summary>The fold after the change, as of its day.</summary>
    public required Loan State { get; init; }

    /// <summary>True where the account itself is new.</summary>
    public bool IsNew { get; init; }

    /// <summary>The events that are new.</summary>
    public IReadOnlyList<LoanEvent> Events { get; init; } = [];

    /// <summary>The repayments that the replay split otherwise than before, the new one among them.</summary>
    public IReadOnlyList<LoanTransaction> Allocated { get; init; } = [];

    public IReadOnlyList<RepaymentDecision> Decisions { get; init; } = [];

    public IReadOnlyList<BookedEntry> Entries { get; init; } = [];

    /// <summary>What comes to the customer's wallet or leaves it; the wallet must be locked.</summary>
    public IReadOnlyList<BookedEntry> WalletEntries { get; init; } = [];

    /// <summary>Why an officer did it: kept with the first of the new events. Null if nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>What the outside is told.</summary>
    public IReadOnlyList<OutboxMessage> Messages { get; init; } = [];

    public IReadOnlyList<AuditEntry> Audited { get; init; } = [];

    /// <summary>What became of one repayment in this change.</summary>
    /// <exception cref="InvalidOperationException">It is not one of this loan.</exception>
    public LoanTransaction TransactionOf(Guid repaymentId) =>
        State.Transactions.First(one => one.EventId == repaymentId);
}

/// <summary>What an officer, or the customer who withdraws it, said about a repayment.</summary>
/// <param name="RepaymentId">Which one.</param>
/// <param name="Kind">Which decision.</param>
/// <param name="Reason">Shown to the customer; needed for all but an approval of what was reported.</param>
/// <param name="Round">Counts the first approvals: another one follows if an officer names other terms.</param>
/// <param name="AmountMinor">The amount that was approved in place of the reported one; null: as reported.</param>
/// <param name="PaidOn">The date that was approved in place of the reported one; null: as reported.</param>
public sealed record RepaymentDecision(
    Guid RepaymentId,
    DecisionKind Kind,
    string? Reason,
    int Round = 1,
    long? AmountMinor = null,
    DateOnly? PaidOn = null
)
{
    /// <summary>Whether it approves other terms than the reported ones.</summary>
    public bool IsCorrection => AmountMinor is not null || PaidOn is not null;

    /// <summary>Where the repayment stands after it; null: where it stood.</summary>
    public RepaymentStatus? Leads => LeadsTo(Kind);

    /// <summary>Where a decision of a kind leads; null: nowhere.</summary>
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
/// The decisions on a repayment; each is taken at most once, except first approvals of different terms.
/// </summary>
public enum DecisionKind
{
    FirstApproval,
    Verified,
    Rejected,
    Withdrawn,
    Reversed,
}
