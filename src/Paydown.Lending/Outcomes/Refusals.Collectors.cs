namespace Paydown.Lending.Outcomes;

/// <content>Collectors and their files.</content>
public static partial class Refusals
{
    /// <summary>The organisation has a collector of this name or bank account.</summary>
    public static Refusal CollectorExists() =>
        new(
            RefusalKind.Conflict,
            "COLLECTOR_EXISTS",
            "Collector Exists",
            "The organisation has a collector of this name, or one with this bank account, already."
        );

    /// <summary>A collector whose name loans carry gets another name.</summary>
    public static Refusal CollectorHoldsLoans() =>
        new(
            RefusalKind.Conflict,
            "COLLECTOR_HOLDS_LOANS",
            "Collector Holds Loans",
            "Loans carry the name of this collector, so it stays. Add another collector and hand the loans over to it."
        );

    /// <summary>The file of a collector cannot be read, or a line contradicts an earlier file.</summary>
    /// <param name="problem">What is wrong, where, and what would be right.</param>
    public static Refusal CollectionsUnreadable(string problem) =>
        new(RefusalKind.Invalid, "COLLECTIONS_UNREADABLE", "Collections Unreadable", problem);

    /// <summary>The remittance reference of a file is that of another one.</summary>
    public static Refusal RemittanceReferenceTaken() =>
        ValidationFailed(new FieldError("remittanceReference", "names another file already; each file has its own."));

    /// <summary>A decision on a collection that does not wait.</summary>
    /// <param name="state">Its state.</param>
    public static Refusal CollectionNotWaiting(string state) =>
        new(
            RefusalKind.Conflict,
            "COLLECTION_NOT_WAITING",
            "Collection Not Waiting",
            $"This collection is {state}, so there is nothing to decide."
        );
}
