using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Collectors;

/// <summary>Lists what a collector has collected, newest first.</summary>
public sealed class ListCollections(NpgsqlDataSource database) : IUseCase
{
    private static readonly Field<CollectionState?> State = Field
        .OneOf<CollectionState>("state", "Only collections in this state.", Enum.GetValues<CollectionState>())
        .Optional();
    private static readonly Field<CollectorFileId?> FileId = Field
        .Id<CollectorFileId>("fileId", "Only collections that this file added.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List what a collector has collected, newest first")
            .Takes([State, FileId, .. Paging.Fields])
            .ReturnsPage<CollectedPayment>()
            .Refuses(Refusals.NotFound("collector"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var (organisationId, id) = (call.Caller.OrganisationId, call.Path(CollectorRoutes.CollectorId));
        if (await CollectorStore.FindAsync(connection, organisationId, id, call.Cancellation) is null)
            return Answer.Refused(Refusals.NotFound("collector"));
        var page = await CollectionStore.ListAsync(
            connection,
            organisationId,
            id,
            call.Query.Get(State),
            call.Query.Get(FileId),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.Id!.Value), page.Counted);
    }
}
