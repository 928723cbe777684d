using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>All products.</summary>
public sealed record OfficeProductsModel(Page<Product> Page);

/// <summary>Lists the products of the lender.</summary>
internal static class OfficeProductsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var page = await call.Api.Products.GetPageAsync(call.Position, 25, call.Cancelled);
        return PageAnswer.Show<OfficeProductsView, OfficeProductsModel>("Products", new(page));
    }
}
