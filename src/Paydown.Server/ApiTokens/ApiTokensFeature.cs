using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.ApiTokens;

/// <summary>
/// Tokens for servers that call the API by themselves. Only people make and end them: a token that could make another
/// would outlive its end.
/// </summary>
public static class ApiTokensFeature
{
    private const string Tag = "Back office: API tokens";

    public static void AddApiTokens(this IServiceCollection services)
    {
        services.AddSingleton<CreateApiToken>();
        services.AddSingleton<ListApiTokens>();
        services.AddSingleton<RevokeApiToken>();
    }

    public static void MapApiTokens(this ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Post("admin/api-tokens", services.GetRequiredService<CreateApiToken>().HandleAsync)
            .For(Access.Manager)
            .ClosedToApiTokens()
            .Described(Tag, "Make an API token, which is shown once")
            .Reads(CreateApiToken.Fields)
            .Answers(NewApiToken.Example);
        routes
            .Get("admin/api-tokens", services.GetRequiredService<ListApiTokens>().HandleAsync)
            .For(Access.Manager)
            .ClosedToApiTokens()
            .Described(Tag, "List the API tokens of the organisation, newest first")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<ApiToken>>([ApiToken.Example], paged: true);
        routes
            .Put("admin/api-tokens/{tokenId}/revoke", services.GetRequiredService<RevokeApiToken>().HandleAsync)
            .For(Access.Manager)
            .ClosedToApiTokens()
            .Described(Tag, "Revoke an API token: it counts no longer, at once and on every server")
            .Answers(ApiToken.Example with { RevokedAt = ApiToken.Example.LastUsedAt })
            .Refuses(Refusals.NotFound("API token"));
    }
}
