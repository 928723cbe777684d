using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Applications;

/// <summary>
/// Lists the applications of an organisation, newest first. The shown status depends on more than the application's row
/// (<see cref="StoredApplication.StatusAt"/>), so each status has its own query along an index.
/// </summary>
public static class ApplicationListStore
{
    private const string PaidOff = "('CLOSED', 'OVERPAID')";

    private static readonly PageQuery OfAnyStatus = ByApplication("");
    private static readonly PageQuery OfStoredStatus = ByApplication("and a.status = $2");
    private static readonly PageQuery Requested = Query(
        "from loan_application a where a.organisation_id = $1 and a.requested_by = $2",
        parameterCount: 2
    );

    private static readonly PageQuery Offered = ByOffer("> $3");
    private static readonly PageQuery Expired = ByOffer("<= $3");
    private static readonly PageQuery Running = ByLoan($"a.state not in {PaidOff}");
    private static readonly PageQuery PaidBack = ByLoan($"a.state in {PaidOff}");

    /// <summary>Returns one page of an organisation's applications, newest first.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="status">The shown status; null for any.</param>
    /// <param name="now">Decides which offers have expired.</param>
    /// <param name="paging">The page.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static Task<PageRecords<StoredApplication>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ApplicationStatus? status,
        DateTimeOffset now,
        Paging paging,
        CancellationToken cancellation
    )
    {
        var query = status switch
        {
            null => OfAnyStatus,
            ApplicationStatus.OfferSent => Offered,
            ApplicationStatus.Expired => Expired,
            ApplicationStatus.Disbursed => Running,
            ApplicationStatus.PaidOff => PaidBack,
            _ => OfStoredStatus,
        };
        var word = status is { } some ? ApplicationStates.Word(some) : null;
        return query.ReadAsync(
            connection,
            paging,
            [Sql.Value(organisationId), Sql.Value(word, NpgsqlDbType.Text), Sql.Value(now)],
            ApplicationStore.Read,
            cancellation
        );
    }

    /// <summary>Returns one page of the applications that a user made, newest first.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="organisationId">The user's organisation.</param>
    /// <param name="requestedBy">The user.</param>
    /// <param name="paging">The page.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static Task<PageRecords<StoredApplication>> ListRequestedAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        UserId requestedBy,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Requested.ReadAsync(
            connection,
            paging,
            [Sql.Value(organisationId), Sql.Value(requestedBy)],
            ApplicationStore.Read,
            cancellation
        );

    private static PageQuery ByApplication(string condition) =>
        Query($"from loan_application a where a.organisation_id = $1 {condition}");

    // The other row of each application is read by a subquery. With a join, the planner would read the whole other
    // table first, because it does not know how few rows a page needs.
    private static PageQuery ByOffer(string condition) =>
        ByApplication(
            $"""
            and a.status = 'OFFER_SENT'
            and (select o.expires_at from loan_offer o
                 where o.customer_id = a.customer_id and o.application_id = a.id and o.number = a.offer_number)
                {condition}
            """
        );

    // Nearly every application with a loan is DISBURSED. The planner expects an equality with a subquery to hold for
    // one row in 200, and would sort the whole list to find a page. It expects a CASE to hold for every second row.
    private static PageQuery ByLoan(string condition) =>
        Query(
            $"""
            from (select customer_id, loan_application_id as id, organisation_id, state from loan_account) a
            where a.organisation_id = $1 and a.id is not null and {condition}
              and case (select b.status from loan_application b where b.customer_id = a.customer_id and b.id = a.id)
                    when 'DISBURSED' then true else false end
            """
        );

    // The planner does not know how few rows are needed. The order makes it follow the list's index in both statements,
    // and each application of the page is read separately.
    private static PageQuery Query(string from, int parameterCount = 3)
    {
        var (after, take, skip) = (parameterCount + 1, parameterCount + 2, parameterCount + 3);
        return new PageQuery(
            $"{from} order by a.id desc",
            $"""
            select shown.*
            from (select a.customer_id, a.id {from} and (${after}::uuid is null or a.id < ${after})
                  order by a.id desc limit ${take} offset ${skip}) page
            cross join lateral ({ApplicationStore.Select}
                                where a.customer_id = page.customer_id and a.id = page.id limit 1) shown
            order by page.id desc
            """
        );
    }
}
