using System.Text;
using MimeKit;
using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Notices;

/// <summary>
/// Sends notices by e-mail. It locks those that are due while it sends them, so several workers do not send one twice.
/// If a worker dies after the mail server has taken one, it is sent again. Notices to customers wait for the end of
/// their lender's quiet hours; those about a sign-in do not.
/// </summary>
public sealed class NoticeMailer(
    NpgsqlDataSource database,
    IMailTransport transport,
    MailOptions options,
    TimeProvider time,
    ILogger<NoticeMailer> logger
) : BackgroundService
{
    private const int SentTogetherMax = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // About three days in all; then it is given up.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(12),
        TimeSpan.FromHours(24),
        TimeSpan.FromHours(24),
    ];

    /// <summary>Sends the notices that are due.</summary>
    /// <returns>The number of notices that were tried.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var now = ActionContext.InstantOf(time);
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var due = await NoticeStore.LockDueAsync(transaction.Connection, now, SentTogetherMax, cancellation);
        if (due.Count == 0)
            return 0;
        var batch = new NpgsqlBatch(transaction.Connection);
        foreach (var one in due)
            if (one.HeldUntil(now) is { } until)
                NoticeStore.AddWaitTo(batch, one.Notice.Id, until);
        var sent = due.Where(one => one.HeldUntil(now) is null).ToList();
        var outcomes =
            sent.Count > 0 ? await transport.SendAsync([.. sent.Select(one => MessageOf(one, now))], cancellation) : [];
        foreach (var (one, (outcome, reason)) in sent.Zip(outcomes))
        {
            if (outcome == MailOutcome.Failed && one.Attempts < Pauses.Length)
                NoticeStore.AddRetryTo(batch, one.Notice.Id, now + Pauses[one.Attempts], reason);
            else
                NoticeStore.AddEndTo(
                    batch,
                    one.Notice.Id,
                    outcome == MailOutcome.Sent ? NoticeState.Sent : NoticeState.Failed,
                    reason
                );
        }

        await transaction.CommitAsync(batch);
        return due.Count;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        WorkLoop.RunAsync(
            async token => await RunOnceAsync(token) == SentTogetherMax,
            Pause,
            Pause,
            time,
            exception => NoticesLog.SendingFailed(logger, exception),
            stoppingToken
        );

    private MimeMessage MessageOf(DueNotice due, DateTimeOffset now)
    {
        var from = options.From is { } address ? MailboxAddress.Parse(address).Address : due.ContactEmail;
        var message = new MimeMessage
        {
            Date = now,
            Subject = due.Notice.Subject,
            Body = new TextPart("plain") { Text = TextOf(due) },
            // The same in every attempt, so that mail programs recognise a second copy.
            MessageId = $"{due.Notice.Id.Value:N}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
        };
        message.From.Add(new MailboxAddress(Encoding.UTF8, due.OrganisationName, from));
        message.To.Add(new MailboxAddress(Encoding.UTF8, null, due.Notice.Recipient));
        message.ReplyTo.Add(new MailboxAddress(Encoding.UTF8, due.OrganisationName, due.ContactEmail));
        // No automatic reply to an automatic message (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (due.Notice.Kind.IsOptional)
            message.Headers.Add("List-Unsubscribe", UnsubscribeAt(due));
        return message;
    }

    // Whatever the lender's own words are.
    private static string TextOf(DueNotice due) =>
        due.Notice.Kind.IsOptional
            ? $"{due.Notice.Text!.TrimEnd()}\n\n-- \nYou may decline this kind of message: choose your notices after you "
                + $"have signed in, or write to {due.ContactEmail}.\n"
            : due.Notice.Text!;

    // RFC 2369, 3.2. The kind and the recipient let the lender find what is declined.
    private static string UnsubscribeAt(DueNotice due) =>
        $"<mailto:{due.ContactEmail}?subject={Uri.EscapeDataString($"Unsubscribe {Words.Write(due.Notice.Kind)}")}>";
}
