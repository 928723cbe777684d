using Npgsql;
using Paydown.Lending.Collectors;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Collectors;

/// <summary>
/// A manager changes a collector. Another commission counts for the files that come from now on. The name stays while
/// loans carry it.
/// </summary>
public sealed class ChangeCollector(SingleWrites writes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Change a third party that collects loans")
            .Reads([
                CollectorBody.Name,
                CollectorBody.CommissionPercent,
                .. Field.SpelledOut([CollectorBody.AccountNumber, CollectorBody.CsvProfile]),
            ])
            .Returns<Collector>()
            .Refuses(
                Refusals.ValidationFailed(),
                Refusals.NotFound("collector"),
                Refusals.CollectorHoldsLoans(),
                Refusals.CollectorExists()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => ChangeAsync(connection, call, context));

    private async ValueTask<Answer> ChangeAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var organisationId = call.Caller.OrganisationId;
        var before = await CollectorStore.LockAsync(
            connection,
            organisationId,
            call.Path(CollectorRoutes.CollectorId),
            call.Cancellation
        );
        if (before is null)
            return Answer.Refused(Refusals.NotFound("collector"));
        var read = CollectorBody.Read(call.Body, before.Id, before.RecordedAt);
        if (read.IsRefused)
            return Answer.Refused(read.Refusal);
        var after = read.Value;
        if (
            !CollectionRules.IsHeldBy(after.Name, before.Name)
            && await CollectorStore.CountLoansAsync(connection, organisationId, before.Name, call.Cancellation) > 0
        )
            return Answer.Refused(Refusals.CollectorHoldsLoans());
        if (!await CollectorStore.ChangeAsync(connection, organisationId, after, call.Cancellation))
            return Answer.Refused(Refusals.CollectorExists());
        await using var batch = new NpgsqlBatch(connection);
        AuditTrail.AddTo(batch, [CollectorBody.Audited(call, context, ids, after, "COLLECTOR_CHANGED")]);
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(after);
    }
}
