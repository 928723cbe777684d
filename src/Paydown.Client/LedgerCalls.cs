namespace Paydown.Client;

/// <summary>The ledger, for accountants.</summary>
public sealed class LedgerCalls
{
    private readonly Caller caller;

    internal LedgerCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets the balance of every account at the beginning and the end of a month.</summary>
    /// <param name="month">Any day of the month; null for the current month of the organisation.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<TrialBalance> GetTrialBalanceAsync(
        DateOnly? month = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.GetTrialBalance,
            Caller.Query(Routes.GetTrialBalance.To(), ("month", MonthOf(month))),
            PaydownJson.Default.TrialBalanceAnswer,
            cancellationToken
        );

    /// <summary>Lists the postings of an account in a month, oldest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="month">Any day of the month; null for the current month of the organisation.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public IAsyncEnumerable<Posting> ListPostingsAsync(
        LedgerAccount account,
        DateOnly? month = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListPostings,
            PostingsAddress(account, month),
            PaydownJson.Default.PostingsAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the postings of an account in a month; at most 50.</summary>
    public Task<Page<Posting>> GetPostingsPageAsync(
        LedgerAccount account,
        PagePosition page,
        DateOnly? month = null,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListPostings,
            PostingsAddress(account, month),
            page,
            size,
            PaydownJson.Default.PostingsAnswer,
            cancellationToken
        );

    /// <summary>Gets a journal entry with all its postings.</summary>
    /// <param name="customerId">The customer of the entry, as <see cref="Posting.CustomerId"/> says.</param>
    /// <param name="entryId">The journal entry.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<JournalEntry> GetEntryAsync(
        Guid customerId,
        Guid entryId,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.JournalEntry,
            Caller.Query(Routes.JournalEntry.To(entryId), ("customerId", customerId)),
            PaydownJson.Default.JournalEntryAnswer,
            cancellationToken
        );

    private static string PostingsAddress(LedgerAccount account, DateOnly? month) =>
        Caller.Query(Routes.ListPostings.To(), ("account", account), ("month", MonthOf(month)));

    private static string? MonthOf(DateOnly? month) =>
        month?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
