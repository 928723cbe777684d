using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Webhooks;

/// <summary>Lists the webhook endpoints of an organisation, newest first.</summary>
public sealed class ListWebhooks(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the webhook endpoints, newest first").Takes(Paging.Fields).ReturnsPage<WebhookEndpoint>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await WebhookStore.ListAsync(connection, call.Caller.OrganisationId, call.Paging, call.Cancellation);
        return call.Paging.Answer(page.Records, endpoint => new(endpoint.Id), page.Counted);
    }
}
