using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Webhooks;

/// <summary>
/// A manager changes a webhook endpoint, pauses it, disables it or starts it again. Starting it forgets its failures.
/// </summary>
public sealed class ChangeWebhook(SingleWrites writes, TargetGuard guard, Ids ids) : IUseCase
{
    private static readonly Field<WebhookState> State = Field.OneOf(
        "state",
        "ACTIVE to send events, PAUSED to keep them until it is active again, DISABLED to drop them.",
        WebhookState.Active,
        WebhookState.Paused,
        WebhookState.Disabled
    );

    public static Contract Contract { get; } =
        new Contract("Change, pause or start a webhook endpoint")
            .Reads(WebhookFields.Url, WebhookFields.Description, WebhookFields.Types, State)
            .Returns<WebhookEndpoint>()
            .Refuses(Refusals.ValidationFailed(), Refusals.NotFound("webhook"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        if (await guard.CheckUrlAsync(call) is { } refusal)
            return Answer.Refused(refusal);
        return await writes.RunAsync(call, (connection, context) => ChangeAsync(connection, call, context));
    }

    private async ValueTask<Answer> ChangeAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var before = await WebhookStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(WebhookRoutes.WebhookId),
            call.Cancellation
        );
        if (before is null)
            return Answer.Refused(Refusals.NotFound("webhook"));
        var after = before with
        {
            Url = call.Body.Get(WebhookFields.Url),
            Description = call.Body.Get(WebhookFields.Description),
            Types = call.Body.Get(WebhookFields.Types),
            State = call.Body.Get(State),
        };
        // It stays new until it has accepted an event.
        if (before.State == WebhookState.New && after.State == WebhookState.Active)
            after = after with { State = WebhookState.New };
        if (after.State is WebhookState.New or WebhookState.Active)
            after = after with { Failures = 0, FailingSince = null };
        await using var batch = new NpgsqlBatch(connection);
        WebhookStore.AddChangeTo(batch, after);
        AuditTrail.AddTo(batch, [WebhookAudit.Of(call, context, ids, after, "WEBHOOK_CHANGED")]);
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(after);
    }
}
