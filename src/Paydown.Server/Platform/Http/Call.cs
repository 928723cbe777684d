using System.Diagnostics.CodeAnalysis;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>A request whose headers, caller, path, query and body were checked by <see cref="ApiPipeline"/>.</summary>
public sealed class Call
{
    public required HttpContext Http { get; init; }

    public required ApiRoute Route { get; init; }

    /// <summary>The caller.</summary>
    /// <exception cref="InvalidOperationException">The route is anonymous.</exception>
    [AllowNull]
    public Caller Caller
    {
        get => field ?? throw new InvalidOperationException("An anonymous route has no caller.");
        init;
    }

    /// <summary>
    /// The address of the client; null if it has none. It is never logged or stored in clear.
    /// </summary>
    public System.Net.IPAddress? ClientAddress => Proxies.ClientOf(Http);

    internal TrustedProxies Proxies { private get; init; } = TrustedProxies.None;

    /// <summary>The interaction id; empty on routes that require none.</summary>
    public required string InteractionId { get; init; }

    /// <summary>The idempotency key; empty on routes that require none.</summary>
    public required string IdempotencyKey { get; init; }

    public FieldValues Query { get; init; } = Nothing;

    public FieldValues Body { get; set; } = Nothing;

    /// <summary>The uploaded file.</summary>
    /// <exception cref="InvalidOperationException">The route reads no file.</exception>
    public UploadedFile File
    {
        get => field ?? throw new InvalidOperationException($"{Route.Name} reads no file.");
        internal set;
    }

    /// <summary>The requested page.</summary>
    /// <exception cref="InvalidOperationException">The route has no pages.</exception>
    public Paging Paging
    {
        get => field ?? throw new InvalidOperationException($"{Route.Name} has no pages.");
        internal set;
    }

    public CancellationToken Cancellation => Http.RequestAborted;

    private static readonly FieldValues Nothing = new([]);

    /// <summary>An id in the path, whose form was checked.</summary>
    /// <exception cref="InvalidOperationException">The path of the route has no such id.</exception>
    public TId Path<TId>(PathId<TId> id)
        where TId : struct, IId<TId> =>
        IdText.TryParse<TId>(PathPart(id.Name), "D", out var value)
            ? value
            : throw new InvalidOperationException($"{Route.Name} was called with an unchecked {id.Name}.");

    /// <summary>A text in the path, as it was sent.</summary>
    /// <exception cref="InvalidOperationException">The path of the route has no such text.</exception>
    public string Path(PathText text) => PathPart(text.Name);

    /// <summary>The hash of the checked request, to compare it with an earlier one with the same key.</summary>
    public byte[] CanonicalHash()
    {
        var path = PathBelowVersion(Http.Request.Path.Value!);
        if (Route.Contract.QueryFields.Count > 0)
            path = $"{path}?{Convert.ToHexString(Query.CanonicalHash(""))}";
        if (Route.Contract.FileBytesMax is not null)
            path = $"{path}#{Convert.ToHexString(File.Hash)}";
        return Body.CanonicalHash(path);
    }

    private string PathPart(string name) =>
        Http.Request.RouteValues[name] as string
        ?? throw new InvalidOperationException($"The path of {Route.Name} has no {name}.");

    // The same call under v1 and v6 is the same request.
    private static string PathBelowVersion(string path) =>
        path.StartsWith("/api/v", StringComparison.OrdinalIgnoreCase) && path.IndexOf('/', 6) is > 0 and var slash
            ? path[slash..].ToLowerInvariant()
            : path;
}
