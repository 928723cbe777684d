using Microsoft.AspNetCore.Http;

namespace Paydown.Pages.Web;

/// <summary>The headers of every page: nothing from elsewhere, in no frame, in no cache.</summary>
internal static class PageHeaders
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public static void Add(HttpResponse response, HttpRequest request)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Vary = "Cookie";
        if (request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
