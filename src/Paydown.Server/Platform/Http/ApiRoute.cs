using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// One call of the API: its path, who may call it, and its request and answers. <see cref="ApiPipeline"/> enforces the
/// declaration, and the OpenAPI document is generated from it.
/// </summary>
public sealed class ApiRoute(string method, string path, Func<Call, ValueTask<Answer>> handle)
{
    public string Method { get; } = method;

    /// <summary>The path below <c>/api/{version}/services/</c>, for example <c>user/repay-loan/{user-id}</c>.</summary>
    public string Path { get; } = path;

    public Func<Call, ValueTask<Answer>> Handle { get; } = handle;

    /// <summary>Method and path, the scope of its idempotency keys.</summary>
    public string Name { get; } = $"{method} {path}";

    public Access Access { get; private set; }

    /// <summary>
    /// The scope that an API token must have. <see cref="Identity.Scopes.None"/> if no API token may call it.
    /// </summary>
    public Scopes Scope { get; private set; }

    /// <summary>The refusal of an API token without the scope.</summary>
    public Refusal RefusalWithoutScope =>
        Scope == Scopes.None
            ? Lending.Outcomes.Refusals.ClosedToApiTokens()
            : Lending.Outcomes.Refusals.ScopeMissing(ScopeWords.Write(Scope)[0]);

    /// <summary>True if the route declares whether API tokens may call it.</summary>
    public bool SaysScope { get; private set; }

    /// <summary>False for sign-in and registration, which require no x-fapi-* headers.</summary>
    public bool HasConventions { get; private set; } = true;

    /// <summary>True for every POST and PUT that requires the x-fapi-* headers.</summary>
    public bool NeedsIdempotencyKey => HasConventions && Method is "POST" or "PUT";

    public IReadOnlyList<Field>? BodyFields { get; private set; }

    /// <summary>
    /// True for the back office, where a misspelt field would silently change the meaning of a write. In requests of
    /// customers the contract ignores unknown fields.
    /// </summary>
    public bool RefusesUnknownFields { get; } = path.StartsWith("admin/", StringComparison.Ordinal);

    /// <summary>
    /// The fields of the body; null if the body is ignored. A write of the back office with an empty list refuses every
    /// field.
    /// </summary>
    public IReadOnlyList<Field>? ReadFields => BodyFields ?? (RefusesUnknownFields && NeedsIdempotencyKey ? [] : null);

    public IReadOnlyList<Field> QueryFields { get; private set; } = [];

    /// <summary>The type of <c>data</c> in the answer; null if there is none.</summary>
    public Type? AnswerType { get; private set; }

    public object? AnswerExample { get; private set; }

    public bool IsPaged { get; private set; }

    /// <summary>The sort key of a list with pages.</summary>
    public IReadOnlyList<PageKeyPart> PageKey { get; private set; } = [PageKeyPart.Id];

    public string Summary { get; private set; } = "";

    public string Tag { get; private set; } = "";

    /// <summary>The refusals of the use case, beyond those of <see cref="ApiPipeline"/>.</summary>
    public IReadOnlyList<Refusal> Refusals { get; private set; } = [];

    /// <summary>Sets who may call it.</summary>
    public ApiRoute For(Access access)
    {
        Access = access;
        return this;
    }

    /// <summary>Lets API tokens with this scope call it.</summary>
    public ApiRoute Scoped(Scopes scope)
    {
        (Scope, SaysScope) = (scope, true);
        return this;
    }

    /// <summary>Declares that no API token may call it, only a person.</summary>
    public ApiRoute ClosedToApiTokens() => Scoped(Scopes.None);

    /// <summary>Makes it public and independent of the x-fapi-* headers.</summary>
    public ApiRoute WithoutConventions()
    {
        HasConventions = false;
        return this;
    }

    /// <summary>Sets the chapter of the document and a short summary.</summary>
    public ApiRoute Described(string tag, string summary)
    {
        (Tag, Summary) = (tag, summary);
        return this;
    }

    /// <summary>Sets the fields of the JSON body.</summary>
    public ApiRoute Reads(params IReadOnlyList<Field> fields)
    {
        BodyFields = fields;
        return this;
    }

    /// <summary>Sets the query parameters.</summary>
    public ApiRoute Takes(params IReadOnlyList<Field> fields)
    {
        QueryFields = fields;
        return this;
    }

    /// <summary>Sets the type of the data in the answer.</summary>
    public ApiRoute Answers<T>(T example, bool paged = false)
        where T : notnull
    {
        (AnswerType, AnswerExample, IsPaged) = (typeof(T), example, paged);
        return this;
    }

    /// <summary>Sets the sort key of a list with pages that is not ordered by ids.</summary>
    public ApiRoute PagedBy(params IReadOnlyList<PageKeyPart> parts)
    {
        PageKey = parts;
        return this;
    }

    /// <summary>Adds refusals.</summary>
    public ApiRoute Refuses(params IReadOnlyList<Refusal> refusals)
    {
        Refusals = refusals;
        return this;
    }
}
