using System.Globalization;
using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The loans of the lender, or some of them.</summary>
public sealed record OfficeLoansModel(Page<ListedLoan> Page);

/// <summary>Finds a loan by name, reference, account, e-mail or phone.</summary>
internal static class OfficeLoansPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var filter = new LoanFilter
        {
            Search = call.Query("query"),
            State = call.QueryWord<AccountState>("state"),
            OverdueDays = int.TryParse(
                call.Query("overdueDays"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var days
            )
                ? days
                : null,
            EarliestDueFirst = call.Query("order") == "due",
        };
        var page = await call.Api.Officers.GetLoanPageAsync(call.Position, 25, filter, call.Cancelled);
        return PageAnswer.Show<OfficeLoansView, OfficeLoansModel>("Loans", new(page));
    }
}
