using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Lets pages of the origins that the operator names call the API (CORS, https://fetch.spec.whatwg.org). They send the
/// token in a header, so cookies and other credentials of the browser are never accepted.
/// </summary>
public sealed class CrossOrigin
{
    private const string Any = "*";

    // How long a browser may cache a preflight answer. Chrome caps it at two hours.
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
        "Allow",
        "Content-Disposition"
    );

    private readonly HashSet<string> origins;
    private readonly string text;

    private CrossOrigin(HashSet<string> origins, string text) => (this.origins, this.text) = (origins, text);

    /// <summary>Allows no other origin.</summary>
    public static CrossOrigin None { get; } = new([], "none");

    /// <summary>True if another origin may call, so answers depend on the origin.</summary>
    public bool IsOn => origins.Count > 0;

    /// <summary>Parses a list of origins, separated by commas; <c>*</c> allows all.</summary>
    /// <param name="text">For example <c>https://app.example, http://localhost:3000</c>.</param>
    /// <param name="crossOrigin">The allowed origins.</param>
    /// <param name="wrong">The element that is not an origin.</param>
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
                // The form that browsers send: without the default port and without a path.
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

    /// <summary>Adds the headers that let a page of an allowed origin read the answer.</summary>
    /// <returns>True if the origin of the request is allowed.</returns>
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

    /// <summary>The text that was parsed.</summary>
    public override string ToString() => text;

    /// <summary>Answers the preflight request of a browser.</summary>
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
