using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Finds the loan that a path names. The path holds the id of its application, or of its account if it was taken over
/// without one. Customers find their own loans, officers those of their organisation.
/// </summary>
public static class ShownLoan
{
    /// <summary>Returns the loan, unlocked, or a refusal if the caller has no such loan.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="call">A call whose path has a <c>loan-application-id</c>.</param>
    /// <param name="now">Decides whether an offer has expired.</param>
    public static async Task<Result<StoredLoan>> FindAsync(NpgsqlConnection connection, Call call, DateTimeOffset now)
    {
        var id = call.PathId("loan-application-id");
        var stored = call.Caller.IsOfficer
            ? await LoanStore.FindShownInOrganisationAsync(
                connection,
                call.Caller.OrganisationId,
                id,
                call.Cancellation
            )
            : await LoanStore.FindShownAsync(connection, call.Caller.CustomerId, id, call.Cancellation);
        return stored is null ? await MissingLoan.RefuseAsync(connection, call, id, now) : stored;
    }
}
