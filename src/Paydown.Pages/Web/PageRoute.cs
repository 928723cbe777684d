namespace Paydown.Pages.Web;

/// <summary>Answers a request for a page.</summary>
public delegate Task<PageAnswer> PageHandler(PageCall call);

/// <summary>A page: its address, who may open it, how it is shown, and what its form does.</summary>
/// <param name="Path">The address, with parameters such as <c>{accountId}</c>; those that end in Id are UUIDs.</param>
/// <param name="Access">Who may open it.</param>
/// <param name="Show">Shows the page. After a refused post it shows what was typed, with the reason.</param>
/// <param name="Post">Does what the form of the page asks for; null if the page has no form.</param>
public sealed record PageRoute(string Path, PageAccess Access, PageHandler Show, PageHandler? Post = null)
{
    /// <summary>True if a user who must set up a second factor may open it.</summary>
    public bool SetsUpSecondFactor { get; init; }

    /// <summary>The size limit of a posted form in bytes, uploaded files included.</summary>
    public int FormBytesMax { get; init; } = PageForm.BytesMax;
}
