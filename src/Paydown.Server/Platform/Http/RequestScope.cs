using System.Collections;
using System.Diagnostics;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The values that every log line of a request has: ids only, never an address, a token or a name. There is one object
/// per request, and values are set once they are known.
/// </summary>
public sealed class RequestScope(string? interactionId) : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly long startedAt = Stopwatch.GetTimestamp();

    /// <summary>The interaction id; null if it is missing or malformed.</summary>
    public string? InteractionId { get; } = interactionId;

    /// <summary>The user or API token; null before it is known.</summary>
    public Caller? Caller { get; set; }

    /// <summary>Method and path of the route, with the names of ids instead of ids.</summary>
    public string? Route { get; set; }

    /// <summary>The status of the answer; null before it.</summary>
    public int? Status { get; set; }

    /// <summary>The time since the request arrived, in milliseconds with three fraction digits.</summary>
    public decimal Milliseconds => decimal.Round((decimal)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds, 3);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        if (InteractionId is not null)
            yield return new("interactionId", InteractionId);
        if (Caller is not null)
            yield return new("caller", Caller.UserId.Value);
        if (Route is not null)
            yield return new("route", Route);
        if (Status is not null)
            yield return new("status", Status.Value);
        yield return new("durationMs", Milliseconds);
        if (Activity.Current is { } span)
            yield return new("traceId", span.TraceId.ToHexString());
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}={pair.Value}"));
}
