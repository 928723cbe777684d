using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The pages for officers.</summary>
internal static class OfficePages
{
    public static IReadOnlyList<PageRoute> All { get; } = [];
}
