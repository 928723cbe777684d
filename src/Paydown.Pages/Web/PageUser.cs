namespace Paydown.Pages.Web;

/// <summary>Who may open a page.</summary>
[Flags]
public enum PageAccess
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>A borrower.</summary>
    Borrower = 1,

    /// <summary>An agent, who applies for customers.</summary>
    Agent = 2,

    /// <summary>A cashier.</summary>
    Cashier = 4,

    /// <summary>A manager.</summary>
    Manager = 8,

    /// <summary>A cashier or a manager.</summary>
    Officer = Cashier | Manager,

    /// <summary>Everybody who works for the lender.</summary>
    Staff = Agent | Officer,

    /// <summary>Everybody who is signed in.</summary>
    SignedIn = Borrower | Staff,

    /// <summary>Everybody, signed in or not.</summary>
    Anyone = 16,
}

/// <summary>The signed-in user of a browser.</summary>
/// <param name="Id">The user; for a borrower also the customer id.</param>
/// <param name="Role">What the user may do: one of the single values.</param>
/// <param name="Name">The user's full name.</param>
/// <param name="Email">The e-mail address of the sign-in.</param>
/// <param name="Lender">The lender that the user belongs to.</param>
/// <param name="AccessToken">The token of the user's calls; it never reaches the browser.</param>
/// <param name="FormToken">What every form of this session carries, so that no other site can send one.</param>
/// <param name="MustSetUpSecondFactor">True if only the page of the second factor is open to the user.</param>
public sealed record PageUser(
    Guid Id,
    PageAccess Role,
    string Name,
    string Email,
    PageLender Lender,
    string AccessToken,
    string FormToken,
    bool MustSetUpSecondFactor
)
{
    /// <summary>True for a borrower, false for staff.</summary>
    public bool IsBorrower => Role == PageAccess.Borrower;

    /// <summary>True for a manager.</summary>
    public bool IsManager => Role == PageAccess.Manager;

    /// <summary>True if the user may open a page.</summary>
    public bool MayOpen(PageAccess access) => (access & (Role | PageAccess.Anyone)) != PageAccess.None;

    /// <summary>The user without the tokens, which must not reach a log.</summary>
    public override string ToString() => $"{Role} {Id}";
}

/// <summary>The lender of the signed-in user.</summary>
/// <param name="Id">The lender.</param>
/// <param name="Name">The name that customers know.</param>
/// <param name="CurrencyCode">The lender's currency.</param>
/// <param name="TimeZone">Where the lender's days begin and end.</param>
/// <param name="Today">The lender's calendar day at the request.</param>
public sealed record PageLender(Guid Id, string Name, string CurrencyCode, TimeZoneInfo TimeZone, DateOnly Today);
