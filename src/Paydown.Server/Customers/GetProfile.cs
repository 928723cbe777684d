using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>Shows a customer's profile to the customer, and to officers.</summary>
public sealed class GetProfile(GetCustomer customers) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a customer's profile")
            .Returns<CustomerProfile>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        Ownership.Check(call, call.Path(CustomerRoutes.CustomerId)) is { } refusal
            ? ValueTask.FromResult(Answer.Refused(refusal))
            : customers.HandleAsync(call);
}
