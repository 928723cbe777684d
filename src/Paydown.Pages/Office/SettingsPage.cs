using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The page of the settings shows only links.</summary>
public sealed record SettingsModel;

/// <summary>Leads managers to the settings.</summary>
internal static class SettingsPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) =>
        Task.FromResult(PageAnswer.Show<SettingsView, SettingsModel>("Settings", new()));
}
