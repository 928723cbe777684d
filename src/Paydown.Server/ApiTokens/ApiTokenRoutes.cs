using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;

namespace Paydown.Server.ApiTokens;

/// <summary>
/// Tokens for servers that call the API. Only people create and revoke them: a token that could create another would
/// outlive its revocation.
/// </summary>
public static class ApiTokenRoutes
{
    internal static readonly PathId<ApiTokenId> TokenId = new("tokenId");

    public static void MapApiTokens(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: API tokens");
        officers.Post<CreateApiToken>("admin/api-tokens", Manager, Scopes.None);
        officers.Get<ListApiTokens>("admin/api-tokens", Manager, Scopes.None);
        officers.Put<RevokeApiToken>($"admin/api-tokens/{TokenId}/revoke", Manager, Scopes.None);
    }
}
