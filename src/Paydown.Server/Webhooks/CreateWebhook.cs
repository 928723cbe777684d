using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Webhooks;

/// <summary>
/// A manager creates a webhook endpoint, which receives the events from then on. Its secret is shown once: the response
/// stored for repeats does not contain it.
/// </summary>
public sealed class CreateWebhook(SingleWrites writes, TargetGuard guard, Ids ids) : IUseCase
{
    /// <summary>The maximum number of endpoints of an organisation.</summary>
    public const int EndpointsMax = 20;

    public static Contract Contract { get; } =
        new Contract("Create a webhook endpoint, whose secret is shown once")
            .Reads(WebhookFields.Url, WebhookFields.Description, WebhookFields.Types)
            .Returns<NewWebhook>()
            .Refuses(Refusals.ValidationFailed(), Refusals.TooManyWebhooks(EndpointsMax));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        if (await guard.CheckUrlAsync(call) is { } refusal)
            return Answer.Refused(refusal);
        return await writes.RunAsync(call, (connection, context) => CreateAsync(connection, call, context));
    }

    private async ValueTask<Answer> CreateAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var organisationId = call.Caller.OrganisationId;
        if (await WebhookStore.CountAsync(connection, organisationId, call.Cancellation) >= EndpointsMax)
            return Answer.Refused(Refusals.TooManyWebhooks(EndpointsMax));
        var secret = WebhookSignature.CreateSecret();
        var endpoint = new WebhookEndpoint
        {
            Id = ids.Next<WebhookId>(),
            Url = call.Body.Get(WebhookFields.Url),
            Description = call.Body.Get(WebhookFields.Description),
            Types = call.Body.Get(WebhookFields.Types),
            State = WebhookState.New,
            Failures = 0,
            FailingSince = null,
            PreviousSecretUntil = null,
            CreatedBy = context.By,
            CreatedAt = context.At,
        };
        await using var batch = new NpgsqlBatch(connection);
        WebhookStore.AddTo(batch, organisationId, endpoint, secret);
        AuditTrail.AddTo(batch, [WebhookAudit.Of(call, context, ids, endpoint, "WEBHOOK_CREATED")]);
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.ShownOnce(
            new NewWebhook(endpoint, WebhookSignature.Write(secret)),
            new NewWebhook(endpoint, null),
            "Keep the secret now: it is not shown again.",
            "This webhook was created before and its secret is not shown again. If you lost it, rotate it."
        );
    }
}

/// <summary>A webhook endpoint with a new secret.</summary>
/// <param name="Webhook">The endpoint.</param>
/// <param name="Secret">
/// The secret that signs its events, <c>whsec_</c> and base64; null if the response repeats an earlier one.
/// </param>
public sealed record NewWebhook(WebhookEndpoint Webhook, string? Secret);
