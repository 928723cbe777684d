using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;

namespace Paydown.Server.Organisations;

/// <summary>The lender, and the settings that its managers decide on.</summary>
public static class OrganisationRoutes
{
    internal static readonly PathId<CollectionAccountId> CollectionAccountId = new("collectionAccountId");

    public static void AddOrganisations(this IServiceCollection services)
    {
        services.AddSingleton<OrganisationDirectory>();
    }

    public static void MapOrganisations(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: organisation");
        officers.Get<GetOrganisation>("admin/organisation", Manager, Scopes.None);
        officers.Put<ChangeOrganisation>("admin/organisation", Manager, Scopes.None);
        officers.Get<GetArrearsPolicy>("admin/arrears-policy", Manager, Scopes.None);
        officers.Put<ChangeArrearsPolicy>("admin/arrears-policy", Manager, Scopes.None);
        officers.Get<ListCollectionAccounts>("admin/collection-accounts", Officer, Scopes.StatementsRead);
        officers.Post<AddCollectionAccount>("admin/collection-accounts", Manager, Scopes.None);
        officers.Put<ChangeCollectionAccount>($"admin/collection-accounts/{CollectionAccountId}", Manager, Scopes.None);
    }
}
