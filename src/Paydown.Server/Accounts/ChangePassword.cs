using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>A user replaces the password and proves it by the old one. All other sessions end.</summary>
public sealed class ChangePassword(
    PasswordProof proof,
    PasswordHashingLimit passwords,
    RevokedSessions revoked,
    AccountNotices notices,
    Ids ids,
    TimeProvider time
) : IUseCase
{
    private static readonly Field<string> CurrentPassword = Field
        .Text("currentPassword", "The password until now.", 8, 256)
        .WithExample("Password@1")
        .Secret();

    private static readonly Field<string> NewPassword = Field
        .Text(
            "newPassword",
            "The new password, by the rules of registration. The most common passwords are refused.",
            0,
            500
        )
        .WithExample("Tea-At-7-Lagos")
        .Secret();

    public static Contract Contract { get; } =
        new Contract("Change your password, which ends your other sessions")
            .Reads(CurrentPassword, NewPassword)
            .Returns<Done>()
            .Refuses(
                Refusals.AccountLocked(TimeSpan.FromMinutes(Refusals.SignInWindowMinutes)),
                Refusals.NotFound("user"),
                Refusals.PasswordWrong(),
                Refusals.ValidationFailed()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        if (PasswordRules.FindError(call.Body.Get(NewPassword), NewPassword.Name) is { } wrong)
            return Answer.Refused(Refusals.ValidationFailed(wrong));
        var ended = (IReadOnlyList<SessionId>)[];
        var answer = await proof.RunAsync(
            call,
            CurrentPassword,
            async (connection, context, user) =>
            {
                var hash = await passwords.CreateAsync(call.Body.Get(NewPassword), call.Cancellation);
                if (hash.IsRefused)
                    return Answer.Refused(hash.Refusal);
                ended = await WriteAsync(connection, call, context, user, hash.Value);
                return Answer.Success(new Done(), "Your password is changed, and your other sessions have ended.");
            }
        );
        if (answer.IsSuccess)
            revoked.AddAll(ended, SignInStore.AccessEndOf(time.GetUtcNow()));
        return answer;
    }

    private async ValueTask<IReadOnlyList<SessionId>> WriteAsync(
        NpgsqlConnection connection,
        Call call,
        ActionContext context,
        User user,
        PasswordHash hash
    )
    {
        var sender = await NoticeSender.ReadAsync(connection, user.OrganisationId, call.Cancellation);
        await using var batch = new NpgsqlBatch(connection);
        UserStore.AddPasswordTo(batch, user.Id, hash, context.At);
        OneTimeTokenStore.AddWithdrawalTo(batch, user.Id, TokenPurpose.PasswordReset);
        NoticeStore.AddTo(batch, notices.PasswordChanged(sender, user), context.At);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    user.OrganisationId,
                    user.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "PASSWORD_CHANGED", "{}")
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return await SignInStore.EndSessionsAsync(
            connection,
            user.Id,
            except: call.Caller.SessionId,
            RevocationCause.PasswordChanged,
            context.At,
            call.Cancellation
        );
    }
}
