using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>Shows a customer's profile to officers.</summary>
public sealed class GetCustomer(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a customer's profile").Returns<CustomerProfile>().Refuses(Refusals.NotFound("customer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var customerId = call.Path(CustomerRoutes.CustomerId);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var customer = await CustomerProfileStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            customerId,
            call.Cancellation
        );
        return customer is null ? Answer.Refused(Refusals.NotFound("customer")) : Answer.Success(customer);
    }
}
