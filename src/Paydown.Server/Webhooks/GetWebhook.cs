using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Webhooks;

/// <summary>Shows a webhook endpoint, without its secret.</summary>
public sealed class GetWebhook(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a webhook endpoint").Returns<WebhookEndpoint>().Refuses(Refusals.NotFound("webhook"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var endpoint = await WebhookStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(WebhookRoutes.WebhookId),
            call.Cancellation
        );
        return endpoint is null ? Answer.Refused(Refusals.NotFound("webhook")) : Answer.Success(endpoint);
    }
}
