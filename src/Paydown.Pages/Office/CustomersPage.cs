using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The customers of the lender, or some of them.</summary>
public sealed record CustomersModel(Page<CustomerProfile> Page);

/// <summary>Finds customers.</summary>
internal static class CustomersPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var page = await call.Api.Customers.GetPageAsync(call.Position, 25, call.Query("search"), call.Cancelled);
        return PageAnswer.Show<CustomersView, CustomersModel>("Customers", new(page));
    }
}
