using System.Text.Json;
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
/// A manager creates a token for a server. The token is shown once: the response stored for repeats does not contain
/// it.
/// </summary>
public sealed class CreateApiToken(SingleWrites writes, Ids ids) : IUseCase
{
    public const int DaysMax = 365;

    private static readonly Field<string> Name = Field
        .Text("name", "The token's name, which says what it is for.", 1, 100)
        .WithExample("Bank statement importer");
    private static readonly Field<IReadOnlyList<string>> Scopes = Field
        .Values(
            "scopes",
            "What the token may do: one or more scopes, each once.",
            ScopeWords.All.Count,
            Field.OneOf("scope", "One scope.", ScopeWords.All)
        )
        .AsSet()
        .WithExample((string[])["repayments:read", "repayments:verify"]);
    private static readonly Field<int> ExpiresInDays = Field
        .Integer("expiresInDays", "The number of days until the token expires.", 1, DaysMax)
        .WithExample(90);

    public static Contract Contract { get; } =
        new Contract("Create an API token, which is shown once")
            .Reads(Name, Scopes, ExpiresInDays)
            .Returns<NewApiToken>()
            .Refuses(Refusals.ScopesInvalid());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var scopes = call.Body.Get(Scopes);
        if (scopes.Count == 0 || scopes.Distinct().Count() < scopes.Count)
            return Answer.Refused(Refusals.ScopesInvalid());

        return await writes.RunAsync(call, (connection, context) => CreateAsync(connection, call, context));
    }

    private async ValueTask<Answer> CreateAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var secret = ApiTokenSecret.Create();
        var token = new ApiToken
        {
            Id = ids.Next<ApiTokenId>(),
            Name = call.Body.Get(Name),
            Scopes = ScopeWords.Write(ScopeWords.Read(call.Body.Get(Scopes))),
            CreatedBy = context.By,
            CreatedAt = context.At,
            ExpiresAt = context.At.AddDays(call.Body.Get(ExpiresInDays)),
            LastUsedAt = null,
            RevokedAt = null,
        };
        var detail = JsonSerializer.Serialize(
            new
            {
                token.Name,
                token.Scopes,
                ExpiresAt = token.ExpiresAt.UtcDateTime,
            },
            Wire.Options
        );
        await using var batch = new NpgsqlBatch(connection);
        ApiTokenStore.AddTo(batch, call.Caller.OrganisationId, token, ApiTokenSecret.HashOf(secret));
        AuditTrail.AddTo(
            batch,
            [
                new(
                    call.Caller.OrganisationId,
                    token.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "API_TOKEN_CREATED", detail)
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.ShownOnce(
            NewApiToken.Of(token, secret),
            NewApiToken.Of(token, null),
            "Keep the token now: it is not shown again.",
            "This token was created before and is not shown again. If you lost it, revoke it and create another."
        );
    }
}

/// <summary>An API token that was just created.</summary>
/// <param name="Id">The token's id, which revoking it takes.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Scopes">What the token may do.</param>
/// <param name="CreatedAt">When the token was created.</param>
/// <param name="ExpiresAt">The instant from which the token is invalid.</param>
/// <param name="Token">The token itself; null if the response repeats an earlier one.</param>
public sealed record NewApiToken(
    ApiTokenId Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string? Token
)
{
    /// <summary>The response with the token, or without it for a repeat.</summary>
    public static NewApiToken Of(ApiToken token, string? secret) =>
        new(token.Id, token.Name, token.Scopes, token.CreatedAt, token.ExpiresAt, secret);
}
