using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;

namespace Paydown.Server.ApiTokens;

/// <summary>
/// Tokens for servers that call the API by themselves. Only people make and end them: a token that could make another
/// would outlive its end.
/// </summary>
public static class ApiTokenRoutes
{
    public static void MapApiTokens(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: API tokens");
        officers.Post<CreateApiToken>("admin/api-tokens", Manager, Scopes.None);
        officers.Get<ListApiTokens>("admin/api-tokens", Manager, Scopes.None);
        officers.Put<RevokeApiToken>("admin/api-tokens/{tokenId}/revoke", Manager, Scopes.None);
    }
}
