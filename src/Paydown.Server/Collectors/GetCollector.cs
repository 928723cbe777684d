using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Collectors;

/// <summary>Shows a collector with what it has collected, kept and remitted, and what it owes still.</summary>
public sealed class GetCollector(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a third party that collects loans, and what it owes")
            .Returns<CollectorDetails>()
            .Refuses(Refusals.NotFound("collector"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var id = call.Path(CollectorRoutes.CollectorId);
        var collector = await CollectorStore.FindAsync(connection, organisation.Id, id, call.Cancellation);
        if (collector is null)
            return Answer.Refused(Refusals.NotFound("collector"));
        var loans = await CollectorStore.CountLoansAsync(
            connection,
            organisation.Id,
            collector.Name,
            call.Cancellation
        );
        var balance = await CollectorStore.GetBalanceAsync(connection, id, organisation.Currency, call.Cancellation);
        return Answer.Success(new CollectorDetails(collector, loans, balance));
    }
}
