using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>Shows one loan with its payment history.</summary>
public sealed class GetLoanDetails(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a loan with its payment history")
            .Returns<LoanView>()
            .Refuses(Refusals.NotFound("loan application"), Refusals.LoanNotDisbursed("APPROVED"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await ShownLoan.FindAsync(connection, call, time.GetUtcNow());
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var stored = found.Value;
        var customer = await CustomerStore.FindAsync(connection, organisation.Id, stored.CustomerId, call.Cancellation);
        var loan = stored.Replay(organisation.Today(time));
        return Answer.Success(LoanView.Of(stored, loan, customer!, organisation).WithHistory(loan));
    }
}
