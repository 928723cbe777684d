using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>An API token without its secret, which is shown once and not stored.</summary>
public sealed record ApiToken
{
    /// <summary>The token's id.</summary>
    public required ApiTokenId Id { get; init; }

    /// <summary>The token's name, which says what it is for.</summary>
    public required string Name { get; init; }

    /// <summary>The scopes, for example <c>repayments:verify</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The manager who created it.</summary>
    public required UserId CreatedBy { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute; null if never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null if it is not.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>The SQL of API tokens. <see cref="ApiTokenDirectory"/> finds the owner of a token that was sent.</summary>
public static class ApiTokenStore
{
    private const string Columns = "id, name, scopes, created_by, created_at, expires_at, last_used_at, revoked_at";

    private static readonly PageQuery Page = new(
        "from api_token where organisation_id = $1",
        $"""
        select {Columns} from api_token
        where organisation_id = $1 and ($2::uuid is null or id < $2)
        order by id desc limit $3 offset $4
        """
    );

    /// <summary>Adds the statement that writes a new token to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, OrganisationId organisationId, ApiToken token, byte[] hash) =>
        batch.BatchCommands.Add(
            new(
                """
                insert into api_token (id, organisation_id, name, hash, scopes, created_by, created_at, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                """
            )
            {
                Parameters =
                {
                    Sql.Value(token.Id),
                    Sql.Value(organisationId),
                    Sql.Value(token.Name),
                    Sql.Value(hash),
                    Sql.Value(token.Scopes.ToArray()),
                    Sql.Value(token.CreatedBy),
                    Sql.Value(token.CreatedAt),
                    Sql.Value(token.ExpiresAt),
                },
            }
        );

    /// <summary>Returns a page of an organisation's tokens, newest first.</summary>
    public static Task<PageRecords<ApiToken>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Paging paging,
        CancellationToken cancellation
    ) => Page.ReadAsync(connection, paging, [Sql.Value(organisationId)], Read, cancellation);

    /// <summary>
    /// Returns a token of an organisation and locks it until the transaction ends; null if it has none with this id.
    /// </summary>
    public static async Task<ApiToken?> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ApiTokenId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from api_token where organisation_id = $1 and id = $2 for update",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>Adds the statement that writes a revocation to a batch.</summary>
    public static void AddRevocationTo(NpgsqlBatch batch, ApiTokenId id, UserId by, DateTimeOffset at) =>
        batch.BatchCommands.Add(
            new("update api_token set revoked_by = $2, revoked_at = $3 where id = $1")
            {
                Parameters = { Sql.Value(id), Sql.Value(by), Sql.Value(at) },
            }
        );

    /// <summary>Stores when tokens were last used; an earlier instant than the stored one changes nothing.</summary>
    public static Task AddUsesAsync(
        NpgsqlDataSource database,
        IReadOnlyCollection<ApiTokenId> ids,
        DateTimeOffset usedAt,
        CancellationToken cancellation
    ) =>
        WriteTransaction.RunAsync(
            database,
            "update api_token set last_used_at = greatest(last_used_at, $2) where id = any ($1)",
            cancellation,
            Sql.Value(ids),
            Sql.Value(usedAt)
        );

    private static ApiToken Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.Id<ApiTokenId>("id"),
            Name = reader.Text("name"),
            Scopes = reader.Get<string[]>("scopes"),
            CreatedBy = reader.Id<UserId>("created_by"),
            CreatedAt = reader.Instant("created_at"),
            ExpiresAt = reader.Instant("expires_at"),
            LastUsedAt = reader.InstantOrNull("last_used_at"),
            RevokedAt = reader.InstantOrNull("revoked_at"),
        };
}
