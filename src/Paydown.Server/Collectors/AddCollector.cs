using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Collectors;

/// <summary>
/// A manager adds a collector, so that its files can be booked. Loans name it by its name, whichever came first.
/// </summary>
public sealed class AddCollector(SingleWrites writes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Add a third party that collects loans")
            .Reads(
                CollectorBody.Name,
                CollectorBody.CommissionPercent,
                CollectorBody.AccountNumber,
                CollectorBody.CsvProfile
            )
            .Returns<Collector>()
            .Refuses(Refusals.ValidationFailed(), Refusals.CollectorExists());

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => AddAsync(connection, call, context));

    private async ValueTask<Answer> AddAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var read = CollectorBody.Read(call.Body, ids.Next<CollectorId>(), context.At);
        if (read.IsRefused)
            return Answer.Refused(read.Refusal);
        var collector = read.Value;
        if (
            !await CollectorStore.AddAsync(
                connection,
                call.Caller.OrganisationId,
                collector,
                context,
                call.Cancellation
            )
        )
            return Answer.Refused(Refusals.CollectorExists());
        await using var batch = new NpgsqlBatch(connection);
        AuditTrail.AddTo(batch, [CollectorBody.Audited(call, context, ids, collector, "COLLECTOR_ADDED")]);
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(collector);
    }
}
