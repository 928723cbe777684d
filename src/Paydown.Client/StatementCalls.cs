namespace Paydown.Client;

/// <summary>Bank statements and what became of their entries, for officers and API tokens.</summary>
public sealed class StatementCalls
{
    private readonly Caller caller;

    internal StatementCalls(Caller caller) => this.caller = caller;

    /// <summary>
    /// Imports a file of bank statements: camt.053, camt.052, camt.054, MT940, BAI2 or CSV. The same file twice adds
    /// nothing twice.
    /// </summary>
    /// <param name="file">The content, at most 32 MiB.</param>
    /// <param name="fileName">Its name, for people.</param>
    /// <param name="collectionAccountId">The account it is of, if the file does not say.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the file may still be imported.</param>
    public Task<ImportedFile> ImportAsync(
        ReadOnlyMemory<byte> file,
        string fileName,
        Guid? collectionAccountId = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendFileAsync(
            Routes.ImportBankStatement,
            Caller.Query(
                Routes.ImportBankStatement.To(),
                ("fileName", fileName),
                ("collectionAccountId", collectionAccountId)
            ),
            file,
            PaydownJson.Default.ImportedFileAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Shows how a file of bank statements would be read, without storing anything.</summary>
    /// <param name="file">The content, at most 32 MiB.</param>
    /// <param name="collectionAccountId">The account it is of, if the file does not say.</param>
    /// <param name="csvProfile">The profile to try instead of the account's, as JSON.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<PreviewedFile> PreviewAsync(
        ReadOnlyMemory<byte> file,
        Guid? collectionAccountId = null,
        string? csvProfile = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendFileAsync(
            Routes.PreviewBankStatement,
            Caller.Query(
                Routes.PreviewBankStatement.To(),
                ("collectionAccountId", collectionAccountId),
                ("csvProfile", csvProfile)
            ),
            file,
            PaydownJson.Default.PreviewedFileAnswer,
            cancellationToken,
            null
        );

    /// <summary>Sums up the entries that nobody has identified, by currency.</summary>
    public Task<List<UnmatchedTotal>> SumUnmatchedAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.SumUnmatchedPayments,
            Routes.SumUnmatchedPayments.To(),
            PaydownJson.Default.UnmatchedTotalsAnswer,
            cancellationToken
        );

    /// <summary>Lists the statements, newest first.</summary>
    /// <param name="collectionAccountId">Only statements of this account; null for all.</param>
    /// <param name="state">Only statements in this state; null for all.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public IAsyncEnumerable<BankStatement> ListAsync(
        Guid? collectionAccountId = null,
        StatementState? state = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListBankStatements,
            ListAddress(collectionAccountId, state),
            PaydownJson.Default.BankStatementsAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the statements; at most 50.</summary>
    public Task<Page<BankStatement>> GetPageAsync(
        PagePosition page,
        int size = 10,
        Guid? collectionAccountId = null,
        StatementState? state = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListBankStatements,
            ListAddress(collectionAccountId, state),
            page,
            size,
            PaydownJson.Default.BankStatementsAnswer,
            cancellationToken
        );

    /// <summary>Gets a statement, with the number of its entries in each state.</summary>
    public Task<BankStatementDetails> GetAsync(Guid bankStatementId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetBankStatement,
            Routes.GetBankStatement.To(bankStatementId),
            PaydownJson.Default.BankStatementDetailsAnswer,
            cancellationToken
        );

    /// <summary>Downloads the file of a statement as it was imported, byte for byte.</summary>
    /// <param name="bankStatementId">The statement.</param>
    /// <param name="destination">Receives the file.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The name of the file, without folders.</returns>
    public Task<string> DownloadAsync(
        Guid bankStatementId,
        Stream destination,
        CancellationToken cancellationToken = default
    ) =>
        caller.DownloadAsync(
            Routes.DownloadBankStatement,
            Routes.DownloadBankStatement.To(bankStatementId),
            destination,
            cancellationToken
        );

    /// <summary>Lists the entries that a statement added, in its order.</summary>
    public IAsyncEnumerable<StatementEntry> ListEntriesAsync(
        Guid bankStatementId,
        EntryState? state = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListStatementEntries,
            Caller.Query(Routes.ListStatementEntries.To(bankStatementId), ("state", state)),
            PaydownJson.Default.StatementEntriesAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the entries of a statement; at most 50.</summary>
    public Task<Page<StatementEntry>> GetEntryPageAsync(
        Guid bankStatementId,
        PagePosition page,
        int size = 10,
        EntryState? state = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListStatementEntries,
            Caller.Query(Routes.ListStatementEntries.To(bankStatementId), ("state", state)),
            page,
            size,
            PaydownJson.Default.StatementEntriesAnswer,
            cancellationToken
        );

    /// <summary>Takes the entries of a statement that was held.</summary>
    public Task<BankStatement> ConfirmAsync(
        Guid bankStatementId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ConfirmBankStatement,
            Routes.ConfirmBankStatement.To(bankStatementId),
            PaydownJson.Default.BankStatementAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Discards a held statement.</summary>
    public Task<BankStatement> DiscardAsync(
        Guid bankStatementId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.DiscardBankStatement,
            Routes.DiscardBankStatement.To(bankStatementId),
            PaydownJson.Default.BankStatementAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Undoes the decision on an entry, whoever took it; its money waits again.</summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="reason">Why; the customer of a repayment that is taken back sees it.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the decision may still be undone.</param>
    public Task<DecidedEntry> UndoAsync(
        Guid entryId,
        string reason,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => DecideAsync(Routes.UndoBankEntry, entryId, reason, idempotencyKey, cancellationToken);

    /// <summary>Lists the entries that were announced and that no booking followed, oldest first.</summary>
    public IAsyncEnumerable<UnmatchedPayment> ListAnnouncedAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListUnmatchedPayments,
            Caller.Query(Routes.ListUnmatchedPayments.To(), ("state", (EntryState?)EntryState.Announced)),
            PaydownJson.Default.UnmatchedPaymentsAnswer,
            cancellationToken
        );

    /// <summary>Lists the entries that nobody has identified, oldest first.</summary>
    public IAsyncEnumerable<UnmatchedPayment> ListUnmatchedAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListUnmatchedPayments,
            Routes.ListUnmatchedPayments.To(),
            PaydownJson.Default.UnmatchedPaymentsAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the entries that nobody has identified; at most 50.</summary>
    public Task<Page<UnmatchedPayment>> GetUnmatchedPageAsync(
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListUnmatchedPayments,
            Routes.ListUnmatchedPayments.To(),
            page,
            size,
            PaydownJson.Default.UnmatchedPaymentsAnswer,
            cancellationToken
        );

    /// <summary>Assigns unidentified money to a loan, or splits it over several.</summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="assignment">The loan, or the parts: together the whole amount.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the money may still be assigned.</param>
    public Task<DecidedEntry> AssignAsync(
        Guid entryId,
        PaymentAssignment assignment,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.AssignPayment,
            Routes.AssignPayment.To(entryId),
            assignment,
            PaydownJson.Default.PaymentAssignment,
            PaydownJson.Default.DecidedEntryAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>
    /// Makes unidentified money a part of a report that the customer paid by several transfers. The report is verified
    /// when its parts add up to it.
    /// </summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="join">The report, and other entries that are parts of it.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the entries may still be joined.</param>
    public Task<DecidedEntry> JoinAsync(
        Guid entryId,
        PaymentJoin join,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.JoinPayment,
            Routes.JoinPayment.To(entryId),
            join,
            PaydownJson.Default.PaymentJoin,
            PaydownJson.Default.DecidedEntryAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Books an unidentified entry as a charge or interest of the bank.</summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="booking">What it is, and why.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the entry may still be booked.</param>
    public Task<DecidedEntry> BookAsync(
        Guid entryId,
        BankEntryBooking booking,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.BookBankEntry,
            Routes.BookBankEntry.To(entryId),
            booking,
            PaydownJson.Default.BankEntryBooking,
            PaydownJson.Default.DecidedEntryAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Sets an unidentified entry aside that is booked elsewhere.</summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="reason">Why.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the entry may still be set aside.</param>
    public Task<DecidedEntry> IgnoreAsync(
        Guid entryId,
        string reason,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => DecideAsync(Routes.IgnorePayment, entryId, reason, idempotencyKey, cancellationToken);

    /// <summary>
    /// Orders unidentified money back to its payer; pay it with the reference of
    /// <see cref="StatementEntry.PayerReturn"/>. Or says that money out was such a return.
    /// </summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="returned">Why; and for money out, which return it is.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the return may still be ordered.</param>
    public Task<DecidedEntry> ReturnAsync(
        Guid entryId,
        PaymentReturn returned,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ReturnPayment,
            Routes.ReturnPayment.To(entryId),
            returned,
            PaydownJson.Default.PaymentReturn,
            PaydownJson.Default.DecidedEntryAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Takes an unidentified entry as the remittance of a collector.</summary>
    /// <param name="entryId">The entry.</param>
    /// <param name="remittance">The collector, and why.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the entry may still become a remittance.</param>
    public Task<DecidedEntry> RemitAsync(
        Guid entryId,
        PaymentRemittance remittance,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RemitPayment,
            Routes.RemitPayment.To(entryId),
            remittance,
            PaydownJson.Default.PaymentRemittance,
            PaydownJson.Default.DecidedEntryAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the money that is on its way back to its payers, oldest first.</summary>
    public IAsyncEnumerable<StatementEntry> ListReturnsAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListPayerReturns,
            Routes.ListPayerReturns.To(),
            PaydownJson.Default.StatementEntriesAnswer,
            cancellationToken
        );

    /// <summary>
    /// Lists the reports of bank transfers that no statement shows, oldest first: pending ones if no status is given.
    /// </summary>
    public IAsyncEnumerable<UnconfirmedRepayment> ListUnconfirmedAsync(
        VerificationStatus? status = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListUnconfirmedRepayments,
            Caller.Query(Routes.ListUnconfirmedRepayments.To(), ("status", status)),
            PaydownJson.Default.UnconfirmedRepaymentsAnswer,
            cancellationToken
        );

    /// <summary>Gets a bank entry with its statement and the reports that it pays or may pay.</summary>
    public Task<BankEntryDetails> GetEntryAsync(Guid entryId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetBankEntry,
            Routes.GetBankEntry.To(entryId),
            PaydownJson.Default.BankEntryDetailsAnswer,
            cancellationToken
        );

    /// <summary>Compares the balance of a bank account with the ledger.</summary>
    /// <param name="collectionAccountId">The account.</param>
    /// <param name="asOf">A day, without what is effective later; null for all that is known.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<BankReconciliation> ReconcileAsync(
        Guid collectionAccountId,
        DateOnly? asOf = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.GetReconciliation,
            Caller.Query(Routes.GetReconciliation.To(collectionAccountId), ("asOf", asOf)),
            PaydownJson.Default.BankReconciliationAnswer,
            cancellationToken
        );

    /// <summary>
    /// Lists the items in transit of a bank account, oldest first: what only the ledger or only the bank has.
    /// </summary>
    /// <param name="collectionAccountId">The account.</param>
    /// <param name="asOf">As for <see cref="ReconcileAsync"/>.</param>
    /// <param name="side">Only what this side has; null for both.</param>
    /// <param name="kind">Only items of this kind; null for all.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public IAsyncEnumerable<TransitItem> ListItemsInTransitAsync(
        Guid collectionAccountId,
        DateOnly? asOf = null,
        TransitSide? side = null,
        TransitKind? kind = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListItemsInTransit,
            TransitAddress(collectionAccountId, asOf, side, kind),
            PaydownJson.Default.TransitItemsAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the items in transit of a bank account; at most 50.</summary>
    public Task<Page<TransitItem>> GetItemsInTransitPageAsync(
        Guid collectionAccountId,
        PagePosition page,
        int size = 10,
        DateOnly? asOf = null,
        TransitSide? side = null,
        TransitKind? kind = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListItemsInTransit,
            TransitAddress(collectionAccountId, asOf, side, kind),
            page,
            size,
            PaydownJson.Default.TransitItemsAnswer,
            cancellationToken
        );

    private Task<DecidedEntry> DecideAsync(
        Route route,
        Guid entryId,
        string reason,
        string? idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        caller.SendAsync(
            route,
            route.To(entryId),
            new ReasonGiven(reason),
            PaydownJson.Default.ReasonGiven,
            PaydownJson.Default.DecidedEntryAnswer,
            cancellationToken,
            idempotencyKey
        );

    private static string TransitAddress(Guid account, DateOnly? asOf, TransitSide? side, TransitKind? kind) =>
        Caller.Query(Routes.ListItemsInTransit.To(account), ("asOf", asOf), ("side", side), ("kind", kind));

    private static string ListAddress(Guid? collectionAccountId, StatementState? state) =>
        Caller.Query(Routes.ListBankStatements.To(), ("collectionAccountId", collectionAccountId), ("state", state));
}
