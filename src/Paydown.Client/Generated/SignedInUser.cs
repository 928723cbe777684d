namespace Paydown.Client;

/// <summary>The user who signed in.</summary>
public sealed partial record SignedInUser
{
    /// <summary>The user's id; for customers also the customer id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The user's role.</summary>
    public required UserRole Role { get; init; }

    /// <summary>The user's first name.</summary>
    public required string FirstName { get; init; }

    /// <summary>The user's last name.</summary>
    public required string LastName { get; init; }

    /// <summary>The user's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The organisation that the user belongs to.</summary>
    public required Guid OrganisationId { get; init; }
}
