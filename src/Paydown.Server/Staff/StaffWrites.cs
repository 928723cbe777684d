using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Writes;
using Paydown.Server.SignIn;

namespace Paydown.Server.Staff;

/// <summary>
/// Runs a change of an employee for a manager. Once the response is sent, no server accepts the ended sessions.
/// </summary>
public sealed class StaffWrites(SingleWrites writes, RevokedSessions revoked, TimeProvider time)
{
    /// <summary>Changes an employee in one transaction, and responds with the employee.</summary>
    public async ValueTask<Answer> RunAsync(
        Call call,
        string message,
        Func<NpgsqlConnection, ActionContext, Task<Result<StaffChange>>> change
    )
    {
        var ended = (IReadOnlyList<SessionId>)[];
        var answer = await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var changed = await change(connection, context);
                if (changed.IsRefused)
                    return Answer.Refused(changed.Refusal);
                ended = changed.Value.Ended;
                return Answer.Success(changed.Value.Member, message);
            }
        );
        if (answer.IsSuccess)
            revoked.AddAll(ended, SignInStore.AccessEndOf(time.GetUtcNow()));
        return answer;
    }
}
