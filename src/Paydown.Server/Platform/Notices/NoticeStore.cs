using System.Text.Json.Serialization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
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
    /// <summary>Adds the statement that writes a notice to a batch.</summary>
    /// <param name="batch">The batch of the transaction.</param>
    /// <param name="notice">The notice.</param>
    /// <param name="now">The instant of recording, from which it may be sent.</param>
    public static void AddTo(NpgsqlBatch batch, Notice notice, DateTimeOffset now) =>
        batch.BatchCommands.Add(
            new(
                """
                insert into notice (id, organisation_id, kind, recipient, subject, text, has_secret, next_at, created_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
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
    public static void AddEndTo(NpgsqlBatch batch, NoticeId id, NoticeState state) =>
        batch.BatchCommands.Add(
            new(
                """
                update notice
                set state = $2, attempts = attempts + 1, text = case when has_secret then null else text end
                where id = $1 and state = 'PENDING'
                """
            )
            {
                Parameters = { Sql.Value(id), Sql.Value(Words.Write(state)) },
            }
        );
}
