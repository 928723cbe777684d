using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Writes;
using Paydown.Server.SignIn;

namespace Paydown.Server.Customers;

/// <summary>
/// A manager removes the second factor of a customer who lost the authenticator app and the recovery codes. The
/// password stays, and the customer gets a message.
/// </summary>
public sealed class ResetCustomerSecondFactor(SingleWrites writes, AccountNotices notices, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Remove a customer's second factor").Returns<Done>().Refuses(Refusals.NotFound("customer"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => ResetAsync(connection, call, context));

    private async ValueTask<Answer> ResetAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var (organisationId, id) = (call.Caller.OrganisationId, call.Path(CustomerRoutes.CustomerId));
        if (await CustomerStore.LockAsync(connection, organisationId, id, call.Cancellation) is not { } customer)
            return Answer.Refused(Refusals.NotFound("customer"));
        var sender = await NoticeSender.ReadAsync(connection, organisationId, call.Cancellation);
        var user = new User(
            id.AsUser,
            organisationId,
            Role.Customer,
            customer.FirstName,
            customer.LastName,
            customer.Email
        );
        await using var batch = new NpgsqlBatch(connection);
        SecondFactorStore.AddRemovalTo(batch, user.Id);
        NoticeStore.AddTo(batch, notices.SecondFactorChanged(sender, user, isOn: false), context.At);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    organisationId,
                    user.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "CUSTOMER_SECOND_FACTOR_RESET", "{}")
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(new Done(), "The customer signs in without a second factor.");
    }
}
