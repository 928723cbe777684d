using System.Net;

namespace Paydown.Client;

/// <summary>A call that did not succeed: refused, not understood, or without an answer.</summary>
public abstract class PaydownException : Exception
{
    private protected PaydownException(string message, CallMarks marks, Exception? inner)
        : base(message, inner) => (InteractionId, IdempotencyKey) = (marks.InteractionId, marks.IdempotencyKey);

    /// <summary>The id under which the server logged the call; tell it to whom you ask for help.</summary>
    public string InteractionId { get; }

    /// <summary>The key of a write: repeat the call with it, and there is one effect at most. Null for reads.</summary>
    public string? IdempotencyKey { get; }
}

/// <summary>The server said no, and why.</summary>
public sealed class PaydownRefusedException : PaydownException
{
    internal PaydownRefusedException(HttpStatusCode status, FailureTold told, TimeSpan? retryAfter, CallMarks marks)
        : base(told.Message, marks, inner: null)
    {
        (Status, Code, Title, RetryAfter) = (status, told.Code, told.Title, retryAfter);
        Errors = told.Errors ?? [];
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The error for machines, such as <c>LOAN_CLOSED</c>; it never changes.</summary>
    public string Code { get; }

    /// <summary>The title of the error, such as <c>Loan Closed</c>.</summary>
    public string Title { get; }

    /// <summary>Every invalid field at once; empty where the refusal is about none.</summary>
    public IReadOnlyList<FieldFailure> Errors { get; }

    /// <summary>How long the server asks to wait; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>What is wrong with a field or a header.</summary>
/// <param name="Field">Its name on the wire.</param>
/// <param name="Message">What is wrong, in words.</param>
public sealed record FieldFailure(string Field, string Message);

/// <summary>What answered does not speak as Paydown does: a proxy, another program, another version.</summary>
public sealed class PaydownProtocolException : PaydownException
{
    internal PaydownProtocolException(string message, HttpStatusCode status, CallMarks marks, Exception? inner = null)
        : base(message, marks, inner) => Status = status;

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }
}

/// <summary>
/// No answer came, however often it was tried. A write may have had its effect: repeat it with its
/// <see cref="PaydownException.IdempotencyKey"/>.
/// </summary>
public sealed class PaydownUnreachableException : PaydownException
{
    internal PaydownUnreachableException(string message, CallMarks marks, Exception? inner)
        : base(message, marks, inner) { }
}

/// <summary>What a call is known by.</summary>
internal sealed record CallMarks(string InteractionId, string? IdempotencyKey);
