using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.ApiTokens;

/// <summary>
/// A manager revokes an API token. Once the response is sent, no server accepts it. Revoking it again changes nothing,
/// so callers need not check first.
/// </summary>
public sealed class RevokeApiToken(SingleWrites writes, RevokedSessions revoked, Ids ids, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Revoke an API token at once on every server")
            .Returns<ApiToken>()
            .Refuses(Refusals.NotFound("API token"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var answer = await writes.RunAsync(call, (connection, context) => RevokeAsync(connection, call, context));
        // The commit notified the other servers.
        if (answer.IsSuccess)
            revoked.Add(
                call.Path(ApiTokenRoutes.TokenId).AsSession,
                ApiTokenDirectory.RememberedUntil(time.GetUtcNow())
            );
        return answer;
    }

    private async ValueTask<Answer> RevokeAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var organisationId = call.Caller.OrganisationId;
        var token = await ApiTokenStore.LockAsync(
            connection,
            organisationId,
            call.Path(ApiTokenRoutes.TokenId),
            call.Cancellation
        );
        if (token is null)
            return Answer.Refused(Refusals.NotFound("API token"));
        if (token.RevokedAt is not null)
            return Answer.Success(token, "This token was already revoked.");

        await using var batch = new NpgsqlBatch(connection);
        ApiTokenStore.AddRevocationTo(batch, token.Id, context.By, context.At);
        AuditTrail.AddTo(
            batch,
            [new(organisationId, token.Id.AsSubject, context, new(ids.Next<AuditEntryId>(), "API_TOKEN_REVOKED", "{}"))]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        await RevocationStore.RevokeAsync(
            connection,
            token.Id.AsSession,
            context.At,
            ApiTokenDirectory.RememberedUntil(context.At),
            call.Cancellation
        );
        return Answer.Success(token with { RevokedAt = context.At }, "The token is revoked.");
    }
}
