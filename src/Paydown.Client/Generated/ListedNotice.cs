namespace Paydown.Client;

/// <summary>A notice in the list, without its text.</summary>
public sealed partial record ListedNotice
{
    /// <summary>The notice's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is about.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Recipient { get; init; }

    /// <summary>The subject line.</summary>
    public required string Subject { get; init; }

    /// <summary>PENDING, SENT or FAILED.</summary>
    public required NoticeState State { get; init; }

    /// <summary>The number of attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>
    /// Why the last attempt failed, in the words of the mail server: for a FAILED one the reason for good, for example
    /// that there is no such address. Null if none has failed.
    /// </summary>
    public required string? Failure { get; init; }

    /// <summary>When it is sent or tried again; null once it is sent or given up.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
