using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// Mails a one-time token to a user who forgot the password. Neither the response nor its time shows whether anyone has
/// the e-mail: both cases take the same statements and one durable commit.
/// </summary>
public sealed class ForgotPassword(
    NpgsqlDataSource database,
    OrganisationHosts hosts,
    SignInLimits limits,
    AccountNotices notices,
    TimeProvider time
) : IUseCase
{
    // More messages would only fill the mailbox of somebody else.
    private const int MessagesMax = 3;

    // As many as a sign-in tries.
    private const int LendersMax = 4;

    private static readonly Field<string> Email = Field
        .Text("email", "The e-mail address of the sign-in; case does not matter.", 3, 254)
        .Matching("^[^@\\s]+@[^@\\s]+$", "an e-mail address")
        .WithExample("customer@demo.example");
    private static readonly Field<OrganisationId?> OrganisationId = Field
        .Id<OrganisationId>(
            "organisationId",
            "The lender. Absent: the lender of the host name; if it belongs to none, every lender with this e-mail."
        )
        .Optional()
        .WithExample("01900000-0000-7000-8000-000000000001");

    private static readonly string Find = $"""
        select {User.Columns}, o.name, (select min(h.host) from organisation_host h where h.organisation_id = o.id) as host
        from app_user u join organisation o on o.id = u.organisation_id
        where lower(u.email) = $1 and ($2::uuid is null or u.organisation_id = $2)
          and u.disabled_at is null and u.password_hash is not null
          and (select count(*) from one_time_token t
               where t.user_id = u.id and t.purpose = 'PASSWORD_RESET' and t.created_at > $3) < {MessagesMax}
        order by u.id limit {LendersMax}
        """;

    public static Contract Contract { get; } =
        new Contract("Ask for a new password, by a message to the e-mail address")
            .Reads(Email, OrganisationId)
            .Returns<Done>()
            .Refuses(
                Refusals.OrganisationNotOfHost("host"),
                Refusals.OrganisationUnknown(),
                Refusals.RateLimitExceeded(60)
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var chosen = await hosts.ChooseAsync(
            call.Body.Get(OrganisationId),
            call.Http.Request.Host.Host,
            call.Cancellation
        );
        if (chosen.IsRefused)
            return Answer.Refused(chosen.Refusal);
        if (limits.CheckForgotten(AccountKey.Of(call.Body.Get(Email)), call.ClientAddress) is { } tooMany)
            return Answer.Refused(tooMany);
        await SendAsync(call.Body.Get(Email), chosen.Value.Id, call.Cancellation);
        return Answer.Success(
            new Done(),
            "If somebody has this e-mail, a message with a link is on its way. The link works for 30 minutes."
        );
    }

    private async Task SendAsync(string email, OrganisationId? organisationId, CancellationToken cancellation)
    {
        var now = ActionContext.InstantOf(time);
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var found = await FindAsync(connection, email, organisationId, now, cancellation);
        await using var batch = new NpgsqlBatch(connection);
        // Makes the commit write to the disk, also if nobody has the e-mail.
        batch.BatchCommands.Add(new("select pg_logical_emit_message(true, 'paydown', '')"));
        foreach (var (user, sender) in found)
        {
            var token = RefreshSecret.Create();
            OneTimeTokenStore.AddTo(batch, user.Id, TokenPurpose.PasswordReset, token, now);
            NoticeStore.AddTo(batch, notices.PasswordReset(sender, user, token, now), now);
        }

        await transaction.CommitAsync(batch);
    }

    private static async Task<List<(User User, NoticeSender Sender)>> FindAsync(
        NpgsqlConnection connection,
        string email,
        OrganisationId? organisationId,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters =
            {
                Sql.Value(email.ToLowerInvariant()),
                Sql.Value(organisationId, NpgsqlDbType.Uuid),
                Sql.Value(now - OneTimeTokenStore.LifetimeOf(TokenPurpose.PasswordReset)),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(User, NoticeSender)>();
        while (await reader.ReadAsync(cancellation))
        {
            var user = User.Read(reader);
            found.Add((user, new(user.OrganisationId, reader.Text("name"), reader.TextOrNull("host"))));
        }

        return found;
    }
}
