using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>Shows customers their own profile.</summary>
public sealed class GetProfile(GetCustomer customers) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a customer's profile")
            .Returns<CustomerProfile>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public ValueTask<Answer> HandleAsync(Call call) => customers.HandleAsync(call);
}
