namespace Paydown.Client;

/// <summary>API tokens, the audit trail, banks and the blacklist, for managers.</summary>
public sealed class AdministrationCalls
{
    private readonly Caller caller;

    internal AdministrationCalls(Caller caller) => this.caller = caller;

    /// <summary>
    /// Creates an API token, which is shown once. A program uses it as <see cref="PaydownClientOptions.ApiToken"/>.
    /// </summary>
    /// <param name="order">The token's name, scopes and lifetime.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the token may still be created.</param>
    public Task<NewApiToken> CreateApiTokenAsync(
        ApiTokenOrder order,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.CreateApiToken,
            Routes.CreateApiToken.To(),
            order,
            PaydownJson.Default.ApiTokenOrder,
            PaydownJson.Default.NewApiTokenAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the API tokens of the organisation, newest first.</summary>
    public IAsyncEnumerable<ApiToken> ListApiTokensAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListApiTokens,
            Routes.ListApiTokens.To(),
            PaydownJson.Default.ApiTokensAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the API tokens; at most 50.</summary>
    public Task<Page<ApiToken>> GetApiTokenPageAsync(
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListApiTokens,
            Routes.ListApiTokens.To(),
            page,
            size,
            PaydownJson.Default.ApiTokensAnswer,
            cancellationToken
        );

    /// <summary>Revokes an API token at once. Revoking it again has no effect.</summary>
    public Task<ApiToken> RevokeApiTokenAsync(
        Guid tokenId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RevokeApiToken,
            Routes.RevokeApiToken.To(tokenId),
            PaydownJson.Default.ApiTokenAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the audit trail of the organisation, newest first.</summary>
    public IAsyncEnumerable<AuditEntry> ListAuditEntriesAsync(
        AuditFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListAuditEntries,
            AuditAddress(filter),
            PaydownJson.Default.AuditEntriesAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the audit trail; at most 50.</summary>
    public Task<Page<AuditEntry>> GetAuditPageAsync(
        PagePosition page,
        int size = 10,
        AuditFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListAuditEntries,
            AuditAddress(filter),
            page,
            size,
            PaydownJson.Default.AuditEntriesAnswer,
            cancellationToken
        );

    /// <summary>Gets the banks with their rules, by name.</summary>
    public async Task<IReadOnlyList<ListedBank>> GetBanksAsync(CancellationToken cancellationToken = default) =>
        await caller.SendAsync(
            Routes.ListBanksForOfficers,
            Routes.ListBanksForOfficers.To(),
            PaydownJson.Default.ListedBanksAnswer,
            cancellationToken
        );

    /// <summary>Adds a bank, or changes how it is listed.</summary>
    public Task<ListedBank> ChangeBankAsync(
        string bankCode,
        BankDefinition bank,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeBank,
            Routes.ChangeBank.ToNamed(bankCode),
            bank,
            PaydownJson.Default.BankDefinition,
            PaydownJson.Default.ListedBankAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Removes a bank, or what was changed about a built-in one.</summary>
    public Task RemoveBankAsync(
        string bankCode,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RemoveBank,
            Routes.RemoveBank.ToNamed(bankCode),
            PaydownJson.Default.NothingAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the blacklist, the last added first.</summary>
    /// <param name="kind">The kind of the entries; null for all.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    public IAsyncEnumerable<BlacklistEntry> ListBlacklistAsync(
        BlacklistKind? kind = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListBlacklist,
            Caller.Query(Routes.ListBlacklist.To(), ("kind", kind)),
            PaydownJson.Default.BlacklistAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the blacklist; at most 50.</summary>
    public Task<Page<BlacklistEntry>> GetBlacklistPageAsync(
        PagePosition page,
        int size = 10,
        BlacklistKind? kind = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListBlacklist,
            Caller.Query(Routes.ListBlacklist.To(), ("kind", kind)),
            page,
            size,
            PaydownJson.Default.BlacklistAnswer,
            cancellationToken
        );

    /// <summary>Adds people to whom the organisation does not lend.</summary>
    public Task<BlacklistEntry> AddToBlacklistAsync(
        NewBlacklistEntry entry,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.AddToBlacklist,
            Routes.AddToBlacklist.To(),
            entry,
            PaydownJson.Default.NewBlacklistEntry,
            PaydownJson.Default.BlacklistEntryAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Removes an entry from the blacklist.</summary>
    public Task<BlacklistEntry> RemoveFromBlacklistAsync(
        Guid entryId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RemoveFromBlacklist,
            Routes.RemoveFromBlacklist.To(entryId),
            PaydownJson.Default.BlacklistEntryAnswer,
            cancellationToken,
            idempotencyKey
        );

    private static string AuditAddress(AuditFilter? filter) =>
        Caller.Query(
            Routes.ListAuditEntries.To(),
            ("subjectId", filter?.SubjectId),
            ("action", filter?.Action),
            ("actorId", filter?.ActorId),
            ("from", filter?.From),
            ("to", filter?.To)
        );
}
