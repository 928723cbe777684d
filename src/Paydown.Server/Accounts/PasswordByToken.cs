using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// Sets a password by a one-time token, for invitations and forgotten passwords. Whoever has the token can read the
/// mail of the user: so all sessions end, all locks end, and the client is known from now on.
/// </summary>
public sealed class PasswordByToken(
    NpgsqlDataSource database,
    SignInLimits limits,
    PasswordHashingLimit passwords,
    RevokedSessions revoked,
    AccountNotices notices,
    Ids ids,
    TimeProvider time
)
{
    internal static readonly Field<string> Token = Field
        .Text("token", "The one-time token from the message.", 1, 512)
        .WithExample(RefreshSecret.Example)
        .Secret();

    internal static readonly Field<string> Password = Field
        .Text(
            "password",
            "The new password, by the rules of registration. The most common passwords are refused.",
            0,
            500
        )
        .WithExample("Tea-At-7-Lagos")
        .Secret();

    internal static readonly Field<string> ConfirmPassword = Field
        .Text("confirmPassword", "The new password again.", 0, 500)
        .WithExample("Tea-At-7-Lagos")
        .Secret();

    /// <summary>Sets the password.</summary>
    /// <param name="call">The request with token and password.</param>
    /// <param name="purpose">The purpose that the token must have.</param>
    /// <param name="action">The action in the audit trail.</param>
    public async ValueTask<Answer> SetAsync(Call call, TokenPurpose purpose, string action)
    {
        var (token, password) = (call.Body.Get(Token), call.Body.Get(Password));
        if (ErrorsOf(password, call.Body.Get(ConfirmPassword)) is { Count: > 0 } errors)
            return Answer.Refused(Refusals.ValidationFailed(errors));
        var place = await limits.EnterRefreshAsync(call.ClientAddress, call.Cancellation);
        if (place.IsRefused)
            return Answer.Refused(place.Refusal);
        // Checked before the deliberately slow hash, and again under the lock.
        if (!await IsValidAsync(token, purpose, call.Cancellation))
            return Answer.Refused(Refusals.OneTimeTokenInvalid());
        var hash = await passwords.CreateAsync(password, call.Cancellation);
        if (hash.IsRefused)
            return Answer.Refused(hash.Refusal);
        var isSet = await TrySetAsync(call, token, purpose, action, hash.Value);
        if (!isSet)
            return Answer.Refused(Refusals.OneTimeTokenInvalid());
        place.Value.GiveBack();
        return Answer.Success(new Done(), "Your password is set. Sign in with it.");
    }

    private static List<FieldError> ErrorsOf(string password, string confirmation)
    {
        var errors = new List<FieldError>();
        if (PasswordRules.FindError(password, Password.Name) is { } wrong)
            errors.Add(wrong);
        if (confirmation != password)
            errors.Add(new(ConfirmPassword.Name, $"must equal {Password.Name}."));
        return errors;
    }

    private async Task<bool> IsValidAsync(string token, TokenPurpose purpose, CancellationToken cancellation)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        return await OneTimeTokenStore.FindLockedAsync(
            transaction.Connection,
            token,
            purpose,
            time.GetUtcNow(),
            cancellation
        )
            is not null;
    }

    private async Task<bool> TrySetAsync(
        Call call,
        string token,
        TokenPurpose purpose,
        string action,
        PasswordHash hash
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, call.Cancellation);
        var connection = transaction.Connection;
        var now = ActionContext.InstantOf(time);
        var user = await OneTimeTokenStore.FindLockedAsync(connection, token, purpose, now, call.Cancellation);
        if (user is null)
            return false;
        var sender = await NoticeSender.ReadAsync(connection, user.OrganisationId, call.Cancellation);
        var context = new ActionContext(user.Id, now, DateOnly.FromDateTime(now.UtcDateTime), call.InteractionId);
        await using (var batch = new NpgsqlBatch(connection))
        {
            UserStore.AddPasswordTo(batch, user.Id, hash, now);
            OneTimeTokenStore.AddSpendingTo(
                batch,
                user.Id,
                purpose,
                token,
                ClientKey.Of(AccountKey.Of(user.Email), call.ClientAddress),
                now
            );
            NoticeStore.AddTo(batch, notices.PasswordChanged(sender, user), now);
            AuditTrail.AddTo(
                batch,
                [new(user.OrganisationId, user.Id.AsSubject, context, new(ids.Next<AuditEntryId>(), action, "{}"))]
            );
            await batch.ExecuteNonQueryAsync(call.Cancellation);
        }

        var ended = await SignInStore.EndSessionsAsync(
            connection,
            user.Id,
            except: null,
            RevocationCause.PasswordChanged,
            now,
            call.Cancellation
        );
        await transaction.CommitAsync();
        revoked.AddAll(ended, SignInStore.AccessEndOf(now));
        return true;
    }
}
