using Npgsql;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>The repayments of an officer's organisation, newest first, a page at a time.</summary>
public sealed class ListRepaymentsForOfficers(
    NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
{
    private const string All = "ALL";

    public static IReadOnlyList<Field> QueryFields { get; } =
    [
        Field.Id("loanApplicationId", "Only repayments of the loan of this application.").Optional(),
        Field.OneOf(
            "status", "Only these; REJECTED includes what was reversed. Absent: ALL.",
            "PENDING_VERIFICATION", "VERIFIED", "REJECTED", All)
            .Optional(),
        Field.Date("startDate", "Recorded on this day or later, in the organisation's time zone.").Optional(),
        Field.Date("endDate", "Recorded on this day or earlier.").Optional(),
        .. Paging.Fields,
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var query = call.Query;
        var filter = new OfficerRepaymentFilter
        {
            OrganisationId = organisation.Id,
            LoanApplicationId = query.IdOrNull("loanApplicationId"),
            Statuses = StatusesOf(query.TextOrNull("status") ?? All),
            From = organisation.StartOf(query.DateOrNull("startDate")),
            Before = organisation.EndOf(query.DateOrNull("endDate")),
        };
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await OfficerRepaymentStore.ListAsync(
            connection, filter, call.Paging, organisation.Today(time), call.Cancellation);
        return call.Paging.Answer(page.Records, repayment => repayment.Id, page.Counted);
    }

    private static string[]? StatusesOf(string status) => status switch
    {
        All => null,
        "REJECTED" => ["REJECTED", "REVERSED"],
        _ => [status],
    };
}
