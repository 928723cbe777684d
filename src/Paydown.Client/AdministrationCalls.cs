namespace Paydown.Client;

/// <summary>API tokens and the audit trail, for managers.</summary>
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
