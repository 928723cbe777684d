using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// Explains why an application has no loan: either the caller has no such application, or it was not disbursed yet.
/// </summary>
public static class MissingLoan
{
    private const string FindStatus = """
        select case when a.status = 'OFFER_SENT' and o.expires_at <= $4 then 'EXPIRED' else a.status end
        from loan_application a
             left join (select customer_id, application_id, max(expires_at) as expires_at
                        from loan_offer where application_id = $1 group by 1, 2) o
               on o.customer_id = a.customer_id and o.application_id = a.id
        where a.id = $1 and a.organisation_id = $2 and ($3::uuid is null or a.customer_id = $3)
        """;

    /// <summary>
    /// Returns the refusal. Officers may ask about any application of the organisation, customers only about their own.
    /// </summary>
    public static async Task<Refusal> RefuseAsync(
        NpgsqlConnection connection,
        Call call,
        LoanApplicationId applicationId,
        DateTimeOffset now
    )
    {
        await using var command = new NpgsqlCommand(FindStatus, connection)
        {
            Parameters =
            {
                Sql.Value(applicationId),
                Sql.Value(call.Caller.OrganisationId),
                Sql.Value(call.Caller.IsOfficer ? null : call.Caller.CustomerId, NpgsqlDbType.Uuid),
                Sql.Value(now),
            },
        };
        return await command.ExecuteScalarAsync(call.Cancellation) is string status
            ? Refusals.LoanNotDisbursed(status)
            : Refusals.NotFound("loan application");
    }
}
