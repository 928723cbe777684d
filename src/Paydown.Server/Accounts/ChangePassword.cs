using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// A user replaces the password and proves it by the old one. All other sessions end. Wrong passwords count as failed
/// sign-ins, so a stolen access token does not allow unlimited guesses.
/// </summary>
public sealed class ChangePassword(
    SingleWrites writes,
    NpgsqlDataSource database,
    PasswordHashingLimit passwords,
    SignInFailures failures,
    RevokedSessions revoked,
    AccountNotices notices,
    Ids ids,
    TimeProvider time
) : IUseCase
{
    internal static readonly Field<string> CurrentPassword = Field
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
                Refusals.AccountLocked(TimeSpan.FromMinutes(15)),
                Refusals.NotFound("user"),
                Refusals.PasswordWrong(),
                Refusals.ValidationFailed()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        if (PasswordRules.FindError(call.Body.Get(NewPassword), NewPassword.Name) is { } wrong)
            return Answer.Refused(Refusals.ValidationFailed(wrong));
        var (guessed, ended) = ((User?)null, (IReadOnlyList<SessionId>)[]);
        var answer = await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var change = await ChangeAsync(connection, call, context);
                (guessed, ended) = (change.Guessed, change.Ended);
                return change.Answer;
            }
        );
        // Nothing of a refusal is committed, so a failure needs a transaction of its own.
        if (guessed is not null)
            await AddFailureAsync(guessed, call);
        if (answer.IsSuccess)
            revoked.AddAll(ended, SignInStore.AccessEndOf(time.GetUtcNow()));
        return answer;
    }

    private async ValueTask<Outcome> ChangeAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        if (await UserStore.LockAsync(connection, call.Caller.UserId, call.Cancellation) is not { } account)
            return new(Answer.Refused(Refusals.NotFound("user")));
        var user = account.User;
        var (key, client) = KeysOf(user, call);
        var until = await SignInFailures.FindLockAsync(
            connection,
            key,
            client,
            user.OrganisationId,
            context.At - SignInFailures.WindowMax,
            call.Cancellation
        );
        if (until > context.At)
            return new(Answer.Refused(Refusals.AccountLocked(until.Value - context.At)));
        var isRight = await passwords.VerifyAsync(
            account.Password ?? PasswordHash.OfNobody,
            call.Body.Get(CurrentPassword),
            isKnown: true,
            call.Cancellation
        );
        if (isRight.IsRefused)
            return new(Answer.Refused(isRight.Refusal));
        if (!isRight.Value)
            return new(Answer.Refused(Refusals.PasswordWrong()), Guessed: user);
        var hash = await passwords.CreateAsync(call.Body.Get(NewPassword), call.Cancellation);
        return hash.IsRefused
            ? new(Answer.Refused(hash.Refusal))
            : await WriteAsync(connection, call, context, user, hash.Value);
    }

    private async ValueTask<Outcome> WriteAsync(
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
        var ended = await SignInStore.EndSessionsAsync(
            connection,
            user.Id,
            except: call.Caller.SessionId,
            RevocationCause.PasswordChanged,
            context.At,
            call.Cancellation
        );
        return new(
            Answer.Success(new Done(), "Your password is changed, and your other sessions have ended."),
            Ended: ended
        );
    }

    private async Task AddFailureAsync(User user, Call call)
    {
        var (account, client) = KeysOf(user, call);
        await using var transaction = await WriteTransaction.BeginAsync(database, CancellationToken.None);
        await failures.AddAsync(
            transaction.Connection,
            account,
            client,
            user.OrganisationId,
            time.GetUtcNow(),
            CancellationToken.None
        );
        await transaction.CommitAsync();
    }

    private static (AccountKey Account, ClientKey Client) KeysOf(User user, Call call)
    {
        var account = AccountKey.Of(user.Email);
        return (account, ClientKey.Of(account, call.ClientAddress));
    }

    private sealed record Outcome(Answer Answer, User? Guessed = null, IReadOnlyList<SessionId>? Ended = null)
    {
        public IReadOnlyList<SessionId> Ended { get; } = Ended ?? [];
    }
}
