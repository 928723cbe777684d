using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>Lists where the caller is signed in, the newest session first.</summary>
public sealed class ListSessions(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    private const string Condition = "from user_session where user_id = $1 and revoked_at is null and expires_at > $2";

    private static readonly PageQuery Page = new(
        Condition,
        $"""
        select id, signed_in_at, expires_at {Condition} and ($3::uuid is null or id < $3)
        order by id desc limit $4 offset $5
        """
    );

    public static Contract Contract { get; } =
        new Contract("List your sessions, the newest first").Takes(Paging.Fields).ReturnsPage<ActiveSession>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await Page.ReadAsync(
            connection,
            call.Paging,
            [Sql.Value(call.Caller.UserId), Sql.Value(time.GetUtcNow())],
            reader => Read(reader, call.Caller.SessionId),
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, session => new(session.Id), page.Counted);
    }

    private static ActiveSession Read(NpgsqlDataReader reader, SessionId current)
    {
        var (id, expiresAt) = (reader.Id<SessionId>("id"), reader.Instant("expires_at"));
        return new()
        {
            Id = id,
            SignedInAt = reader.Instant("signed_in_at"),
            // Each refresh extends it by a whole life.
            LastRefreshedAt = expiresAt - RefreshSecret.Lifetime,
            ExpiresAt = expiresAt,
            IsCurrent = id == current,
        };
    }
}

/// <summary>A sign-in that has not ended.</summary>
public sealed record ActiveSession
{
    /// <summary>The session's id.</summary>
    public required SessionId Id { get; init; }

    /// <summary>When the user signed in.</summary>
    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>When the session last got a new access token.</summary>
    public required DateTimeOffset LastRefreshedAt { get; init; }

    /// <summary>When the session ends if it is not refreshed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>True for the session of this request.</summary>
    public required bool IsCurrent { get; init; }
}
