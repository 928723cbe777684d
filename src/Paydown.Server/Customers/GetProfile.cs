using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>Shows what is known of a customer to the customer.</summary>
public sealed class GetProfile(GetCustomer customers) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show what is known of a customer")
            .Returns<CustomerProfile>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public ValueTask<Answer> HandleAsync(Call call) => customers.HandleAsync(call);
}
