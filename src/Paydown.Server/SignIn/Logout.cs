using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

/// <summary>
/// Ends a session: its refresh and access tokens become invalid at once on every server. The refresh token identifies
/// the session. A spent one works too, because presenting a stolen one would end the session anyway.
/// </summary>
public sealed class Logout(
    SignInStore store,
    SignInLimits limits,
    RevokedSessions revoked,
    TimeProvider time,
    ILogger<Logout> logger
) : IUseCase
{
    private static readonly Field<string> Token = Field
        .Text("refresh_token", "The refresh token of the session.", 1, 512)
        .WithExample(RefreshSecret.Example);

    public static Contract Contract { get; } =
        new Contract("Sign out, which revokes both tokens at once")
            .Reads(Token)
            .Returns<SignedOut>()
            .Refuses(Refusals.InvalidRefreshToken(), Refusals.RateLimitExceeded(60));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var place = await limits.EnterRefreshAsync(call.ClientAddress, call.Cancellation);
        if (place.IsRefused)
            return Answer.Refused(place.Refusal);
        await using var transaction = await store.BeginAsync(call.Cancellation);
        var connection = transaction.Connection;
        var found = await SignInStore.FindTokenLockedAsync(
            connection,
            RefreshSecret.HashOf(call.Body.Get(Token)),
            call.Cancellation
        );
        if (found is null)
            return Answer.Refused(Refusals.InvalidRefreshToken());

        place.Value.GiveBack();
        // A repeated logout succeeds and changes nothing.
        if (!found.IsRevoked)
        {
            var now = time.GetUtcNow();
            await SignInStore.EndSessionAsync(
                connection,
                found.SessionId,
                RevocationCause.Logout,
                now,
                CancellationToken.None
            );
            await transaction.CommitAsync();
            revoked.Add(found.SessionId, SignInStore.AccessEndOf(now));
            SignInLog.SignedOut(logger, found.User.Id, found.SessionId);
        }

        return Answer.Success(new SignedOut(), "You are signed out.");
    }
}
