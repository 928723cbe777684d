using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Identity;

public sealed class ApiTokenDirectoryTests : IClassFixture<TestDatabase>, IDisposable
{
    private readonly TestDatabase database;
    private readonly ManualTime time = new();
    private readonly Ids ids = new(TimeProvider.System);
    private readonly RevokedSessions revoked = new();
    private readonly ApiTokenUses uses;
    private readonly ApiTokenDirectory tokens;

    public ApiTokenDirectoryTests(TestDatabase database)
    {
        this.database = database;
        uses = new(database.DataSource, time, NullLogger<ApiTokenUses>.Instance);
        tokens = new(database.DataSource, revoked, uses, time);
    }

    public void Dispose()
    {
        tokens.Dispose();
        uses.Dispose();
    }

    [Fact]
    public async Task A_token_acts_as_a_manager_with_its_scopes_and_its_own_id()
    {
        var (id, organisationId, token) = await AddAsync(TimeSpan.FromDays(1));
        var caller = new Caller(
            id.AsUser,
            organisationId,
            Role.Manager,
            id.AsSession,
            Scopes.LoansRead | Scopes.AuditRead
        );
        (await FindAsync(token)).ShouldBe(caller);
        // Again, from the cache.
        var again = tokens.FindAsync(token, default).AsTask();
        again.IsCompleted.ShouldBeTrue();
        (await again).Value.ShouldBe(caller);
    }

    [Fact]
    public async Task A_cached_token_is_valid_until_it_expires()
    {
        var (_, _, token) = await AddAsync(TimeSpan.FromMinutes(5));
        (await FindAsync(token)).ShouldNotBeNull();
        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await FindAsync(token)).ShouldNotBeNull();
        time.Advance(TimeSpan.FromSeconds(1));
        (await FindAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_revocation_takes_effect_at_once_if_notified_and_otherwise_when_the_cache_expires()
    {
        var (heardId, _, heard) = await AddAsync(TimeSpan.FromDays(1));
        var (silentId, _, silent) = await AddAsync(TimeSpan.FromDays(1));
        (await FindAsync(heard)).ShouldNotBeNull();
        (await FindAsync(silent)).ShouldNotBeNull();
        await ExecuteAsync(
            "update api_token set revoked_by = id, revoked_at = now() where id = any ($1)",
            new[] { heardId.Value, silentId.Value }
        );

        revoked.Add(heardId.AsSession, ApiTokenDirectory.RememberedUntil(time.GetUtcNow()));
        (await FindAsync(heard)).ShouldBeNull();
        (await FindAsync(silent)).ShouldNotBeNull();

        time.Advance(ApiTokenDirectory.RememberedMax);
        (await FindAsync(silent)).ShouldBeNull();
        // By the time the revocation is forgotten, the token is not cached any more.
        time.Advance(TimeSpan.FromMinutes(5));
        revoked.ForgetExpired(time.GetUtcNow());
        revoked.Count.ShouldBe(0);
        (await FindAsync(heard)).ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_token_has_no_caller()
    {
        var (_, _, token) = await AddAsync(TimeSpan.FromDays(1));
        string[] wrong =
        [
            "",
            "pdk_",
            token[..^1],
            token + "=",
            token.ToUpperInvariant(),
            "pdk_é" + token[5..],
            ApiTokenSecret.Create(),
        ];
        foreach (var text in wrong)
            (await FindAsync(text)).ShouldBeNull();
    }

    private async Task<Caller?> FindAsync(string token)
    {
        var found = await tokens.FindAsync(token, default);
        if (!found.IsRefused)
            return found.Value;
        found.Refusal.Code.ShouldBe("AUTH_REQUIRED");
        return null;
    }

    private async Task<(ApiTokenId Id, OrganisationId OrganisationId, string Token)> AddAsync(TimeSpan life)
    {
        var (id, organisationId, token) = (ids.Next<ApiTokenId>(), ids.Next<OrganisationId>(), ApiTokenSecret.Create());
        await ExecuteAsync(
            """
            insert into organisation (id, name, country_iso3, currency_code, collection_account_number, collection_account_name,
              collection_bank_code, collection_bank_name, contact_email, contact_phone, contact_hours, recorded_at)
            values ($1, 'Lender', 'NGA', 'NGN', '1', 'Lender', '1', 'Bank', 'a@b', '1', 'always', now())
            """,
            organisationId
        );
        await ExecuteAsync(
            """
            insert into api_token (id, organisation_id, name, hash, scopes, created_by, created_at, expires_at)
            values ($1, $2, 'Test', $3, '{loans:read,audit:read}', $1, $4, $5)
            """,
            id,
            organisationId,
            ApiTokenSecret.HashOf(token),
            time.GetUtcNow(),
            time.GetUtcNow() + life
        );
        return (id, organisationId, token);
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value));
        await command.ExecuteNonQueryAsync();
    }
}
