using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Finds the loan that a path names by its application, or by its account: a loan that was taken over has no
/// application. A customer finds their own, an officer those of the organisation.
/// </summary>
public static class ShownLoan
{
    /// <summary>The loan, unlocked, or why there is none for the caller.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="call">Its path names the loan as <c>loan-application-id</c>.</param>
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
            : await LoanStore.FindShownAsync(connection, call.Caller.UserId, id, call.Cancellation);
        return stored is null ? await MissingLoan.RefuseAsync(connection, call, id, now) : stored;
    }
}
