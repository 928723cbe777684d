namespace Paydown.Client;

/// <summary>What managers do beside the business: API tokens for servers, and the audit trail.</summary>
public sealed class AdministrationCalls
{
    private readonly Caller caller;

    internal AdministrationCalls(Caller caller) => this.caller = caller;

    /// <summary>
    /// Makes an API token, which is shown once. A server calls with it as the access token of a
    /// <see cref="PaydownSession"/> that has no refresh token.
    /// </summary>
    /// <param name="order">What is wanted.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the token may be made all the same.</param>
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

    /// <summary>The API tokens of the organisation, newest first, page by page.</summary>
    public IAsyncEnumerable<ApiToken> ListApiTokensAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListApiTokens,
            Routes.ListApiTokens.To(),
            PaydownJson.Default.ApiTokensAnswer,
            cancellationToken
        );

    /// <summary>One page of the API tokens; its size is at most 50.</summary>
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

    /// <summary>Ends an API token: it counts no longer, at once. Twice is as good as once.</summary>
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

    /// <summary>The audit trail of the organisation, newest first, page by page.</summary>
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

    /// <summary>One page of it; its size is at most 50.</summary>
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
