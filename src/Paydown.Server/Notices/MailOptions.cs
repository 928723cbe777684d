namespace Paydown.Server.Notices;

/// <summary>How e-mail leaves: by a mail server, or as files for trying out.</summary>
public sealed record MailOptions
{
    /// <summary>The mail server, <c>smtp://user@host:port</c> or <c>smtps://…</c>; null to write files.</summary>
    public Uri? Server { get; init; }

    /// <summary>The password of the user in <see cref="Server"/>; null if it needs none.</summary>
    public string? Password { get; init; }

    /// <summary>The sender of every e-mail; null for the contact address of the lender.</summary>
    public string? From { get; init; }

    /// <summary>The folder of the files, one <c>.eml</c> per e-mail.</summary>
    public string Folder { get; init; } = "mail";
}
