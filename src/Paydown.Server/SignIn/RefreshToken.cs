using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

/// <summary>
/// Exchanges a refresh token for a new pair of tokens, which spends it. A token that comes a second time may have been
/// stolen, so the whole session ends. Of two concurrent requests, one wins and the other counts as the second use; a
/// client must not refresh twice at once.
/// </summary>
public sealed class RefreshToken(
    SignInStore store,
    SignInLimits limits,
    AccessTokens accessTokens,
    RevokedSessions revoked,
    TimeProvider time,
    ILogger<RefreshToken> logger
) : IUseCase
{
    private static readonly Field<string> Token = Field
        .Text("refresh_token", "The refresh token of the last sign-in or refresh.", 1, 512)
        .WithExample(RefreshSecret.Example);

    public static Contract Contract { get; } =
        new Contract("Get a new pair of tokens")
            .Reads(Token)
            .Returns<TokenPair>()
            .Refuses(Refusals.InvalidRefreshToken(), Refusals.TokenAlreadyUsed(), Refusals.RateLimitExceeded(60));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var place = await limits.EnterRefreshAsync(call.ClientAddress, call.Cancellation);
        if (place.IsRefused)
            return Answer.Refused(place.Refusal);
        var pair = await DecideAsync(RefreshSecret.HashOf(call.Body.Get(Token)), call.Cancellation);
        if (!pair.IsRefused)
            place.Value.GiveBack();
        return Answer.From(pair);
    }

    private async Task<Result<TokenPair>> DecideAsync(byte[] hash, CancellationToken token)
    {
        await using var transaction = await store.BeginAsync(token);
        var connection = transaction.Connection;
        var found = await SignInStore.FindTokenLockedAsync(connection, hash, token);
        var now = time.GetUtcNow();
        if (found is null)
            return Refusals.InvalidRefreshToken();
        if (found.IsSpent && found.IsRevoked)
            return Refusals.TokenAlreadyUsed();
        if (found.IsSpent)
        {
            await SignInStore.EndSessionAsync(
                connection,
                found.SessionId,
                RevocationCause.TokenReused,
                now,
                CancellationToken.None
            );
            await transaction.CommitAsync();
            revoked.Add(found.SessionId, SignInStore.AccessEndOf(now));
            SignInLog.TokenReused(logger, found.User.Id, found.SessionId);
            return Refusals.TokenAlreadyUsed();
        }

        if (found.IsRevoked || found.ExpiresAt <= now)
            return Refusals.InvalidRefreshToken();
        var next = RefreshSecret.Create();
        await SignInStore.ReplaceTokenAsync(
            connection,
            found.SessionId,
            hash,
            RefreshSecret.HashOf(next),
            now,
            CancellationToken.None
        );
        var user = found.User;
        var factor = (await SecondFactorStore.FindAsync(connection, user.Id, CancellationToken.None))!;
        await transaction.CommitAsync();
        // The role and the second factor are read again, so a change takes effect at the next refresh.
        var caller = new Caller(
            user.Id,
            user.OrganisationId,
            user.Role,
            found.SessionId,
            MustSetUpSecondFactor: factor.MustBeSetUp
        );
        return TokenPair.Of(accessTokens.Issue(caller), next);
    }
}
