using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.ApiTokens;

/// <summary>Lists the API tokens of an organisation, newest first, expired and revoked ones included.</summary>
public sealed class ListApiTokens(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the API tokens of the organisation, newest first")
            .Takes(Paging.Fields)
            .ReturnsPage<ApiToken>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await ApiTokenStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, token => new(token.Id), page.Counted);
    }
}
