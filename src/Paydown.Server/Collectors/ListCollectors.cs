using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Collectors;

/// <summary>Lists the third parties that collect loans for the lender, newest first.</summary>
public sealed class ListCollectors(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the third parties that collect loans").Takes(Paging.Fields).ReturnsPage<Collector>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await CollectorStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.Id), page.Counted);
    }
}
