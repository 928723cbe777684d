using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>
/// Compares what the bank has on an account with what the ledger has: the balances, the items in transit between them,
/// and what is left unexplained. <c>paydown audit</c> finds such a rest too.
/// </summary>
public sealed class GetReconciliation(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Compare the balance of a bank account with the ledger")
            .Takes(ReconciledDay.AsOf)
            .Returns<BankReconciliation>()
            .Refuses(Refusals.NotFound("collection account"), Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var today = organisation.Today(time);
        if (ReconciledDay.Wrong(call, today) is { } wrong)
            return Answer.Refused(wrong);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await ReconciliationStore.FindAsync(
            connection,
            organisation.Id,
            call.Path(StatementRoutes.AccountId),
            call.Query.Get(ReconciledDay.AsOf),
            today,
            call.Cancellation
        );
        return found is null ? Answer.Refused(Refusals.NotFound("collection account")) : Answer.Success(found);
    }
}
