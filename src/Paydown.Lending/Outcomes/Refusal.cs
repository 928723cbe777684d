namespace Paydown.Lending.Outcomes;

/// <summary>What kind of "no" a refusal is. One place in the server turns it into an HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>Malformed: it cannot be read (400).</summary>
    Malformed,

    /// <summary>Nobody is signed in, or no longer (401).</summary>
    Unauthenticated,

    /// <summary>The caller may not (403).</summary>
    Forbidden,

    /// <summary>There is no such thing, or it is somebody else's (404).</summary>
    NotFound,

    /// <summary>The state of the thing forbids it (409).</summary>
    Conflict,

    /// <summary>Well formed, but it breaks a rule (422).</summary>
    Invalid,

    /// <summary>Too many requests (429).</summary>
    TooMany,

    /// <summary>Not now; try again (503).</summary>
    Unavailable,
}

/// <summary>One field of a request that is wrong, and what would be right.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>
/// A "no" that a correct caller can meet: a value, not an exception. All of them are made in <see cref="Refusals"/>.
/// </summary>
/// <param name="Kind">What kind of no.</param>
/// <param name="Code">The code for machines; it never changes.</param>
/// <param name="Title">The <c>error</c> title of the contract.</param>
/// <param name="Message">What was wrong and what would be right, for people.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Title, string Message)
{
    /// <summary>The invalid fields, all of them; empty where no field is to blame.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>
    /// For <see cref="RefusalKind.TooMany"/> and <see cref="RefusalKind.Unavailable"/>: when to try again.
    /// </summary>
    public int? RetryAfterSeconds { get; init; }
}
