using Npgsql;
using Paydown.Lending;
using Paydown.Server.Customers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>Shows one loan with the history of its installments.</summary>
public sealed class LoanDetails(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var file = await FindAsync(connection, call, call.PathId("loan-application-id"));
        if (file is null)
        {
            return Answer.Refused(await MissingLoan.RefuseAsync(
                connection, call, call.PathId("loan-application-id"), time.GetUtcNow()));
        }

        var customer = await CustomerStore.FindAsync(connection, organisation.Id, file.CustomerId, call.Cancellation);
        var loan = file.Replay(organisation.Today(time));
        return Answer.Success(LoanView.Of(file, loan, customer!, organisation).WithHistory(loan));
    }

    private static Task<LoanFile?> FindAsync(NpgsqlConnection connection, Call call, Guid applicationId) =>
        call.Caller.IsOfficer
            ? LoanStore.FindByApplicationInOrganisationAsync(
                connection, call.Caller.OrganisationId, applicationId, call.Cancellation)
            : LoanStore.FindByApplicationAsync(
                connection, call.Caller.UserId, applicationId, forUpdate: false, call.Cancellation);
}
