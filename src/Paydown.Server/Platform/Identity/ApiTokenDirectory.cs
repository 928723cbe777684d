using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// Whose an API token is. One that was found is remembered for a few minutes; that it was revoked is heard at once, as
/// it is of sessions: a token's id stands in <see cref="RevokedSessions"/>.
/// </summary>
public sealed class ApiTokenDirectory(
    NpgsqlDataSource database,
    RevokedSessions revoked,
    ApiTokenUses uses,
    TimeProvider time
) : IDisposable
{
    /// <summary>
    /// How long a token is remembered at most, and so how long its revocation must be, by anybody's clock.
    /// </summary>
    public static readonly TimeSpan RememberedMax = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(5);

    // Invented tokens cost a look-up each; they may not take the connections of those who have work to do, and where
    // the database is away nobody waits behind many others.
    private const int LookUpsMax = 4;
    private static readonly TimeSpan LookUpWaitMax = TimeSpan.FromSeconds(2);

    private readonly ValidTokens known = new(generationMax: 4096);
    private readonly SemaphoreSlim lookUps = new(LookUpsMax);

    /// <summary>Until when the revocation of a token must be remembered.</summary>
    public static DateTimeOffset RememberedUntil(DateTimeOffset now) => now + RememberedMax + ClockSkewMax;

    /// <summary>Whom a token speaks for; refused where it was never given, has expired, or is revoked.</summary>
    public ValueTask<Result<Caller>> FindAsync(string token, CancellationToken cancellation)
    {
        if (!ApiTokenSecret.IsWellFormed(token) || !TokenKey.TryOf(token, out var key))
            return ValueTask.FromResult<Result<Caller>>(Unknown());
        return known.TryGet(key, time.GetUtcNow(), out var caller)
            ? ValueTask.FromResult(Counted(caller))
            : LookUpAsync(key, cancellation);
    }

    public void Dispose() => lookUps.Dispose();

    private async ValueTask<Result<Caller>> LookUpAsync(TokenKey key, CancellationToken cancellation)
    {
        if (!await lookUps.WaitAsync(LookUpWaitMax, cancellation))
            return Refusals.ServiceUnavailable("Too many API tokens at once that are not known here yet; try again.");
        try
        {
            var now = time.GetUtcNow();
            if (await ReadAsync(key.ToBytes(), now, cancellation) is not var (caller, expiresAt))
                return Unknown();
            known.Add(key, caller, expiresAt < now + RememberedMax ? expiresAt : now + RememberedMax);
            return Counted(caller);
        }
        finally
        {
            lookUps.Release();
        }
    }

    // Asked every time, and after the token entered: who revokes it meanwhile is heard.
    private Result<Caller> Counted(Caller caller)
    {
        if (revoked.Contains(caller.SessionId))
            return Unknown();
        uses.Note(caller.UserId);
        return caller;
    }

    private static Refusal Unknown() =>
        Refusals.AuthenticationRequired("The API token is not valid or no longer; ask for another one.");

    private async Task<(Caller Caller, DateTimeOffset ExpiresAt)?> ReadAsync(
        byte[] hash,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(
            """
            select id, organisation_id, scopes, expires_at from api_token
            where hash = $1 and expires_at > $2 and revoked_at is null
            """
        );
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = now });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var id = reader.Id("id");
        var scopes = ScopeWords.Read(reader.Get<string[]>("scopes"));
        return (new Caller(id, reader.Id("organisation_id"), Role.Manager, id, scopes), reader.Instant("expires_at"));
    }
}
