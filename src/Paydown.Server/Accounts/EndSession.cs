using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Writes;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// A user ends one of the own sessions, for example on a lost phone. Once the response is sent, no server accepts it.
/// </summary>
public sealed class EndSession(SingleWrites writes, RevokedSessions revoked, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Revoke one of your sessions at once on every server")
            .Returns<Done>()
            .Refuses(Refusals.NotFound("session"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var answer = await writes.RunAsync(call, (connection, context) => EndAsync(connection, call, context));
        if (answer.IsSuccess)
            revoked.Add(call.Path(AccountRoutes.SessionId), SignInStore.AccessEndOf(time.GetUtcNow()));
        return answer;
    }

    private static async ValueTask<Answer> EndAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var id = call.Path(AccountRoutes.SessionId);
        if (!await SignInStore.LockSessionAsync(connection, call.Caller.UserId, id, call.Cancellation))
            return Answer.Refused(Refusals.NotFound("session"));
        await SignInStore.EndSessionAsync(connection, id, RevocationCause.Ended, context.At, call.Cancellation);
        return Answer.Success(new Done(), "The session has ended.");
    }
}
