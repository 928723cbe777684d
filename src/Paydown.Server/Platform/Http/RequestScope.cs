using System.Collections;
using System.Diagnostics;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// What every log line of a request says of it: ids only, never an address, a token or a name. One object per request;
/// what becomes known later is set on it.
/// </summary>
public sealed class RequestScope(string? interactionId) : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly long startedAt = Stopwatch.GetTimestamp();

    /// <summary>Null if the request had none that is well formed.</summary>
    public string? InteractionId { get; } = interactionId;

    /// <summary>The user or API token; null before it is known.</summary>
    public Caller? Caller { get; set; }

    /// <summary>Method and path as the route has them, with the names of ids in place of ids.</summary>
    public string? Route { get; set; }

    /// <summary>What was answered; null before that.</summary>
    public int? Status { get; set; }

    /// <summary>Since the request came, in milliseconds with three digits.</summary>
    public decimal Milliseconds => decimal.Round((decimal)Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds, 3);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        if (InteractionId is not null)
            yield return new("interactionId", InteractionId);
        if (Caller is not null)
            yield return new("caller", Caller.UserId);
        if (Route is not null)
            yield return new("route", Route);
        if (Status is not null)
            yield return new("status", Status.Value);
        yield return new("durationMs", Milliseconds);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}={pair.Value}"));
}
