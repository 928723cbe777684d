using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>Shows a customer one of the own repayments, as in the list.</summary>
public sealed class GetOwnRepayment(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show one of your repayments")
            .Returns<CustomerRepayment>()
            .Refuses(Refusals.NotFound("repayment"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var customerId = call.Caller.CustomerId;
        var today = (await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation)).Today(time);
        var filter = new ListFilter(null, null, null, call.Path(RepaymentRoutes.Id));
        await using var cursor = await RepaymentListStore.OpenAsync(database, customerId, filter, call.Cancellation);
        if (!await cursor.MoveNextAsync(call.Cancellation))
            return Answer.Refused(Refusals.NotFound("repayment"));
        var repayment = cursor.Current;
        await RepaymentListStore.RefreshAsync(database, customerId, cursor.Frame, today, call.Cancellation);
        return Answer.SuccessBytes(output => new RepaymentJson(cursor.Frame).Write(output, repayment, isFirst: true));
    }
}
