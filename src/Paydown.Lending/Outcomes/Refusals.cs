namespace Paydown.Lending.Outcomes;

/// <summary>
/// The catalogue of refusals: every refusal of Paydown is made here, so a code always means the same. This file has
/// those of any request; each other part has one subject. docs/errors.md is generated from it.
/// </summary>
public static partial class Refusals
{
    /// <summary>No such thing, or it is somebody else's.</summary>
    public static Refusal NotFound(string what) =>
        new(RefusalKind.NotFound, "NOT_FOUND", "Not Found", $"There is no {what} of this id.");

    /// <summary>Not the caller's own, or the caller's role lacks it.</summary>
    public static Refusal Forbidden(string message) => new(RefusalKind.Forbidden, "FORBIDDEN", "Forbidden", message);

    /// <summary>A customer asks for something that belongs to someone else, or does not exist.</summary>
    public static Refusal NotYourOwn() => Forbidden("The customer id in the path must be your own.");

    /// <summary>No token, or one that does not count.</summary>
    public static Refusal AuthenticationRequired(string message) =>
        new(RefusalKind.Unauthenticated, "AUTH_REQUIRED", "Authentication Required", message);

    /// <summary>The request cannot be read.</summary>
    public static Refusal BadRequest(string message, params IReadOnlyList<FieldError> errors) =>
        new(RefusalKind.Malformed, "BAD_REQUEST", "Bad Request", message) { Errors = errors };

    /// <summary>Well-formed fields that break a rule; all of them at once.</summary>
    public static Refusal ValidationFailed(params IReadOnlyList<FieldError> errors) =>
        new(
            RefusalKind.Invalid,
            "VALIDATION_ERROR",
            "Validation Error",
            string.Join(" ", errors.Select(error => $"{error.Field}: {error.Message}"))
        )
        {
            Errors = errors,
        };

    /// <summary>This key was used for another request.</summary>
    public static Refusal IdempotencyKeyReused() =>
        new(
            RefusalKind.Invalid,
            "IDEMPOTENCY_KEY_REUSED",
            "Idempotency Key Reused",
            "This x-idempotency-key was used for another request; a retry repeats the same path and body, "
                + "a new request takes a new key."
        );

    /// <summary>The first request with this key has not ended within the wait.</summary>
    public static Refusal IdempotencyInProgress() =>
        new(
            RefusalKind.Conflict,
            "IDEMPOTENCY_IN_PROGRESS",
            "Idempotency In Progress",
            "The first request with this x-idempotency-key is still running; repeat it with the same key."
        )
        {
            RetryAfterSeconds = 1,
        };

    /// <summary>Too many requests.</summary>
    public static Refusal RateLimitExceeded(int retryAfterSeconds) =>
        new(
            RefusalKind.TooMany,
            "RATE_LIMIT_EXCEEDED",
            "Rate Limit Exceeded",
            $"Too many requests; try again in {retryAfterSeconds} s."
        )
        {
            RetryAfterSeconds = retryAfterSeconds,
        };

    /// <summary>The server cannot do it now: it is overloaded, shutting down, or its database is away.</summary>
    public static Refusal ServiceUnavailable(string message) =>
        new(RefusalKind.Unavailable, "SERVICE_UNAVAILABLE", "Service Unavailable", message) { RetryAfterSeconds = 1 };
}
