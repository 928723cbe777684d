using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Customers;

/// <summary>Registration of customers, and their profiles.</summary>
public static class CustomerRoutes
{
    internal static readonly PathId<CustomerId> CustomerId = new("customerId");

    internal static readonly PathId<BlacklistEntryId> BlacklistEntryId = new("entryId");

    public static void MapCustomers(this ApiRoutes routes)
    {
        var customers = routes.Begin("Customers");
        customers.Post<RegisterCustomer>("usermanagement/register-customer", Anonymous);
        customers.Get<GetProfile>($"user/profile/{CustomerId}", CustomerOrOfficer, CustomersRead);

        var officers = routes.Begin("Back office: customers");
        officers.Get<ListCustomers>("admin/customers", Officer, CustomersRead);
        officers.Get<GetCustomer>($"admin/customers/{CustomerId}", Officer, CustomersRead);
        officers.Put<UnlockCustomer>($"admin/customers/{CustomerId}/unlock", Manager, Scopes.None);
        officers.Put<ResetCustomerSecondFactor>(
            $"admin/customers/{CustomerId}/reset-second-factor",
            Manager,
            Scopes.None
        );

        var blacklist = routes.Begin("Back office: blacklist");
        blacklist.Get<ListBlacklist>("admin/blacklist", Manager, Scopes.None);
        blacklist.Post<AddToBlacklist>("admin/blacklist", Manager, Scopes.None);
        blacklist.Put<RemoveFromBlacklist>($"admin/blacklist/{BlacklistEntryId}/remove", Manager, Scopes.None);
    }
}
