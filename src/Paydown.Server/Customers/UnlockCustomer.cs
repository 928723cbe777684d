using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Customers;

/// <summary>A manager ends the lock that failed sign-ins of a customer, or of strangers, have caused.</summary>
public sealed class UnlockCustomer(SingleWrites writes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Unlock a customer's sign-in").Returns<Done>().Refuses(Refusals.NotFound("customer"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => UnlockAsync(connection, call, context));

    private async ValueTask<Answer> UnlockAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var (organisationId, id) = (call.Caller.OrganisationId, call.Path(CustomerRoutes.CustomerId));
        if (await CustomerStore.LockAsync(connection, organisationId, id, call.Cancellation) is null)
            return Answer.Refused(Refusals.NotFound("customer"));
        await using var batch = new NpgsqlBatch(connection);
        UserStore.AddUnlockingTo(batch, id.AsUser, context.At);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    organisationId,
                    id.AsUser.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "CUSTOMER_UNLOCKED", "{}")
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(new Done(), "Failed sign-ins until now no longer count.");
    }
}
