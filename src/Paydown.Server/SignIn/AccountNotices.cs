using System.Globalization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.SignIn;

/// <summary>How a lender appears in its notices.</summary>
/// <param name="Id">The lender.</param>
/// <param name="Name">The lender's name.</param>
/// <param name="Host">The host name that links lead to; null if the lender has none.</param>
public sealed record NoticeSender(OrganisationId Id, string Name, string? Host)
{
    /// <summary>
    /// Reads it. A link never leads to the host name of a request, because whoever sends the request chooses that.
    /// </summary>
    public static async Task<NoticeSender> ReadAsync(
        NpgsqlConnection connection,
        OrganisationId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select o.name, (select min(h.host) from organisation_host h where h.organisation_id = o.id) as host
            from organisation o where o.id = $1
            """,
            connection
        )
        {
            Parameters = { Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(id, reader.Text("name"), reader.TextOrNull("host"));
    }

    /// <summary>Where a one-time token is used; the token itself if the lender has no host name.</summary>
    public string LinkOf(TokenPurpose purpose, string token) =>
        Host is null ? token : $"https://{Host}/{PageOf(purpose)}?token={token}";

    /// <summary>The words before a link, or before a token.</summary>
    internal string Lead(string act) => Host is null ? $"The code to {act}:" : $"To {act}, open this link:";

    private static string PageOf(TokenPurpose purpose) =>
        purpose switch
        {
            TokenPurpose.Invitation => "invitation",
            TokenPurpose.PasswordReset => "reset",
            _ => "confirm-email",
        };
}

/// <summary>Writes the notices about a user's own sign-in.</summary>
public sealed class AccountNotices(Ids ids)
{
    /// <summary>Invites an employee to set a password.</summary>
    public Notice Invitation(NoticeSender sender, User user, string token, DateTimeOffset now) =>
        WithToken(
            sender,
            user,
            NoticeKind.Invitation,
            TokenPurpose.Invitation,
            token,
            now,
            $"Your sign-in at {sender.Name}",
            $"{sender.Name} invites you to its back office.",
            "set your password"
        );

    /// <summary>Lets a user replace a forgotten password.</summary>
    public Notice PasswordReset(NoticeSender sender, User user, string token, DateTimeOffset now) =>
        WithToken(
            sender,
            user,
            NoticeKind.PasswordReset,
            TokenPurpose.PasswordReset,
            token,
            now,
            $"Your password at {sender.Name}",
            "Somebody, probably you, asked for a new password. If it was not you, ignore this message.",
            "set a new password"
        );

    /// <summary>Asks a user to confirm the e-mail address.</summary>
    public Notice EmailConfirmation(NoticeSender sender, User user, string token, DateTimeOffset now) =>
        WithToken(
            sender,
            user,
            NoticeKind.EmailConfirmation,
            TokenPurpose.EmailConfirmation,
            token,
            now,
            $"Your e-mail address at {sender.Name}",
            $"This e-mail address is registered at {sender.Name}.",
            "confirm it"
        );

    /// <summary>Reports that the password was changed.</summary>
    public Notice PasswordChanged(NoticeSender sender, User user) =>
        Of(
            sender,
            user,
            NoticeKind.PasswordChanged,
            $"Your password at {sender.Name} was changed",
            $"Your password was changed. If it was not you, ask {sender.Name} for help at once."
        );

    /// <summary>Reports a change of the second factor.</summary>
    public Notice SecondFactorChanged(NoticeSender sender, User user, bool isOn) =>
        Of(
            sender,
            user,
            NoticeKind.SecondFactorChanged,
            $"Your sign-in at {sender.Name} was changed",
            $"The codes of an authenticator app are {(isOn ? "now needed" : "no longer needed")} to sign in. "
                + $"If it was not you who changed it, ask {sender.Name} for help at once."
        );

    /// <summary>Reports that the recovery codes were replaced.</summary>
    public Notice RecoveryCodesRenewed(NoticeSender sender, User user) =>
        Of(
            sender,
            user,
            NoticeKind.SecondFactorChanged,
            $"Your sign-in at {sender.Name} was changed",
            "Your recovery codes were replaced, and the earlier ones no longer work. "
                + $"If it was not you who changed them, ask {sender.Name} for help at once."
        );

    private Notice WithToken(
        NoticeSender sender,
        User user,
        NoticeKind kind,
        TokenPurpose purpose,
        string token,
        DateTimeOffset now,
        string subject,
        string what,
        string act
    )
    {
        var until = (now + OneTimeTokenStore.LifetimeOf(purpose)).ToString(
            "d MMMM yyyy, HH:mm 'UTC'",
            CultureInfo.InvariantCulture
        );
        var text = $"""
            {what}

            {sender.Lead(act)}
            {sender.LinkOf(purpose, token)}

            It works once, until {until}.
            """;
        return Of(sender, user, kind, subject, text) with { HasSecret = true };
    }

    private Notice Of(NoticeSender sender, User user, NoticeKind kind, string subject, string text) =>
        new(
            ids.Next<NoticeId>(),
            sender.Id,
            kind,
            user.Email,
            subject,
            $"Hello {user.FirstName},\n\n{text}\n\n{sender.Name}\n",
            HasSecret: false
        );
}
