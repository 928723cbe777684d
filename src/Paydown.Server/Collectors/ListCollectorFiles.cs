using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Collectors;

/// <summary>Lists the files of a collector, newest first, and what is missing of the money of each.</summary>
public sealed class ListCollectorFiles(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the files of a collector, and whether their money has arrived")
            .Takes(Paging.Fields)
            .ReturnsPage<CollectorFile>(PageKeyPart.Instant, PageKeyPart.Id)
            .Refuses(Refusals.NotFound("collector"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var id = call.Path(CollectorRoutes.CollectorId);
        if (await CollectorStore.FindAsync(connection, organisation.Id, id, call.Cancellation) is null)
            return Answer.Refused(Refusals.NotFound("collector"));
        var page = await CollectorFileStore.ListAsync(
            connection,
            organisation.Id,
            id,
            organisation.Currency,
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.RecordedAt, one.Id), page.Counted);
    }
}
