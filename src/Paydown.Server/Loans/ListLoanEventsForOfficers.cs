using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Ledger;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists the events of a loan for officers, in order of their value dates: what each changed, who recorded it and why,
/// and what it posts. So every figure of the loan and of its books leads to an event.
/// </summary>
public sealed class ListLoanEventsForOfficers(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the events of a loan with what each changed and posts, oldest first")
            .Takes(Paging.Fields)
            .ReturnsPage<HistoryEvent>(PageKeyPart.Date, PageKeyPart.Number, PageKeyPart.Id)
            .Refuses(Refusals.NotFound("loan account"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await LoanStore.FindInOrganisationAsync(
            connection,
            organisation.Id,
            call.Path(LoanRoutes.AccountId),
            forUpdate: false,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan account"));
        var records = await EventRecordStore.ListAsync(connection, stored, call.Cancellation);
        var events = LoanHistory.Of(stored, organisation.Today(time), records);
        var entries = await JournalEntries.OfLoanAsync(
            connection,
            stored.CustomerId,
            stored.Id,
            [.. stored.Events.Select(one => one.Id)],
            call.Cancellation
        );
        return LoanHistory.Answer(call.Paging, LoanHistory.WithBooks(events, records, entries, stored));
    }
}
