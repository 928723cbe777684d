using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Identity;

/// <summary>What a signed-in user may do. Each user has one role.</summary>
[Flags]
public enum Role
{
    /// <summary>May use their own loans and accounts.</summary>
    Customer = 1,

    /// <summary>May apply on behalf of customers.</summary>
    Agent = 2,

    /// <summary>May verify payments.</summary>
    Cashier = 4,

    /// <summary>May use all of the back office.</summary>
    Manager = 8,
}

/// <summary>The roles that may call a route. If a route does not declare it, the server does not start.</summary>
[Flags]
public enum Access
{
    /// <summary>Not declared; the server does not start.</summary>
    Unset = 0,
    Customer = Role.Customer,
    Agent = Role.Agent,
    Cashier = Role.Cashier,
    Manager = Role.Manager,
    Officer = Cashier | Manager,
    CustomerOrOfficer = Customer | Officer,
    AnyUser = Customer | Agent | Officer,

    /// <summary>Everyone; no token is read.</summary>
    Anonymous = 16,
}

/// <summary>The user or API token that makes a request. A customer's id is the user id.</summary>
/// <param name="UserId">The id of the user (for a customer the customer id) or of the API token.</param>
/// <param name="OrganisationId">The organisation of the user. No request crosses organisations.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="SessionId">
/// The id of the sign-in that issued the access token, revoked on logout; for an API token its id.
/// </param>
/// <param name="Scopes">The scopes of an API token; null for a signed-in person.</param>
/// <param name="MustSetUpSecondFactor">True if only the calls for a second factor are open to the user.</param>
public sealed record Caller(
    UserId UserId,
    OrganisationId OrganisationId,
    Role Role,
    SessionId SessionId,
    Scopes? Scopes = null,
    bool MustSetUpSecondFactor = false
)
{
    /// <summary>The caller as a customer; meaningful only for <see cref="Identity.Role.Customer"/>.</summary>
    public CustomerId CustomerId => UserId.AsCustomer;

    /// <summary>The API token; meaningful only if <see cref="IsApiToken"/>.</summary>
    public ApiTokenId ApiTokenId => new(UserId.Value);

    /// <summary>True for an API token, false for a person.</summary>
    public bool IsApiToken => Scopes is not null;

    /// <summary>True for a cashier or a manager.</summary>
    public bool IsOfficer => Role is Role.Cashier or Role.Manager;
}
