using System.Net;

namespace Paydown.Client;

/// <summary>A call that failed: it was refused, got no response, or got one that is not Paydown's.</summary>
public abstract class PaydownException : Exception
{
    private protected PaydownException(string message, CallMarks marks, Exception? inner)
        : base(message, inner) => (InteractionId, IdempotencyKey) = (marks.InteractionId, marks.IdempotencyKey);

    /// <summary>The id of the call in the server's log; quote it when you ask for support.</summary>
    public string InteractionId { get; }

    /// <summary>The key of a write; null for reads. Repeating the call with this key has at most one effect.</summary>
    public string? IdempotencyKey { get; }
}

/// <summary>The server refused the call and said why.</summary>
public sealed class PaydownRefusedException : PaydownException
{
    internal PaydownRefusedException(HttpStatusCode status, FailureBody failure, TimeSpan? retryAfter, CallMarks marks)
        : base(failure.Message, marks, inner: null)
    {
        (Status, Code, Title, RetryAfter) = (status, failure.Code, failure.Title, retryAfter);
        Errors = failure.Errors ?? [];
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The error's code for programs, such as <c>LOAN_CLOSED</c>; codes never change.</summary>
    public string Code { get; }

    /// <summary>The error's title, such as <c>Loan Closed</c>.</summary>
    public string Title { get; }

    /// <summary>All invalid fields; empty if the refusal is not about fields.</summary>
    public IReadOnlyList<FieldFailure> Errors { get; }

    /// <summary>How long to wait before trying again; null if the server does not say.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>An invalid field or header.</summary>
/// <param name="Field">Its name in the request.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record FieldFailure(string Field, string Message);

/// <summary>The response is not Paydown's: it came from a proxy, another program or another version.</summary>
public sealed class PaydownProtocolException : PaydownException
{
    internal PaydownProtocolException(string message, HttpStatusCode status, CallMarks marks, Exception? inner = null)
        : base(message, marks, inner) => Status = status;

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }
}

/// <summary>
/// No attempt got a response. A write may have had its effect: repeat it with its
/// <see cref="PaydownException.IdempotencyKey"/>.
/// </summary>
public sealed class PaydownUnreachableException : PaydownException
{
    internal PaydownUnreachableException(string message, CallMarks marks, Exception? inner)
        : base(message, marks, inner) { }
}

/// <summary>The ids that identify a call in the server's log and among retries.</summary>
internal sealed record CallMarks(string InteractionId, string? IdempotencyKey);
