using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Paydown.Server.Notices;

/// <summary>What became of an e-mail.</summary>
public enum MailOutcome
{
    /// <summary>The mail server, or the folder, has it.</summary>
    Sent,

    /// <summary>It was not taken; another attempt may succeed.</summary>
    Failed,

    /// <summary>The mail server refuses it for good, for example because there is no such address.</summary>
    Refused,
}

/// <summary>What became of an e-mail, and why.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">
/// The words of the mail server, for officers; null if it was sent. It may name the recipient, so it is never logged.
/// </param>
public readonly record struct MailResult(MailOutcome Outcome, string? Reason)
{
    /// <summary>The mail server, or the folder, has it.</summary>
    public static MailResult Sent { get; } = new(MailOutcome.Sent, null);
}

/// <summary>Takes e-mails to where they leave this machine.</summary>
public interface IMailTransport
{
    /// <summary>Sends e-mails over one connection. A failure is a result, not an exception.</summary>
    /// <returns>The outcome of each, in order.</returns>
    Task<IReadOnlyList<MailResult>> SendAsync(IReadOnlyList<MimeMessage> messages, CancellationToken cancellation);
}

/// <summary>Writes each e-mail to a file that mail programs open, until there is a mail server.</summary>
public sealed class MailFolder(string folder) : IMailTransport
{
    public async Task<IReadOnlyList<MailResult>> SendAsync(
        IReadOnlyList<MimeMessage> messages,
        CancellationToken cancellation
    )
    {
        // E-mails have links that let people sign in.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        var outcomes = new List<MailResult>();
        foreach (var message in messages)
        {
            // Under another name until it is complete, so that nobody reads half of it.
            var path = Path.Combine(folder, $"{message.Date.UtcDateTime:yyyyMMdd'T'HHmmss}-{message.MessageId}.eml");
            await message.WriteToAsync(path + ".part", cancellation);
            File.Move(path + ".part", path, overwrite: true);
            outcomes.Add(MailResult.Sent);
        }

        return outcomes;
    }
}

/// <summary>Sends e-mails by a mail server. TLS is required, except to this machine.</summary>
public sealed class MailServer(MailOptions options, ILogger<MailServer> logger) : IMailTransport
{
    private static readonly TimeSpan StepMax = TimeSpan.FromSeconds(30);

    private readonly Uri server = options.Server!;

    public async Task<IReadOnlyList<MailResult>> SendAsync(
        IReadOnlyList<MimeMessage> messages,
        CancellationToken cancellation
    )
    {
        using var client = new SmtpClient { Timeout = (int)StepMax.TotalMilliseconds };
        var outcomes = new List<MailResult>();
        try
        {
            await ConnectAsync(client, cancellation);
            foreach (var message in messages)
                outcomes.Add(await SendAsync(client, message, cancellation));
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception exception)
            when (exception is IOException or ProtocolException or AuthenticationException or SslHandshakeException
                || exception is System.Net.Sockets.SocketException or TimeoutException or NotSupportedException
            )
        {
            NoticesLog.ServerFailed(logger, exception);
        }

        var unreached = new MailResult(MailOutcome.Failed, "The mail server could not be reached.");
        outcomes.AddRange(Enumerable.Repeat(unreached, messages.Count - outcomes.Count));
        return outcomes;
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken cancellation)
    {
        var security = server switch
        {
            { Scheme: "smtps" } => SecureSocketOptions.SslOnConnect,
            { IsLoopback: true } => SecureSocketOptions.StartTlsWhenAvailable,
            _ => SecureSocketOptions.StartTls,
        };
        await client.ConnectAsync(server.Host, server.Port, security, cancellation);
        if (server.UserInfo.Length > 0)
        {
            await client.AuthenticateAsync(
                Uri.UnescapeDataString(server.UserInfo),
                options.Password ?? "",
                cancellation
            );
        }
    }

    private async Task<MailResult> SendAsync(SmtpClient client, MimeMessage message, CancellationToken cancellation)
    {
        try
        {
            await client.SendAsync(message, cancellation);
            return MailResult.Sent;
        }
        catch (SmtpCommandException exception)
        {
            // 5xx is for good, 4xx for now (RFC 5321, 4.2.1).
            var status = (int)exception.StatusCode;
            NoticesLog.Refused(logger, status);
            return new MailResult(
                status >= 500 ? MailOutcome.Refused : MailOutcome.Failed,
                $"{status} {exception.Message}"
            );
        }
    }
}
