using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A bank account beside its ledger.</summary>
/// <param name="Found">The balances and sums.</param>
/// <param name="AsOf">The past day; null for all that is known.</param>
/// <param name="Kind">The kind of items shown; null for all.</param>
/// <param name="Items">One page of the items in transit, the oldest first.</param>
public sealed record ReconciliationModel(
    BankReconciliation Found,
    DateOnly? AsOf,
    TransitKind? Kind,
    Page<TransitItem> Items
);

/// <summary>Shows what the bank has on an account, what the ledger has, and all that is between them.</summary>
internal static class ReconciliationPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var id = call.Id("collectionAccountId");
        var (asOf, kind) = (call.QueryDay("asOf"), call.QueryWord<TransitKind>("kind"));
        var found = call.Api.Statements.ReconcileAsync(id, asOf, call.Cancelled);
        var items = await call.Api.Statements.GetItemsInTransitPageAsync(
            id,
            call.Position,
            25,
            asOf,
            side: null,
            kind,
            call.Cancelled
        );
        var model = new ReconciliationModel(await found, asOf, kind, items);
        return PageAnswer.Show<ReconciliationView, ReconciliationModel>("Bank and ledger", model);
    }
}
