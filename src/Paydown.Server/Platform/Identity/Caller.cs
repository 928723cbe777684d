namespace Paydown.Server.Platform.Identity;

/// <summary>What a signed-in user may do. Each user has one.</summary>
[Flags]
public enum Role
{
    /// <summary>Sees and does what is their own.</summary>
    Customer = 1,

    /// <summary>Applies on a customer's behalf.</summary>
    Agent = 2,

    /// <summary>Verifies payments.</summary>
    Cashier = 4,

    /// <summary>All of the back office.</summary>
    Manager = 8,
}

/// <summary>Who may call a route. Every route names it; one that does not keeps the server from starting.</summary>
[Flags]
public enum Access
{
    /// <summary>Not said yet: the server does not start.</summary>
    Unset = 0,
    Customer = Role.Customer,
    Agent = Role.Agent,
    Cashier = Role.Cashier,
    Manager = Role.Manager,
    Officer = Cashier | Manager,
    CustomerOrOfficer = Customer | Officer,
    AnyUser = Customer | Agent | Officer,

    /// <summary>No token is read.</summary>
    Anonymous = 16,
}

/// <summary>Who makes a request. A customer's id and their user id are the same.</summary>
/// <param name="UserId">The user; for a customer also the customer id; for an API token its id.</param>
/// <param name="OrganisationId">The organisation that the user belongs to; nothing crosses organisations.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="SessionId">
/// The sign-in (family of tokens) that the access token came from; revoked on logout. For an API token its id.
/// </param>
/// <param name="Scopes">What an API token may do of all that a manager may; null: a person who has signed in.</param>
public sealed record Caller(Guid UserId, Guid OrganisationId, Role Role, Guid SessionId, Scopes? Scopes = null)
{
    /// <summary>True for a server with an API token, false for a person.</summary>
    public bool IsApiToken => Scopes is not null;

    /// <summary>True for a cashier or a manager.</summary>
    public bool IsOfficer => Role is Role.Cashier or Role.Manager;
}
