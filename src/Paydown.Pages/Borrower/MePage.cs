using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The user's own data; the profile is null for staff.</summary>
public sealed record MeModel(CustomerProfile? Profile);

/// <summary>Shows the user's own data and settings.</summary>
internal static class MePage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var profile = call.SignedIn.IsBorrower
            ? await call.Api.Customers.GetOwnAsync(call.SignedIn.Id, call.Cancelled)
            : null;
        return PageAnswer.Show<MeView, MeModel>("Your data", new(profile));
    }
}
