using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Finds the loan that a path names by its application, or by its account: a loan that was taken over has no
/// application. A customer finds their own, an officer those of the organisation.
/// </summary>
public static class ShownLoan
{
    /// <summary>The loan, unlocked; null if the caller may see none of this id.</summary>
    public static Task<LoanFile?> FindAsync(NpgsqlConnection connection, Call call, Guid applicationOrAccountId) =>
        call.Caller.IsOfficer
            ? LoanStore.FindShownInOrganisationAsync(
                connection, call.Caller.OrganisationId, applicationOrAccountId, call.Cancellation)
            : LoanStore.FindShownAsync(connection, call.Caller.UserId, applicationOrAccountId, call.Cancellation);
}
