namespace Paydown.Pages.Web;

/// <summary>
/// An address of this site to go to after a form. A link must not lead to another site by it: browsers take
/// <c>//</c> and <c>/\</c> for the begin of a host, and drop tabs and line breaks before they look.
/// </summary>
internal static class OwnAddress
{
    /// <summary>The address if it is one of this site, otherwise an empty text.</summary>
    public static string Of(string? address) =>
        address is ['/', ..]
        && !address.StartsWith("//", StringComparison.Ordinal)
        && address.All(c => char.IsBetween(c, '!', '~') && c != '\\')
            ? address
            : "";
}
