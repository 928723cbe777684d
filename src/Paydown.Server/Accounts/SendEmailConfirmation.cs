using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Writes;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>Mails the caller another token to confirm the e-mail address. Earlier ones are withdrawn.</summary>
public sealed class SendEmailConfirmation(SingleWrites writes, AccountNotices notices) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Send the message again that confirms your e-mail address")
            .Returns<Done>()
            .Refuses(Refusals.EmailAlreadyConfirmed(), Refusals.NotFound("user"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => SendAsync(connection, call, context));

    private async ValueTask<Answer> SendAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        if (await UserStore.LockAsync(connection, call.Caller.UserId, call.Cancellation) is not { } account)
            return Answer.Refused(Refusals.NotFound("user"));
        if (account.IsEmailConfirmed)
            return Answer.Refused(Refusals.EmailAlreadyConfirmed());
        await using var batch = new NpgsqlBatch(connection);
        AddTo(
            batch,
            notices,
            await NoticeSender.ReadAsync(connection, account.User.OrganisationId, call.Cancellation),
            account.User,
            context.At
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(new Done(), "The message is on its way.");
    }

    /// <summary>Adds the statements that ask a user to confirm the e-mail to a batch.</summary>
    public static void AddTo(
        NpgsqlBatch batch,
        AccountNotices notices,
        NoticeSender sender,
        User user,
        DateTimeOffset now
    )
    {
        var token = RefreshSecret.Create();
        OneTimeTokenStore.AddWithdrawalTo(batch, user.Id, TokenPurpose.EmailConfirmation);
        OneTimeTokenStore.AddTo(batch, user.Id, TokenPurpose.EmailConfirmation, token, now);
        NoticeStore.AddTo(batch, notices.EmailConfirmation(sender, user, token, now), now);
    }
}
