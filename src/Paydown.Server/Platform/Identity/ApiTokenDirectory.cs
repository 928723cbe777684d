using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// Finds the caller of an API token. A token that was found is cached for a few minutes. A revocation has an effect at
/// once, as with sessions: the token's id is added to <see cref="RevokedSessions"/>.
/// </summary>
public sealed class ApiTokenDirectory(
    NpgsqlDataSource database,
    RevokedSessions revoked,
    ApiTokenUses uses,
    TimeProvider time
) : IDisposable
{
    /// <summary>
    /// How long a token is cached at most. Its revocation must be kept as long, by the clock of any server.
    /// </summary>
    public static readonly TimeSpan RememberedMax = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(5);

    // Each invented token costs a look-up. The limit leaves connections for other requests, and keeps requests from
    // queueing for long if the database is away.
    private const int LookUpsMax = 4;
    private static readonly TimeSpan LookUpWaitMax = TimeSpan.FromSeconds(2);

    private readonly ValidTokens known = new(generationMax: 4096);
    private readonly SemaphoreSlim lookUps = new(LookUpsMax);

    /// <summary>Returns until when the revocation of a token must be kept.</summary>
    public static DateTimeOffset RememberedUntil(DateTimeOffset now) => now + RememberedMax + ClockSkewMax;

    /// <summary>Returns the caller of a token; refused if it was never issued, has expired or is revoked.</summary>
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
            return Refusals.ServiceUnavailable("Too many API tokens are being looked up. Try again.");
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

    // Checked every time, and after the token was cached, so a revocation in between is seen.
    private Result<Caller> Counted(Caller caller)
    {
        if (revoked.Contains(caller.SessionId))
            return Unknown();
        uses.Note(caller.ApiTokenId);
        return caller;
    }

    private static Refusal Unknown() =>
        Refusals.AuthenticationRequired("The API token is invalid or has expired. Use another one.");

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
        command.Parameters.Add(Sql.Value(hash));
        command.Parameters.Add(Sql.Value(now));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var id = reader.Id<ApiTokenId>("id");
        var scopes = ScopeWords.Read(reader.Get<string[]>("scopes"));
        return (
            new Caller(id.AsUser, reader.Id<OrganisationId>("organisation_id"), Role.Manager, id.AsSession, scopes),
            reader.Instant("expires_at")
        );
    }
}
