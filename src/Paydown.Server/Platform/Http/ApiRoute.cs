using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// One call of the API: where it is, who may call it, what it reads and what it answers. The door enforces it and the
/// OpenAPI document is written from it.
/// </summary>
public sealed class ApiRoute(string method, string path, Func<Call, ValueTask<Answer>> handle)
{
    public string Method { get; } = method;

    /// <summary>Below <c>/api/{version}/services/</c>, for example <c>user/repay-loan/{user-id}</c>.</summary>
    public string Path { get; } = path;

    public Func<Call, ValueTask<Answer>> Handle { get; } = handle;

    /// <summary>The name of the call, which scopes its idempotency keys.</summary>
    public string Name { get; } = $"{method} {path}";

    public Access Access { get; private set; }

    /// <summary>
    /// What an API token needs to call it. <see cref="Identity.Scopes.None"/>: no API token may, whatever it has.
    /// </summary>
    public Scopes Scope { get; private set; }

    /// <summary>What an API token that lacks the scope is told.</summary>
    public Refusal RefusalWithoutScope =>
        Scope == Scopes.None
            ? Lending.Outcomes.Refusals.ClosedToApiTokens()
            : Lending.Outcomes.Refusals.ScopeMissing(ScopeWords.Write(Scope)[0]);

    /// <summary>True where somebody has decided whether API tokens may call it.</summary>
    public bool SaysScope { get; private set; }

    /// <summary>False for sign-in and registration, which need none of the x-fapi-* headers.</summary>
    public bool HasConventions { get; private set; } = true;

    /// <summary>Every POST and PUT under the conventions needs a key.</summary>
    public bool NeedsIdempotencyKey => HasConventions && Method is "POST" or "PUT";

    public IReadOnlyList<Field>? BodyFields { get; private set; }

    /// <summary>
    /// True for what the back office calls: a misspelt field there would silently change the meaning of a write. In a
    /// customer's request the contract ignores unknown fields.
    /// </summary>
    public bool RefusesUnknownFields { get; } = path.StartsWith("admin/", StringComparison.Ordinal);

    /// <summary>
    /// The fields that a body is read by, none included; null: a body is not looked at. A write of the back office
    /// that takes no fields refuses every field.
    /// </summary>
    public IReadOnlyList<Field>? ReadFields => BodyFields ?? (RefusesUnknownFields && NeedsIdempotencyKey ? [] : null);

    public IReadOnlyList<Field> QueryFields { get; private set; } = [];

    /// <summary>Type of <c>data</c> in the answer; null where there is none.</summary>
    public Type? AnswerType { get; private set; }

    public object? AnswerExample { get; private set; }

    public bool IsPaged { get; private set; }

    /// <summary>What a list with pages is ordered by.</summary>
    public IReadOnlyList<PageKeyPart> PageKey { get; private set; } = [PageKeyPart.Id];

    public string Summary { get; private set; } = "";

    public string Tag { get; private set; } = "";

    /// <summary>The refusals of its own, beyond those of the door.</summary>
    public IReadOnlyList<Refusal> Refusals { get; private set; } = [];

    /// <summary>Who may call it.</summary>
    public ApiRoute For(Access access)
    {
        Access = access;
        return this;
    }

    /// <summary>API tokens may call it too, with this scope. Without this word, none may.</summary>
    public ApiRoute Scoped(Scopes scope)
    {
        (Scope, SaysScope) = (scope, true);
        return this;
    }

    /// <summary>No API token may call it: it takes a person.</summary>
    public ApiRoute ClosedToApiTokens() => Scoped(Scopes.None);

    /// <summary>Public, and without the x-fapi-* headers.</summary>
    public ApiRoute WithoutConventions()
    {
        HasConventions = false;
        return this;
    }

    /// <summary>What it is for, in a few words, and the chapter it stands in.</summary>
    public ApiRoute Described(string tag, string summary)
    {
        (Tag, Summary) = (tag, summary);
        return this;
    }

    /// <summary>Reads a JSON body of these fields.</summary>
    public ApiRoute Reads(params IReadOnlyList<Field> fields)
    {
        BodyFields = fields;
        return this;
    }

    /// <summary>Reads these query parameters.</summary>
    public ApiRoute Takes(params IReadOnlyList<Field> fields)
    {
        QueryFields = fields;
        return this;
    }

    /// <summary>Answers 200 with data of this type.</summary>
    public ApiRoute Answers<T>(T example, bool paged = false)
        where T : notnull
    {
        (AnswerType, AnswerExample, IsPaged) = (typeof(T), example, paged);
        return this;
    }

    /// <summary>The answer is a list with pages that is ordered by something else than ids alone.</summary>
    public ApiRoute PagedBy(params IReadOnlyList<PageKeyPart> parts)
    {
        PageKey = parts;
        return this;
    }

    /// <summary>Can answer these refusals.</summary>
    public ApiRoute Refuses(params IReadOnlyList<Refusal> refusals)
    {
        Refusals = refusals;
        return this;
    }
}
