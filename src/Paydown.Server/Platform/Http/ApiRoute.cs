using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// One call of the API: its path, who may call it, and the use case behind it. The pipeline enforces it and the OpenAPI
/// document is written from it.
/// </summary>
public sealed class ApiRoute
{
    private readonly Func<IServiceProvider, Func<Call, ValueTask<Answer>>> find;
    private readonly List<(string Method, string Path)> aliases = [];
    private Func<Call, ValueTask<Answer>>? handle;

    internal ApiRoute(
        string tag,
        string method,
        string path,
        Type useCase,
        Contract contract,
        Func<IServiceProvider, Func<Call, ValueTask<Answer>>> find
    )
    {
        (Tag, Method, Path, UseCase, Contract, this.find) = (tag, method, path, useCase, contract, find);
        RefusesUnknownFields = path.StartsWith("admin/", StringComparison.Ordinal);
        Name = $"{method} {path}";
    }

    /// <summary>The chapter of the documentation.</summary>
    public string Tag { get; }

    public string Method { get; }

    /// <summary>The path below <c>/api/{version}/services/</c>, for example <c>user/repay-loan/{user-id}</c>.</summary>
    public string Path { get; }

    /// <summary>The class of the use case.</summary>
    public Type UseCase { get; }

    public Contract Contract { get; }

    /// <summary>The name of the call, which scopes its idempotency keys.</summary>
    public string Name { get; }

    /// <summary>Other methods and paths of the same call, which older clients use.</summary>
    public IReadOnlyList<(string Method, string Path)> Aliases => aliases;

    public required Access Access { get; init; }

    /// <summary>
    /// The scope that an API token needs; <see cref="Scopes.None"/> if no API token may call it; null if the route does
    /// not say, which has the same effect.
    /// </summary>
    public required Scopes? DeclaredScope { get; init; }

    /// <summary>The scope that an API token needs; with <see cref="Scopes.None"/> no API token may call it.</summary>
    public Scopes Scope => DeclaredScope ?? Scopes.None;

    /// <summary>The refusal of an API token that lacks the scope.</summary>
    public Refusal RefusalWithoutScope =>
        Scope == Scopes.None ? Refusals.ClosedToApiTokens() : Refusals.ScopeMissing(ScopeWords.Write(Scope)[0]);

    /// <summary>False for sign-in and registration, which need none of the x-fapi-* headers.</summary>
    public bool HasConventions => Access != Access.Anonymous;

    /// <summary>True for every call that writes and that the conventions apply to.</summary>
    public bool NeedsIdempotencyKey => HasConventions && Method is "POST" or "PUT" or "DELETE";

    /// <summary>
    /// True for the back office, where a misspelt field would silently change the meaning of a write. In requests of
    /// customers the contract ignores unknown fields.
    /// </summary>
    public bool RefusesUnknownFields { get; }

    /// <summary>
    /// The fields that a body is checked against; null if a body is ignored. A write of the back office without fields
    /// refuses every field.
    /// </summary>
    public IReadOnlyList<Field>? ReadFields =>
        Contract.BodyFields
        ?? (RefusesUnknownFields && NeedsIdempotencyKey && Contract.FileBytesMax is null ? [] : null);

    /// <summary>True for the calls by which a user sets up the second factor that the lender requires.</summary>
    public bool SetsUpSecondFactor { get; private set; }

    /// <summary>Opens the call to users who must set up a second factor before they make any other.</summary>
    public ApiRoute ToSetUpSecondFactor()
    {
        SetsUpSecondFactor = true;
        return this;
    }

    /// <summary>Serves the same call under another path, which some clients use.</summary>
    public ApiRoute AlsoAt(string path)
    {
        aliases.Add((Method, path));
        return this;
    }

    /// <summary>Serves the same call under another method, which some clients use.</summary>
    public ApiRoute AlsoBy(string method)
    {
        aliases.Add((method, Path));
        return this;
    }

    /// <summary>Runs the use case.</summary>
    public ValueTask<Answer> HandleAsync(Call call) => handle!(call);

    internal void Connect(IServiceProvider services) => handle = find(services);
}
