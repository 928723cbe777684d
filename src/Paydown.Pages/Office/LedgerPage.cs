using System.Globalization;
using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The trial balance of a month.</summary>
public sealed record LedgerModel(TrialBalance Balance, DateOnly Month);

/// <summary>Shows whether the books balance.</summary>
internal static class LedgerPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var month = MonthOf(call);
        var balance = await call.Api.Ledger.GetTrialBalanceAsync(month, call.Cancelled);
        return PageAnswer.Show<LedgerView, LedgerModel>("Trial balance", new(balance, month));
    }

    /// <summary>The month of the query; otherwise the current one.</summary>
    public static DateOnly MonthOf(PageCall call) =>
        DateOnly.TryParseExact(
            $"{call.Query("month")}-01",
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            default,
            out var day
        )
            ? day
            : call.SignedIn.Lender.Today;
}
