using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>What a borrower can borrow, and what was asked for.</summary>
/// <param name="Products">The open products.</param>
/// <param name="Applications">The newest loans and applications.</param>
public sealed record ProductsModel(IReadOnlyList<ProductOffer> Products, IReadOnlyList<LoanDetails> Applications);

/// <summary>Lists the products that can be applied for.</summary>
internal static class ProductsPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var products = call.Api.Products.GetOpenAsync(call.Cancelled);
        var applications = await call.Api.Loans.GetPageAsync(call.SignedIn.Id, 1, 20, call.Cancelled);
        return PageAnswer.Show<ProductsView, ProductsModel>("Borrow", new(await products, applications.Records));
    }
}
