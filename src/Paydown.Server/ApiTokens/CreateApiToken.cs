using System.Text.Json;
using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.ApiTokens;

/// <summary>
/// A manager gives a server a token of its own. It is shown once: what is stored for repeats of the request lacks it.
/// </summary>
public sealed class CreateApiToken(SingleWrites writes, Ids ids)
{
    public const int DaysMax = 365;

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Text("name", "What it is for; people tell tokens apart by it.", 1, 100) with
        {
            Example = "Bank statement importer",
        },
        Field
            .Values(
                "scopes",
                "What the token may do: one scope or more, each once.",
                ScopeWords.All.Count,
                Field.OneOf("scope", "One thing that it may do.", ScopeWords.All)
            )
            .AsSet() with
        {
            Example = ApiToken.Example.Scopes,
        },
        Field.Integer("expiresInDays", "How long it counts.", 1, DaysMax) with
        {
            Example = 90,
        },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var scopes = call.Body.Texts("scopes");
        if (scopes.Count == 0 || scopes.Distinct().Count() < scopes.Count)
            return Answer.Refused(Refusals.ScopesInvalid());

        return await writes.RunAsync(call, (connection, context) => CreateAsync(connection, call, context));
    }

    private async ValueTask<Answer> CreateAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var secret = ApiTokenSecret.Create();
        var token = new ApiToken
        {
            Id = ids.Next(),
            Name = call.Body.Text("name"),
            Scopes = ScopeWords.Write(ScopeWords.Read(call.Body.Texts("scopes"))),
            CreatedBy = context.By,
            CreatedAt = context.At,
            ExpiresAt = context.At.AddDays(call.Body.Integer("expiresInDays")),
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
            [new(call.Caller.OrganisationId, token.Id, context, new(ids.Next(), "API_TOKEN_CREATED", detail))]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.ShownOnce(
            NewApiToken.Of(token, secret),
            NewApiToken.Of(token, null),
            "Keep the token now: it is not shown again.",
            "This token was made before and is not shown again; if it was lost, revoke it and make another one."
        );
    }
}

/// <summary>An API token that has just been made.</summary>
public sealed record NewApiToken(
    Guid Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string? Token
)
{
    public static NewApiToken Example { get; } = Of(ApiToken.Example, ApiTokenSecret.Prefix + new string('A', 43));

    /// <summary>With the token itself, or without it where it was shown before.</summary>
    public static NewApiToken Of(ApiToken token, string? secret) =>
        new(token.Id, token.Name, token.Scopes, token.CreatedAt, token.ExpiresAt, secret);
}
