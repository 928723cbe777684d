namespace Paydown.Client;

/// <summary>Third parties that collect loans, for officers and API tokens.</summary>
public sealed class CollectorCalls
{
    private readonly Caller caller;

    internal CollectorCalls(Caller caller) => this.caller = caller;

    /// <summary>Lists the collectors, newest first.</summary>
    public IAsyncEnumerable<Collector> ListAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListCollectors,
            Routes.ListCollectors.To(),
            PaydownJson.Default.CollectorsAnswer,
            cancellationToken
        );

    /// <summary>Gets a collector with what it has collected and remitted, and what it owes still.</summary>
    public Task<CollectorDetails> GetAsync(Guid collectorId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetCollector,
            Routes.GetCollector.To(collectorId),
            PaydownJson.Default.CollectorDetailsAnswer,
            cancellationToken
        );

    /// <summary>Adds a collector; for managers.</summary>
    /// <param name="collector">The collector.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the collector may still be added.</param>
    public Task<Collector> AddAsync(
        NewCollector collector,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.AddCollector,
            Routes.AddCollector.To(),
            collector,
            PaydownJson.Default.NewCollector,
            PaydownJson.Default.CollectorAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Changes a collector; for managers.</summary>
    /// <param name="collectorId">The collector.</param>
    /// <param name="change">The collector as it is to be.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the collector may still be changed.</param>
    public Task<Collector> ChangeAsync(
        Guid collectorId,
        CollectorChange change,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeCollector,
            Routes.ChangeCollector.To(collectorId),
            change,
            PaydownChangesJson.Default.CollectorChange,
            PaydownJson.Default.CollectorAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>
    /// Imports the file of a collector: what it has collected. What is right is booked on the loans; what is not waits.
    /// The same file twice, and the same transaction in two files, adds nothing twice.
    /// </summary>
    /// <param name="collectorId">The collector.</param>
    /// <param name="file">The content, a CSV file of at most 4 MiB.</param>
    /// <param name="fileName">Its name, for people.</param>
    /// <param name="dryRun">True to store nothing.</param>
    /// <param name="remittanceReference">What the transfer of its money will carry, if known.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the file may still be imported.</param>
    public Task<ImportedCollections> ImportAsync(
        Guid collectorId,
        ReadOnlyMemory<byte> file,
        string fileName,
        bool? dryRun = null,
        string? remittanceReference = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendFileAsync(
            Routes.ImportCollections,
            Caller.Query(
                Routes.ImportCollections.To(collectorId),
                ("fileName", fileName),
                ("dryRun", dryRun),
                ("remittanceReference", remittanceReference)
            ),
            file,
            PaydownJson.Default.ImportedCollectionsAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists what a collector has collected, newest first.</summary>
    /// <param name="collectorId">The collector.</param>
    /// <param name="state">Only collections in this state; null for all.</param>
    /// <param name="fileId">Only collections that this file added; null for all.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public IAsyncEnumerable<CollectedPayment> ListCollectionsAsync(
        Guid collectorId,
        CollectionState? state = null,
        Guid? fileId = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListCollections,
            Caller.Query(Routes.ListCollections.To(collectorId), ("state", state), ("fileId", fileId)),
            PaydownJson.Default.CollectedPaymentsAnswer,
            cancellationToken
        );

    /// <summary>Lists the files of a collector, newest first, and whether their money has arrived.</summary>
    public IAsyncEnumerable<CollectorFile> ListFilesAsync(
        Guid collectorId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListCollectorFiles,
            Routes.ListCollectorFiles.To(collectorId),
            PaydownJson.Default.CollectorFilesAnswer,
            cancellationToken
        );

    /// <summary>Lists the money that a collector has remitted, newest first.</summary>
    public IAsyncEnumerable<CollectorRemittance> ListRemittancesAsync(
        Guid collectorId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListRemittances,
            Routes.ListRemittances.To(collectorId),
            PaydownJson.Default.CollectorRemittancesAnswer,
            cancellationToken
        );

    /// <summary>Books a collection that waits.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="decision">Why, and on which loan if not on the one that it names.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the collection may still be booked.</param>
    public Task<DecidedCollection> BookAsync(
        Guid collectionId,
        CollectionDecision decision,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.BookCollection,
            Routes.BookCollection.To(collectionId),
            decision,
            PaydownJson.Default.CollectionDecision,
            PaydownJson.Default.DecidedCollectionAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Decides that a collection that waits is no money.</summary>
    /// <param name="collectionId">The collection.</param>
    /// <param name="reason">Why.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the collection may still be discarded.</param>
    public Task<DecidedCollection> DiscardAsync(
        Guid collectionId,
        string reason,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.DiscardCollection,
            Routes.DiscardCollection.To(collectionId),
            new ReasonGiven(reason),
            PaydownJson.Default.ReasonGiven,
            PaydownJson.Default.DecidedCollectionAnswer,
            cancellationToken,
            idempotencyKey
        );
}
