using System.Net;
using Paydown.Client;
using Paydown.Pages.Web;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Pages;

/// <summary>Gives the pages their users, their sessions and the API.</summary>
public sealed class PageHost(
    PageSessions sessions,
    OrganisationDirectory organisations,
    OrganisationHosts hosts,
    TrustedProxies proxies,
    IServiceProvider services,
    TimeProvider time,
    ILogger<PageHost> logger
) : IPageHost
{
    // With the prefix, browsers take the cookie over TLS only, for this host only, and for all its paths.
    private const string SecureCookie = "__Host-paydown";

    // Browsers send no secure cookie over plain HTTP, which a server for trying things out speaks on this machine.
    private const string PlainCookie = "paydown";

    /// <summary>The steps of a request from the routing on; set when the host is built.</summary>
    internal RequestDelegate Pipeline { private get; set; } = _ => throw new InvalidOperationException("Not built.");

    public string ApiDocumentation => "/docs";

    public async ValueTask<PageUser?> FindUserAsync(HttpContext http)
    {
        if (FindCookie(http) is not { } cookie)
            return null;
        // What a form does may change what its user may do.
        if (HttpMethods.IsPost(http.Request.Method))
            sessions.Forget(cookie);
        if (await sessions.FindAsync(cookie, http.RequestAborted) is not { } page)
            return null;
        var user = page.Session.User;
        var lender = await organisations.GetAsync(user.OrganisationId, http.RequestAborted);
        return new PageUser(
            user.Id.Value,
            AccessOf(user.Role),
            $"{user.FirstName} {user.LastName}".Trim(),
            user.Email,
            new(lender.Id.Value, lender.Name, lender.Currency.Code, lender.TimeZone, lender.Today(time)),
            page.AccessToken,
            page.FormToken,
            page.Session.MustSetUpSecondFactor
        );
    }

    public async Task BeginSessionAsync(HttpContext http, string accessToken)
    {
        var cookie = await sessions.BeginAsync(accessToken);
        http.Response.Cookies.Append(CookieOf(http), cookie, OptionsOf(http));
    }

    public async Task<PageUser> RenewSessionAsync(HttpContext http, PageUser user)
    {
        if (http.Request.Cookies[CookieOf(http)] is { } old)
            await sessions.RemoveAsync(old);
        var cookie = await sessions.BeginAsync(user.AccessToken);
        http.Response.Cookies.Append(CookieOf(http), cookie, OptionsOf(http));
        return user with { FormToken = PageSessions.FormTokenOf(cookie) };
    }

    public async Task EndSessionAsync(HttpContext http)
    {
        if (http.Request.Cookies[CookieOf(http)] is { } cookie)
            await sessions.EndAsync(cookie);
        http.Response.Cookies.Delete(CookieOf(http), OptionsOf(http));
    }

    public PaydownClient CreateClient(HttpContext http, PageUser? user)
    {
        var address = proxies.ClientOf(http);
        return new PaydownClient(
            new HttpClient(new OwnCalls(Pipeline, services, http, address)) { Timeout = Timeout.InfiniteTimeSpan },
            new PaydownClientOptions
            {
                Address = new Uri($"{http.Request.Scheme}://{http.Request.Host}"),
                ApiToken = user?.AccessToken,
                CustomerIpAddress = address ?? IPAddress.Loopback,
                Time = time,
                // The same form sent twice waits for its first answer.
                AttemptsMax = 3,
                RetryDelayMax = TimeSpan.FromSeconds(1),
            }
        );
    }

    public async ValueTask<string?> FindLenderNameAsync(HttpContext http)
    {
        var chosen = await hosts.ChooseAsync(null, http.Request.Host.Host, http.RequestAborted);
        return chosen is { IsRefused: false, Value.Id: { } id }
            ? (await organisations.GetAsync(id, http.RequestAborted)).Name
            : null;
    }

    public int LogFailure(HttpContext http, Exception exception)
    {
        var route = $"{http.Request.Method} {RouteOf(http)}";
        if (DatabaseFailures.IsAway(exception))
        {
            HttpLog.DatabaseAway(logger, 1, route, DatabaseFailures.Describe(exception));
            return StatusCodes.Status503ServiceUnavailable;
        }

        if (DatabaseFailures.IsMoving(exception))
            return StatusCodes.Status503ServiceUnavailable;
        HttpLog.RequestFailed(logger, route, exception);
        return StatusCodes.Status500InternalServerError;
    }

    private static string RouteOf(HttpContext http) =>
        (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no page)";

    private static PageAccess AccessOf(Role role) =>
        role switch
        {
            Role.Customer => PageAccess.Borrower,
            Role.Agent => PageAccess.Agent,
            Role.Cashier => PageAccess.Cashier,
            Role.Manager => PageAccess.Manager,
            _ => PageAccess.None,
        };

    private static bool IsPlain(HttpContext http) =>
        !http.Request.IsHttps
        && (
            http.Request.Host.Host is "localhost"
            || (IPAddress.TryParse(http.Request.Host.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))
        );

    /// <summary>The cookie of a request's session; null if it has none.</summary>
    internal static string? FindCookie(HttpContext http) => http.Request.Cookies[CookieOf(http)];

    private static string CookieOf(HttpContext http) => IsPlain(http) ? PlainCookie : SecureCookie;

    private static CookieOptions OptionsOf(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            Secure = !IsPlain(http),
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
        };
}
