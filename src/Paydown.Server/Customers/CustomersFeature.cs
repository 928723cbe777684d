using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Customers;

/// <summary>Customers: how one becomes one, and what is known of them.</summary>
public static class CustomersFeature
{
    private const string Tag = "Customers";
    private const string OfficersTag = "Back office: customers";

    public static void AddCustomers(this IServiceCollection services)
    {
        services.AddSingleton<RegisterCustomer>();
        services.AddSingleton<GetCustomer>();
        services.AddSingleton<ListCustomers>();
    }

    public static void MapCustomers(this ApiRoutes routes, IServiceProvider services)
    {
        var show = services.GetRequiredService<GetCustomer>();
        routes
            .Post("usermanagement/register-customer", services.GetRequiredService<RegisterCustomer>().HandleAsync)
            .For(Access.Anonymous)
            .WithoutConventions()
            .Described(Tag, "Register as a customer")
            .Reads(RegisterCustomer.Fields)
            .Answers(CustomerProfile.Example)
            .Refuses(Refusals.EmailTaken(), Refusals.NoOrganisation(), Refusals.RateLimitExceeded(60));
        routes
            .Get("user/profile/{customerId}", show.HandleAsync)
            .For(Access.CustomerOrOfficer)
            .Scoped(Scopes.CustomersRead)
            .Described(Tag, "Show what is known of a customer")
            .Answers(CustomerProfile.Example)
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));
        routes
            .Get("admin/customers", services.GetRequiredService<ListCustomers>().HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.CustomersRead)
            .Described(OfficersTag, "List the customers of the organisation, the youngest record first")
            .Takes(ListCustomers.QueryFields)
            .Answers<IReadOnlyList<CustomerProfile>>([CustomerProfile.Example], paged: true);
        routes
            .Get("admin/customers/{customerId}", show.HandleAsync)
            .For(Access.Officer)
            .Scoped(Scopes.CustomersRead)
            .Described(OfficersTag, "Show what is known of a customer")
            .Answers(CustomerProfile.Example)
            .Refuses(Refusals.NotFound("customer"));
    }
}
