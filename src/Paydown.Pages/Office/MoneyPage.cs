using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The bank entries that nobody has identified.</summary>
/// <param name="Totals">How much there is, by currency.</param>
/// <param name="Page">One page of them, the oldest first.</param>
public sealed record MoneyModel(IReadOnlyList<UnmatchedTotal> Totals, Page<UnmatchedPayment> Page);

/// <summary>Lists unidentified money; each entry has a page where officers give it its place.</summary>
internal static class MoneyPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var totals = call.Api.Statements.SumUnmatchedAsync(call.Cancelled);
        var page = await call.Api.Statements.GetUnmatchedPageAsync(call.Position, 20, call.Cancelled);
        return PageAnswer.Show<MoneyView, MoneyModel>("Unidentified money", new(await totals, page));
    }
}
