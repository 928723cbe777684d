using Paydown.Pages.Web;

namespace Paydown.Pages.Parts;

/// <summary>The pages of the menu.</summary>
public static class Menu
{
    private static readonly (string Address, string Name, PageAccess Access)[] All =
    [
        ("/home", "Home", PageAccess.Borrower),
        ("/repayments", "Repayments", PageAccess.Borrower),
        ("/wallet", "Wallet", PageAccess.Borrower),
        ("/apply", "Borrow", PageAccess.Borrower),
        ("/office", "Today", PageAccess.Officer),
        ("/office/repayments", "Repayments", PageAccess.Officer),
        ("/office/money", "Unidentified money", PageAccess.Officer),
        ("/office/statements", "Bank statements", PageAccess.Officer),
        ("/office/loans", "Loans", PageAccess.Officer),
        ("/office/applications", "Applications", PageAccess.Officer),
        ("/office/customers", "Customers", PageAccess.Officer),
        ("/office/reports", "Reports", PageAccess.Officer),
        ("/office/settings", "Settings", PageAccess.Manager),
    ];

    /// <summary>The pages that a user may open.</summary>
    public static IEnumerable<(string Address, string Name)> Of(PageUser user) =>
        All.Where(entry => user.MayOpen(entry.Access)).Select(entry => (entry.Address, entry.Name));

    /// <summary>The name of the menu's page that a path belongs to; null if it belongs to none.</summary>
    public static string? NameOf(PageUser user, string path) =>
        Of(user).Where(entry => IsIn(entry.Address, path)).Select(entry => entry.Name).FirstOrDefault();

    /// <summary>True if a path belongs to a page of the menu.</summary>
    public static bool IsIn(string address, string path) =>
        path == address
        || (address is not ("/home" or "/office") && path.StartsWith(address + "/", StringComparison.Ordinal));
}
