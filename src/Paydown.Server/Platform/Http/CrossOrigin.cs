using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Lets pages of other origins call the API (CORS, https://fetch.spec.whatwg.org): those that the operator names. They
/// send a token in a header of their own, so that no cookie or other credential of the browser is ever taken.
/// </summary>
public sealed class CrossOrigin
{
    private const string Any = "*";

    // Browsers ask again after so long; Chrome takes no more than two hours.
    private const string PreflightSeconds = "7200";

    private static readonly StringValues RequestHeaders = string.Join(
        ", ",
        RequiredHeaders.AuthToken,
        "Authorization",
        "Content-Type",
        RequiredHeaders.AuthDate,
        RequiredHeaders.CustomerIpAddress,
        RequiredHeaders.InteractionId,
        RequiredHeaders.IdempotencyKey,
        "platform",
        "uuid"
    );

    private static readonly StringValues ExposedHeaders = string.Join(
        ", ",
        RequiredHeaders.InteractionId,
        Answer.ReplayedHeader,
        "Retry-After",
        "WWW-Authenticate",
        "Allow"
    );

    private readonly HashSet<string> origins;
    private readonly string text;

    private CrossOrigin(HashSet<string> origins, string text) => (this.origins, this.text) = (origins, text);

    /// <summary>No page of another origin.</summary>
    public static CrossOrigin None { get; } = new([], "none");

    /// <summary>Whether any other origin may call, so that the answer depends on the origin.</summary>
    public bool IsOn => origins.Count > 0;

    /// <summary>Reads a list of origins, separated by commas; <c>*</c> is every origin.</summary>
    /// <param name="text">For example <c>https://app.example, http://localhost:3000</c>.</param>
    /// <param name="crossOrigin">Those.</param>
    /// <param name="wrong">The element that is no origin.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out CrossOrigin? crossOrigin,
        [NotNullWhen(false)] out string? wrong
    )
    {
        (crossOrigin, wrong) = (None, null);
        if (text == None.text)
            return true;
        var listed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (one == Any)
            {
                listed.Add(Any);
            }
            else if (
                Uri.TryCreate(one, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && uri.PathAndQuery == "/"
                && uri.UserInfo.Length == 0
                && uri.Fragment.Length == 0
            )
            {
                // As a browser writes it: without the usual port, and without a path.
                listed.Add(uri.GetLeftPart(UriPartial.Authority));
            }
            else
            {
                wrong = one;
                return false;
            }
        }

        crossOrigin = new CrossOrigin(listed, text);
        return true;
    }

    /// <summary>Tells the browser that the page may read the answer, if it may.</summary>
    /// <returns>Whether the request comes from a page that may.</returns>
    public bool Allow(HttpContext http)
    {
        if (!IsOn || http.Request.Headers.Origin is not [{ Length: > 0 } origin])
            return false;
        var isAny = origins.Contains(Any);
        if (!isAny && !origins.Contains(origin))
            return false;
        http.Response.Headers.AccessControlAllowOrigin = isAny ? Any : origin;
        http.Response.Headers.AccessControlExposeHeaders = ExposedHeaders;
        return true;
    }

    /// <summary>As it was given.</summary>
    public override string ToString() => text;

    /// <summary>Answers what the browser asks before it sends the request of such a page.</summary>
    public static void AnswerPreflight(HttpContext http)
    {
        if (http.Request.Headers.AccessControlRequestMethod.Count == 0)
            return;
        var headers = http.Response.Headers;
        headers.AccessControlAllowMethods = headers.Allow;
        headers.AccessControlAllowHeaders = RequestHeaders;
        headers.AccessControlMaxAge = PreflightSeconds;
    }
}
