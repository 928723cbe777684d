using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;

namespace Paydown.Server.Collectors;

/// <summary>Third parties that collect loans: what they have collected, and what they owe the lender.</summary>
public static class CollectorRoutes
{
    internal static readonly PathId<CollectorId> CollectorId = new("collectorId");
    internal static readonly PathId<CollectionId> CollectionId = new("collectionId");

    public static void AddCollectors(this IServiceCollection services) => services.AddSingleton<CollectionBooking>();

    public static void MapCollectors(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: collectors");
        officers.Get<ListCollectors>("admin/collectors", Officer, Scopes.StatementsRead);
        officers.Post<AddCollector>("admin/collectors", Manager, Scopes.None);
        officers.Get<GetCollector>($"admin/collectors/{CollectorId}", Officer, Scopes.StatementsRead);
        officers.Put<ChangeCollector>($"admin/collectors/{CollectorId}", Manager, Scopes.None);
        officers.Post<ImportCollections>(
            $"admin/collectors/{CollectorId}/collections",
            Officer,
            Scopes.StatementsImport
        );
        officers.Get<ListCollections>($"admin/collectors/{CollectorId}/collections", Officer, Scopes.StatementsRead);
        officers.Get<ListCollectorFiles>($"admin/collectors/{CollectorId}/files", Officer, Scopes.StatementsRead);
        officers.Get<ListRemittances>($"admin/collectors/{CollectorId}/remittances", Officer, Scopes.StatementsRead);
        officers.Put<BookCollection>($"admin/collections/{CollectionId}/book", Officer, Scopes.None);
        officers.Put<DiscardCollection>($"admin/collections/{CollectionId}/discard", Officer, Scopes.None);
    }
}
