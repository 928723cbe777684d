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
        var found = await ShownLoan.FindAsync(connection, call, time.GetUtcNow());
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var file = found.Value;
        var customer = await CustomerStore.FindAsync(connection, organisation.Id, file.CustomerId, call.Cancellation);
        var loan = file.Replay(organisation.Today(time));
        return Answer.Success(LoanView.Of(file, loan, customer!, organisation).WithHistory(loan));
    }
}
