using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Collectors;

/// <summary>Lists the money that a collector has remitted, newest first.</summary>
public sealed class ListRemittances(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    private const string Filter = "from collector_remittance m where m.organisation_id = $1 and m.collector_id = $2";

    private static readonly PageQuery Page = new(
        Filter,
        $"""
        select m.entry_id, m.file_id, m.amount, m.remitted_on {Filter}
          and ($3::date is null or (m.remitted_on, m.entry_id) < ($3, $4::uuid))
        order by m.remitted_on desc, m.entry_id desc limit $5 offset $6
        """
    );

    public static Contract Contract { get; } =
        new Contract("List the remittances of a collector, newest first")
            .Takes(Paging.Fields)
            .ReturnsPage<CollectorRemittance>(PageKeyPart.Date, PageKeyPart.Id)
            .Refuses(Refusals.NotFound("collector"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var id = call.Path(CollectorRoutes.CollectorId);
        if (await CollectorStore.FindAsync(connection, organisation.Id, id, call.Cancellation) is null)
            return Answer.Refused(Refusals.NotFound("collector"));
        var page = await Page.ReadAsync(
            connection,
            call.Paging,
            [NpgsqlDbType.Date, NpgsqlDbType.Uuid],
            [Sql.Value(organisation.Id), Sql.Value(id)],
            reader => new CollectorRemittance(
                reader.Id<StatementEntryId>("entry_id"),
                reader.IdOrNull<CollectorFileId>("file_id"),
                reader.Money("amount", organisation.Currency),
                reader.Date("remitted_on")
            ),
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.RemittedOn, one.EntryId), page.Counted);
    }
}

/// <summary>A bank entry that is the remittance of a collector.</summary>
/// <param name="EntryId">The bank entry.</param>
/// <param name="FileId">The file whose money it is; null: of the collector's oldest files.</param>
/// <param name="Amount">Positive for money from the collector, negative for money back to it.</param>
/// <param name="RemittedOn">The value date.</param>
public sealed record CollectorRemittance(
    StatementEntryId EntryId,
    CollectorFileId? FileId,
    Money Amount,
    DateOnly RemittedOn
);
