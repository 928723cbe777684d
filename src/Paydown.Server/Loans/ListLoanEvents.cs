using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists the events of a loan for its customer, in order of their value dates, with what each changed. Officers see it
/// as the customer does.
/// </summary>
public sealed class ListLoanEvents(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the events of a loan with what each changed, oldest first")
            .Takes(Paging.Fields)
            .ReturnsPage<HistoryEvent>(PageKeyPart.Date, PageKeyPart.Number, PageKeyPart.Id)
            .Refuses(Refusals.NotFound("loan account"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var accountId = call.Path(LoanRoutes.AccountId);
        var stored = call.Caller.IsOfficer
            ? await LoanStore.FindInOrganisationAsync(
                connection,
                organisation.Id,
                accountId,
                forUpdate: false,
                call.Cancellation
            )
            : await LoanStore.FindAsync(
                connection,
                call.Caller.CustomerId,
                accountId,
                forUpdate: false,
                call.Cancellation
            );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan account"));
        var records = await EventRecordStore.ListAsync(connection, stored, call.Cancellation);
        return LoanHistory.Answer(call.Paging, LoanHistory.Of(stored, organisation.Today(time), records));
    }
}
