namespace Paydown.Client;

/// <summary>An employee of the lender who may sign in.</summary>
public sealed partial record StaffMember
{
    /// <summary>The id, which the audit trail names as the actor.</summary>
    public required Guid Id { get; init; }

    /// <summary>The e-mail address to sign in with.</summary>
    public required string Email { get; init; }

    /// <summary>The first name.</summary>
    public required string FirstName { get; init; }

    /// <summary>The last name.</summary>
    public required string LastName { get; init; }

    /// <summary>What the employee may do.</summary>
    public required UserRole Role { get; init; }

    /// <summary>Whether the employee can sign in.</summary>
    public required StaffState State { get; init; }

    /// <summary>True if the employee signs in with a second factor.</summary>
    public required bool HasSecondFactor { get; init; }

    /// <summary>
    /// Until when failed sign-ins lock the account for clients that never signed in; null if they do not.
    /// </summary>
    public required DateTimeOffset? LockedUntil { get; init; }

    /// <summary>When the employee last signed in; null if never, or longer ago than sessions are kept.</summary>
    public required DateTimeOffset? LastSignedInAt { get; init; }

    /// <summary>When the employee was added.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}
