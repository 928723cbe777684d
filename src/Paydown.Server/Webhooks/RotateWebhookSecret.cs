using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Webhooks;

/// <summary>
/// A manager replaces the secret of an endpoint. For a while both secrets sign, so no delivery is refused while the
/// receiver changes its copy.
/// </summary>
public sealed class RotateWebhookSecret(SingleWrites writes, Ids ids) : IUseCase
{
    private const int OverlapHours = 24;
    private const int OverlapHoursMax = 168;

    private static readonly Field<int> PreviousForHours = Field
        .Integer(
            "previousForHours",
            $"How long the previous secret signs as well; 0 if it has leaked. Absent: {OverlapHours}.",
            0,
            OverlapHoursMax
        )
        .Or(OverlapHours)
        .WithExample(OverlapHours);

    public static Contract Contract { get; } =
        new Contract("Replace the secret of a webhook endpoint; the new one is shown once")
            .Reads(PreviousForHours)
            .Returns<NewWebhook>()
            .Refuses(Refusals.NotFound("webhook"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => RotateAsync(connection, call, context));

    private async ValueTask<Answer> RotateAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var endpoint = await WebhookStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(WebhookRoutes.WebhookId),
            call.Cancellation
        );
        if (endpoint is null)
            return Answer.Refused(Refusals.NotFound("webhook"));
        var secret = WebhookSignature.CreateSecret();
        var hours = call.Body.Get(PreviousForHours);
        var rotated = endpoint with { PreviousSecretUntil = hours > 0 ? context.At.AddHours(hours) : null };
        await using var batch = new NpgsqlBatch(connection);
        WebhookStore.AddRotationTo(batch, endpoint.Id, secret, rotated.PreviousSecretUntil);
        AuditTrail.AddTo(
            batch,
            [
                WebhookAudit.Of(
                    call,
                    context,
                    ids,
                    endpoint.Id,
                    "WEBHOOK_SECRET_ROTATED",
                    new { rotated.PreviousSecretUntil }
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.ShownOnce(
            new NewWebhook(rotated, WebhookSignature.Write(secret)),
            new NewWebhook(rotated, null),
            "Keep the secret now: it is not shown again.",
            "The secret was replaced before and is not shown again. If you lost it, rotate it again."
        );
    }
}
