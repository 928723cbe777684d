using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Notices;

/// <summary>A notice.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct NoticeId(Guid Value) : IId<NoticeId>
{
    public static NoticeId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What a notice is about.</summary>
public enum NoticeKind
{
    /// <summary>An employee may set a password.</summary>
    Invitation,

    /// <summary>A forgotten password may be replaced.</summary>
    PasswordReset,

    /// <summary>An e-mail address is to be confirmed.</summary>
    EmailConfirmation,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>The second factor was set up or removed.</summary>
    SecondFactorChanged,

    /// <summary>A customer has registered.</summary>
    Registered,

    /// <summary>An offer was sent.</summary>
    OfferSent,

    /// <summary>Money of a loan was paid out.</summary>
    LoanDisbursed,

    /// <summary>A repayment is recorded and awaits verification.</summary>
    RepaymentRecorded,

    /// <summary>A repayment is confirmed.</summary>
    RepaymentVerified,

    /// <summary>A repayment was rejected.</summary>
    RepaymentRejected,

    /// <summary>A loan is paid off.</summary>
    LoanPaidOff,

    /// <summary>An installment falls due soon.</summary>
    DueSoon,

    /// <summary>An installment falls due today.</summary>
    DueToday,

    /// <summary>An installment is overdue.</summary>
    Overdue,
}

/// <summary>Which notices may wait, and which may be declined.</summary>
public static class NoticeKinds
{
    extension(NoticeKind kind)
    {
        /// <summary>True if it is about the user's own sign-in: it is never held back.</summary>
        public bool IsAboutSignIn =>
            kind
                is NoticeKind.Invitation
                    or NoticeKind.PasswordReset
                    or NoticeKind.EmailConfirmation
                    or NoticeKind.PasswordChanged
                    or NoticeKind.SecondFactorChanged;

        /// <summary>True if a customer may decline it; the others are part of the contract or of the sign-in.</summary>
        public bool IsOptional =>
            kind
                is NoticeKind.RepaymentRecorded
                    or NoticeKind.RepaymentVerified
                    or NoticeKind.LoanPaidOff
                    or NoticeKind.DueSoon
                    or NoticeKind.DueToday
                    or NoticeKind.Overdue;
    }
}

/// <summary>Whether a notice was sent.</summary>
public enum NoticeState
{
    /// <summary>It is yet to be sent, or tried again.</summary>
    Pending,

    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>An e-mail to write. Its text may hold a one-time token, so it is never logged.</summary>
/// <param name="Id">The id; ids grow with time.</param>
/// <param name="OrganisationId">The lender that writes.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Recipient">The e-mail address.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Text">The text.</param>
/// <param name="HasSecret">True if the text contains a one-time token.</param>
public sealed record Notice(
    NoticeId Id,
    OrganisationId OrganisationId,
    NoticeKind Kind,
    string Recipient,
    string Subject,
    string Text,
    bool HasSecret
)
{
    // A record would write its text.
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>
/// The SQL of notices. A notice is written in the transaction of what it reports, and sent later by a worker.
/// </summary>
public static class NoticeStore
{
    // Characters; mail servers are wordy.
    private const int FailureMax = 500;

    private static readonly PageQuery Page = new(
        "from notice where organisation_id = $1 and ($2::text is null or state = $2)",
        """
        select id, kind, recipient, subject, state, attempts, failure, next_at, created_at from notice
        where organisation_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
        order by id desc limit $4 offset $5
        """
    );

    /// <summary>Counts the notices that were not sent yet.</summary>
    public static async Task<long> CountPendingAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("select count(*) from notice where state = 'PENDING'");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Adds the statement that writes a notice to a batch.</summary>
    /// <param name="batch">The batch of the transaction.</param>
    /// <param name="notice">The notice.</param>
    /// <param name="now">The instant of recording.</param>
    /// <param name="sendAt">The instant from which it may be sent; null for now.</param>
    public static void AddTo(NpgsqlBatch batch, Notice notice, DateTimeOffset now, DateTimeOffset? sendAt = null) =>
        batch.BatchCommands.Add(
            new(
                """
                insert into notice (id, organisation_id, kind, recipient, subject, text, has_secret, next_at, created_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """
            )
            {
                Parameters =
                {
                    Sql.Value(notice.Id),
                    Sql.Value(notice.OrganisationId),
                    Sql.Value(Words.Write(notice.Kind)),
                    Sql.Value(notice.Recipient),
                    Sql.Value(notice.Subject),
                    Sql.Value(notice.Text),
                    Sql.Value(notice.HasSecret),
                    Sql.Value(sendAt ?? now),
                    Sql.Value(now),
                },
            }
        );

    /// <summary>
    /// Adds the statement that ends a notice to a batch: it was sent, or it is given up. A text with a secret is
    /// removed.
    /// </summary>
    /// <param name="batch">The batch of the transaction.</param>
    /// <param name="id">The notice.</param>
    /// <param name="state"><see cref="NoticeState.Sent"/> or <see cref="NoticeState.Failed"/>.</param>
    /// <param name="failure">Why the last attempt failed; null if it was sent.</param>
    public static void AddEndTo(NpgsqlBatch batch, NoticeId id, NoticeState state, string? failure) =>
        batch.BatchCommands.Add(
            new(
                """
                update notice
                set state = $2, attempts = attempts + 1, text = case when has_secret then null else text end,
                    failure = $3
                where id = $1 and state = 'PENDING'
                """
            )
            {
                Parameters = { Sql.Value(id), Sql.Value(Words.Write(state)), FailureOf(failure) },
            }
        );

    /// <summary>Adds the statement that holds a notice back until an instant to a batch. It is no attempt.</summary>
    public static void AddWaitTo(NpgsqlBatch batch, NoticeId id, DateTimeOffset until) =>
        batch.BatchCommands.Add(
            new("update notice set next_at = $2 where id = $1 and state = 'PENDING'")
            {
                Parameters = { Sql.Value(id), Sql.Value(until) },
            }
        );

    /// <summary>Adds the statement that sets the next attempt of a notice to a batch.</summary>
    public static void AddRetryTo(NpgsqlBatch batch, NoticeId id, DateTimeOffset at, string? failure) =>
        batch.BatchCommands.Add(
            new(
                """
                update notice set attempts = attempts + 1, next_at = $2, failure = $3
                where id = $1 and state = 'PENDING'
                """
            )
            {
                Parameters = { Sql.Value(id), Sql.Value(at), FailureOf(failure) },
            }
        );

    /// <summary>Returns notices that are due and locks them, without those that another worker has locked.</summary>
    public static async Task<IReadOnlyList<DueNotice>> LockDueAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        int max,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select n.id, n.organisation_id, n.kind, n.recipient, n.subject, n.text, n.has_secret, n.attempts,
                   o.name as organisation_name, o.contact_email, o.time_zone, o.quiet_from, o.quiet_until
            from notice n join organisation o on o.id = n.organisation_id
            where n.state = 'PENDING' and n.next_at <= $1 and not is_moving(n.organisation_id)
            order by n.next_at limit $2
            for update of n skip locked
            """,
            connection
        )
        {
            Parameters = { Sql.Value(now), Sql.Value(max) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<DueNotice>();
        while (await reader.ReadAsync(cancellation))
        {
            var notice = new Notice(
                reader.Id<NoticeId>("id"),
                reader.Id<OrganisationId>("organisation_id"),
                reader.Word<NoticeKind>("kind"),
                reader.Text("recipient"),
                reader.Text("subject"),
                reader.Text("text"),
                reader.Boolean("has_secret")
            );
            due.Add(
                new DueNotice(
                    notice,
                    reader.Integer("attempts"),
                    reader.Text("organisation_name"),
                    reader.Text("contact_email"),
                    TimeZoneInfo.FindSystemTimeZoneById(reader.Text("time_zone")),
                    new(reader.Get<TimeOnly>("quiet_from"), reader.Get<TimeOnly>("quiet_until"))
                )
            );
        }

        return due;
    }

    /// <summary>Returns a page of an organisation's notices, newest first.</summary>
    public static Task<PageRecords<ListedNotice>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        NoticeState? state,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [Sql.Value(organisationId), Sql.Value(state is { } only ? Words.Write(only) : null, NpgsqlDbType.Text)],
            reader => new ListedNotice
            {
                Id = reader.Id<NoticeId>("id"),
                Kind = reader.Word<NoticeKind>("kind"),
                Recipient = reader.Text("recipient"),
                Subject = reader.Text("subject"),
                State = reader.Word<NoticeState>("state"),
                Attempts = reader.Integer("attempts"),
                Failure = reader.TextOrNull("failure"),
                NextAttemptAt =
                    reader.Word<NoticeState>("state") == NoticeState.Pending ? reader.Instant("next_at") : null,
                CreatedAt = reader.Instant("created_at"),
            },
            cancellation
        );

    private static NpgsqlParameter FailureOf(string? failure) =>
        Sql.Value(failure is { Length: > FailureMax } ? failure[..FailureMax] : failure, NpgsqlDbType.Text);
}

/// <summary>A notice that is to be sent now.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Attempts">The number of attempts so far.</param>
/// <param name="OrganisationName">The lender that writes.</param>
/// <param name="ContactEmail">The address for answers.</param>
/// <param name="TimeZone">The lender's time zone.</param>
/// <param name="QuietHours">When the lender does not write to customers.</param>
public sealed record DueNotice(
    Notice Notice,
    int Attempts,
    string OrganisationName,
    string ContactEmail,
    TimeZoneInfo TimeZone,
    QuietHours QuietHours
)
{
    /// <summary>The instant until which it must wait; null if it may be sent.</summary>
    public DateTimeOffset? HeldUntil(DateTimeOffset now) =>
        Notice.Kind.IsAboutSignIn ? null : QuietHours.EndAfter(now, TimeZone);
}

/// <summary>A notice in the list, without its text.</summary>
public sealed record ListedNotice
{
    /// <summary>The notice's id.</summary>
    public required NoticeId Id { get; init; }

    /// <summary>What it is about.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Recipient { get; init; }

    /// <summary>The subject line.</summary>
    public required string Subject { get; init; }

    /// <summary><c>PENDING</c>, <c>SENT</c> or <c>FAILED</c>.</summary>
    public required NoticeState State { get; init; }

    /// <summary>The number of attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>
    /// Why the last attempt failed, in the words of the mail server: for a <c>FAILED</c> one the reason for good, for
    /// example that there is no such address. Null if none has failed.
    /// </summary>
    public required string? Failure { get; init; }

    /// <summary>When it is sent or tried again; null once it is sent or given up.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
