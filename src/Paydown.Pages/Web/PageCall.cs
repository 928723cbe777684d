using Microsoft.AspNetCore.Http;
using Paydown.Client;

namespace Paydown.Pages.Web;

/// <summary>A request for a page.</summary>
public sealed class PageCall
{
    private PaydownClient? client;

    internal PageCall(HttpContext http, IPageHost host, PageRoute route, PageUser? user, string? lenderName)
    {
        (Http, Host, Route, User, LenderName) = (http, host, route, user, lenderName);
        Form = new();
    }

    /// <summary>The page.</summary>
    public PageRoute Route { get; }

    /// <summary>The signed-in user; null if nobody is.</summary>
    public PageUser? User { get; private set; }

    /// <summary>The signed-in user.</summary>
    /// <exception cref="InvalidOperationException">The page is open to everyone.</exception>
    public PageUser SignedIn => User ?? throw new InvalidOperationException("The page needs a signed-in user.");

    /// <summary>The name of the lender; null if the host name belongs to none.</summary>
    public string? LenderName { get; }

    /// <summary>The API, called as the user.</summary>
    public PaydownClient Api => client ??= Host.CreateClient(Http, User);

    /// <summary>The form of the page.</summary>
    public PageForm Form { get; internal set; }

    /// <summary>Ends the wait for calls when the browser leaves.</summary>
    public CancellationToken Cancelled => Http.RequestAborted;

    internal HttpContext Http { get; }

    internal IPageHost Host { get; }

    /// <summary>The id in the path.</summary>
    /// <exception cref="PageMissingException">It is not a UUID.</exception>
    public Guid Id(string name) =>
        Guid.TryParseExact(Http.Request.RouteValues[name] as string, "D", out var id)
            ? id
            : throw new PageMissingException();

    /// <summary>A word in the path.</summary>
    public string Word(string name) => Http.Request.RouteValues[name] as string ?? throw new PageMissingException();

    /// <summary>A parameter of the query; null if it is missing or empty.</summary>
    public string? Query(string name) =>
        Http.Request.Query[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A parameter of the query that is one of an enum's words; null if it is missing or another.</summary>
    public T? QueryWord<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Query(name), out var word) && Enum.IsDefined(word) ? word : null;

    /// <summary>A day of the query; null if it is missing or no day.</summary>
    public DateOnly? QueryDay(string name) =>
        DateOnly.TryParseExact(Query(name), "yyyy-MM-dd", null, default, out var day) ? day : null;

    /// <summary>The page of a list: the cursor of the query, or the first.</summary>
    public PagePosition Position => Query("after") is { } after ? after : 1;

    /// <summary>The address of this page with its query.</summary>
    public string Address => Http.Request.Path + Http.Request.QueryString.ToString();

    /// <summary>The address of the documentation of the API.</summary>
    public string ApiDocumentation => Host.ApiDocumentation;

    /// <summary>Signs the browser in with the token of a sign-in.</summary>
    public Task BeginSessionAsync(string accessToken) => Host.BeginSessionAsync(Http, accessToken);

    /// <summary>Gives the browser a new cookie for the same session.</summary>
    public async Task RenewSessionAsync() => User = await Host.RenewSessionAsync(Http, SignedIn);

    /// <summary>Signs the browser out.</summary>
    public Task EndSessionAsync() => Host.EndSessionAsync(Http);

    internal void Close() => client?.Dispose();
}

/// <summary>There is no such page, or not for this user; both look alike.</summary>
public sealed class PageMissingException : Exception;
