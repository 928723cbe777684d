using System.Data;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>Shows an officer everything about one repayment: what was reported, decided and allocated.</summary>
public sealed class GetRepayment(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show everything about one repayment: what was reported, decided and allocated")
            .Returns<RepaymentDetails>()
            .Refuses(Refusals.NotFound("repayment"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var context = await organisations.ContextAsync(call);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        // One snapshot keeps decisions, allocation and balances consistent.
        await using var snapshot = await connection.BeginTransactionAsync(
            IsolationLevel.RepeatableRead,
            call.Cancellation
        );
        var details = await RepaymentDetailsStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(RepaymentRoutes.Id),
            context,
            call.Cancellation
        );
        return details is null ? Answer.Refused(Refusals.NotFound("repayment")) : Answer.Success(details);
    }
}
