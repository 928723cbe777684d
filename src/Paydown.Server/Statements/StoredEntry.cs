using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;

namespace Paydown.Server.Statements;

/// <summary>An entry of a bank statement that a decision is about. Its standing is locked.</summary>
public sealed record StoredEntry
{
    public required StatementEntryId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required BankStatementId StatementId { get; init; }

    public required CollectionAccountId AccountId { get; init; }

    /// <summary>The account of the ledger that stands for the bank account.</summary>
    public required LedgerAccount Bank { get; init; }

    /// <summary>Who imported the statement, or confirmed it if it was held.</summary>
    public required UserId ImportedBy { get; init; }

    /// <summary>What the bank wrote.</summary>
    public required StatementEntry Entry { get; init; }

    public required EntryState State { get; init; }

    /// <summary>The number of decisions so far.</summary>
    public required int Decisions { get; init; }

    /// <summary>The repayments that it pays now.</summary>
    public IReadOnlyList<EntryLink> Links { get; init; } = [];

    /// <summary>The report of which it is a part, while it waits for the other parts; else null.</summary>
    public RepaymentId? PartOf { get; init; }

    /// <summary>True if it pays a report together with other entries.</summary>
    public bool IsJoined => Links.Any(link => link.Effect is LinkEffect.Joined or LinkEffect.JoinedConfirmed);

    /// <summary>
    /// The entries that pay what it pays, of those that were locked with it: itself, and others if it is joined. Null
    /// if another decision has joined it since they were chosen.
    /// </summary>
    public IReadOnlyList<StoredEntry>? TogetherWith(IReadOnlyList<StoredEntry> locked)
    {
        if (!IsJoined)
            return [this];
        var same = locked.Where(one => one.IsJoined && one.Links[0].RepaymentId == Links[0].RepaymentId).ToList();
        return same.Count > 1 ? same : null;
    }

    /// <summary>True if it waits as a part of this report.</summary>
    public bool IsPartOf(RepaymentId id) => IsOpen && PartOf == id;

    public Money Amount => Entry.Amount;

    /// <summary>True while nobody has identified it: its money is in the suspense account.</summary>
    public bool IsOpen => State is EntryState.ToDecide or EntryState.Unmatched;
}
