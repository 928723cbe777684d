using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// Runs changes of a sign-in that the user must prove by the password. Wrong passwords count as failed sign-ins, so a
/// stolen access token does not allow unlimited guesses.
/// </summary>
public sealed class PasswordProof(
    SingleWrites writes,
    NpgsqlDataSource database,
    PasswordHashingLimit passwords,
    SignInFailures failures,
    TimeProvider time
)
{
    /// <summary>Checks the password, and changes in the same transaction.</summary>
    /// <param name="call">The request.</param>
    /// <param name="password">The field of the password.</param>
    /// <param name="change">The change; its user is locked.</param>
    public async ValueTask<Answer> RunAsync(
        Call call,
        Field<string> password,
        Func<NpgsqlConnection, ActionContext, User, ValueTask<Answer>> change
    )
    {
        User? guessed = null;
        var answer = await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                if (await UserStore.LockAsync(connection, call.Caller.UserId, call.Cancellation) is not { } account)
                    return Answer.Refused(Refusals.NotFound("user"));
                if (await FindLockAsync(connection, account.User, call, context) is { } locked)
                    return Answer.Refused(locked);
                var isRight = await passwords.VerifyAsync(
                    account.Password ?? PasswordHash.OfNobody,
                    call.Body.Get(password),
                    isKnown: true,
                    call.Cancellation
                );
                if (isRight.IsRefused)
                    return Answer.Refused(isRight.Refusal);
                if (isRight.Value)
                    return await change(connection, context, account.User);
                guessed = account.User;
                return Answer.Refused(Refusals.PasswordWrong());
            }
        );
        // Nothing of a refusal is committed, so a failure needs a transaction of its own.
        if (guessed is not null)
            await AddFailureAsync(guessed, call);
        return answer;
    }

    private static async ValueTask<Refusal?> FindLockAsync(
        NpgsqlConnection connection,
        User user,
        Call call,
        ActionContext context
    )
    {
        var account = AccountKey.Of(user.Email);
        var until = await SignInFailures.FindLockAsync(
            connection,
            account,
            ClientKey.Of(account, call.ClientAddress),
            user.OrganisationId,
            context.At - SignInFailures.WindowMax,
            call.Cancellation
        );
        return until > context.At ? Refusals.AccountLocked(until.Value - context.At) : null;
    }

    private async Task AddFailureAsync(User user, Call call)
    {
        var account = AccountKey.Of(user.Email);
        await using var transaction = await WriteTransaction.BeginAsync(database, CancellationToken.None);
        await failures.AddAsync(
            transaction.Connection,
            account,
            ClientKey.Of(account, call.ClientAddress),
            user.OrganisationId,
            time.GetUtcNow(),
            CancellationToken.None
        );
        await transaction.CommitAsync();
    }
}
