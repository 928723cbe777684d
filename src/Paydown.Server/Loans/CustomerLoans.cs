using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>A customer with all their loans, newest first.</summary>
public sealed record CustomerLoans(
    Customer Customer,
    Organisation Organisation,
    DateOnly Today,
    IReadOnlyList<StoredLoan> Files
);

/// <summary>Reads a customer's loans, if the caller may see them.</summary>
public sealed class CustomerLoansReading(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
)
{
    /// <summary>Returns the customer's loans, or a refusal if the caller may not see them.</summary>
    public async ValueTask<Result<CustomerLoans>> ReadAsync(Call call, CustomerId customerId)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await CustomerReading.ReadAsync(
            database,
            call,
            customerId,
            async (connection, customer) =>
            {
                var stored = await LoanStore.ListAsync(connection, customer.Id, call.Cancellation);
                // A loan whose payout was undone is an application again.
                var paidOut = stored.Where(one => one.State != LoanStatus.PendingDisbursement).ToList();
                return new CustomerLoans(customer, organisation, organisation.Today(time), paidOut);
            }
        );
    }
}
