namespace Paydown.Lending.Outcomes;

/// <summary>The kind of a refusal. One place in the server turns it into an HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request cannot be read (400).</summary>
    Malformed,

    /// <summary>The caller is not signed in, or the sign-in has expired (401).</summary>
    Unauthenticated,

    /// <summary>The caller may not do this (403).</summary>
    Forbidden,

    /// <summary>It does not exist, or belongs to someone else (404).</summary>
    NotFound,

    /// <summary>The current state forbids it (409).</summary>
    Conflict,

    /// <summary>Well formed, but it breaks a rule (422).</summary>
    Invalid,

    /// <summary>Too many requests (429).</summary>
    TooMany,

    /// <summary>Temporarily impossible; try again (503).</summary>
    Unavailable,
}

/// <summary>One field of a request that is wrong, and what would be right.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>
/// A refusal that a correct caller can get: a value, not an exception. All are made in <see cref="Refusals"/>.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Code">The code for programs; it never changes.</param>
/// <param name="Title">The <c>error</c> title of the contract.</param>
/// <param name="Message">For people: what is wrong and what would be right.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Title, string Message)
{
    /// <summary>All invalid fields; empty if no field is to blame.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>
    /// For <see cref="RefusalKind.TooMany"/> and <see cref="RefusalKind.Unavailable"/>: how long to wait before trying
    /// again.
    /// </summary>
    public int? RetryAfterSeconds { get; init; }
}
