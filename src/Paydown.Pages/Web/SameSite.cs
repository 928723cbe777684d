using Microsoft.AspNetCore.Http;

namespace Paydown.Pages.Web;

/// <summary>
/// Decides whether a form was sent by a page of this site. Browsers say so in <c>Sec-Fetch-Site</c>; older ones send
/// <c>Origin</c>. A request with neither comes from no browser that can be trusted with a cookie.
/// </summary>
internal static class SameSite
{
    public static bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site == "same-origin";
        return Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
            && origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
