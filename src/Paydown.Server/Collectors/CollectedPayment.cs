using Paydown.Lending.Amounts;
using Paydown.Lending.Collectors;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Approvals;

namespace Paydown.Server.Collectors;

/// <summary>What became of a payment that a collector reports.</summary>
public enum CollectionState
{
    /// <summary>It waits for an officer.</summary>
    Waiting,

    /// <summary>It is a repayment of a loan.</summary>
    Booked,

    /// <summary>An officer has decided that it is no money.</summary>
    Discarded,
}

/// <summary>A payment that a collector reports: a line of its file.</summary>
public sealed record CollectedPayment
{
    /// <summary>The collection's id; null in a preview.</summary>
    public required CollectionId? Id { get; init; }

    /// <summary>The file; null in a preview.</summary>
    public required CollectorFileId? FileId { get; init; }

    /// <summary>The line of the file, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The collector's own id of it.</summary>
    public required string TransactionId { get; init; }

    /// <summary>The reference or account number of the loan, as written.</summary>
    public required string Loan { get; init; }

    /// <summary>The day on which the borrower paid.</summary>
    public required DateOnly CollectedOn { get; init; }

    /// <summary>What the borrower paid.</summary>
    public required Money Amount { get; init; }

    /// <summary>What the collector keeps: as booked, else as the file states it; null if it does not.</summary>
    public required Money? Commission { get; init; }

    /// <summary>What became of it.</summary>
    public required CollectionState State { get; init; }

    /// <summary>Why it waits; null if it does not.</summary>
    public required CollectionWait? Wait { get; init; }

    /// <summary>Why it waits, or why an officer decided so; null if the rules booked it.</summary>
    public required string? Explanation { get; init; }

    /// <summary>The loan account that it is booked on; null if it is not.</summary>
    public required LoanId? AccountId { get; init; }

    /// <summary>The repayment that it is; null if it is none.</summary>
    public required RepaymentId? RepaymentId { get; init; }

    /// <summary>True if that repayment was reversed.</summary>
    public required bool IsReversed { get; init; }
}

/// <summary>A collection right after a decision.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="AwaitedApproval">The decision that awaits a second officer; null if there is none.</param>
public sealed record DecidedCollection(CollectedPayment Collection, AwaitedApproval? AwaitedApproval);

/// <summary>Collections, summed up.</summary>
/// <param name="Count">Their number.</param>
/// <param name="Amount">What borrowers paid.</param>
/// <param name="Commission">What the collector keeps of it.</param>
public sealed record CollectedSum(int Count, Money Amount, Money Commission)
{
    internal static CollectedSum Of(IEnumerable<CollectedPayment> collections, Currency currency)
    {
        var all = collections.ToList();
        return new(
            all.Count,
            Money.Sum(all.Select(one => one.Amount), currency),
            Money.Sum(all.Select(one => one.Commission ?? Money.Zero(currency)), currency)
        );
    }
}

/// <summary>The result of a collector's file.</summary>
/// <param name="FileId">The file's id; null in a preview.</param>
/// <param name="FileName">Its name.</param>
/// <param name="IsRepeated">True if this file was imported before, so nothing was added.</param>
/// <param name="IsPreview">True if nothing was stored.</param>
/// <param name="LineCount">Its lines.</param>
/// <param name="NewCount">The collections that it adds; the others came in earlier files.</param>
/// <param name="Booked">Those that are repayments.</param>
/// <param name="Waiting">Those that wait for an officer.</param>
/// <param name="Collections">The new collections, those that wait first: at most 100.</param>
public sealed record ImportedCollections(
    CollectorFileId? FileId,
    string FileName,
    bool IsRepeated,
    bool IsPreview,
    int LineCount,
    int NewCount,
    CollectedSum Booked,
    CollectedSum Waiting,
    IReadOnlyList<CollectedPayment> Collections
);
