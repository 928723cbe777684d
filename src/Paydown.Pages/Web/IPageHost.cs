using Microsoft.AspNetCore.Http;
using Paydown.Client;

namespace Paydown.Pages.Web;

/// <summary>What the pages need from the server that serves them.</summary>
public interface IPageHost
{
    /// <summary>Returns who is signed in by the cookie of a request; null if nobody is.</summary>
    ValueTask<PageUser?> FindUserAsync(HttpContext http);

    /// <summary>Signs a browser in: stores a page session for an access token, and sets its cookie.</summary>
    Task BeginSessionAsync(HttpContext http, string accessToken);

    /// <summary>
    /// Gives the session of a browser a new cookie, because its user may do more from now on: whoever knew the old one
    /// has nothing.
    /// </summary>
    /// <returns>The user with the token of the forms of the new cookie.</returns>
    Task<PageUser> RenewSessionAsync(HttpContext http, PageUser user);

    /// <summary>Ends the session of a browser on every server, and removes its cookie.</summary>
    Task EndSessionAsync(HttpContext http);

    /// <summary>
    /// Returns a client whose calls this server handles itself. They carry the address of the browser, because sign-ins
    /// are limited by it.
    /// </summary>
    /// <param name="http">The request of the browser.</param>
    /// <param name="user">Who makes the calls; null for calls without a token.</param>
    PaydownClient CreateClient(HttpContext http, PageUser? user);

    /// <summary>Returns the name of the lender that a request's host name belongs to; null if unknown.</summary>
    ValueTask<string?> FindLenderNameAsync(HttpContext http);

    /// <summary>The address of the documentation of the API.</summary>
    string ApiDocumentation { get; }

    /// <summary>Logs a request that failed for a reason that its caller cannot know.</summary>
    /// <returns>503 if the server will answer again soon, otherwise 500.</returns>
    int LogFailure(HttpContext http, Exception exception);
}
