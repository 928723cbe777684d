using Npgsql;
using Paydown.Lending;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>The repayments of an officer's organisation, newest first, a page at a time.</summary>
public sealed class ListRepaymentsForOfficers(
    NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
{
    private const int SizeDefault = 10;
    private const int SizeMax = 50;
    private const int PageMax = 1_000_000;
    private const string All = "ALL";

    public static IReadOnlyList<Field> QueryFields { get; } =
    [
        Field.Id("loanApplicationId", "Only repayments of the loan of this application.").Optional(),
        Field.OneOf(
            "status", "Only these; REJECTED includes what was reversed. Absent: ALL.",
            "PENDING_VERIFICATION", "VERIFIED", "REJECTED", All)
            .Optional(),
        Field.Integer("page", "Counted from 1. Absent: 1.", 1, PageMax).Optional(),
        Field.Integer("size", $"Records a page. Absent: {SizeDefault}.", 1, SizeMax).Optional(),
        Field.Moment("startDate", "Recorded on this day or at this time, or later.").Optional(),
        Field.Moment("endDate", "Recorded on this day or at this time, or earlier.").Optional(),
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
            From = organisation.StartOf(query.MomentOrNull("startDate")),
            Before = organisation.EndOf(query.MomentOrNull("endDate")),
        };
        if (filter.From >= filter.Before)
        {
            return Answer.Refused(
                Refusals.ValidationFailed(new FieldError("endDate", "must not be before startDate.")));
        }

        var (page, size) = (query.IntegerOrNull("page") ?? 1, query.IntegerOrNull("size") ?? SizeDefault);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var (repayments, total) = await OfficerRepaymentStore.ListAsync(
            connection, filter, size, (page - 1L) * size, organisation.Today(time), call.Cancellation);
        return Answer.Success(repayments, page: new Page(page, size, total));
    }

    private static string[]? StatusesOf(string status) => status switch
    {
        All => null,
        "REJECTED" => ["REJECTED", "REVERSED"],
        _ => [status],
    };
}
