namespace Paydown.Client;

/// <summary>An employee to invite or to change.</summary>
public sealed partial record StaffDefinition
{
    /// <summary>The e-mail address to sign in with. It must be unique at this lender.</summary>
    public required string Email { get; init; }

    /// <summary>The first name, by the rules of registration.</summary>
    public required string FirstName { get; init; }

    /// <summary>The last name, by the rules of registration.</summary>
    public required string LastName { get; init; }

    /// <summary>What the employee may do.</summary>
    public required UserRole Role { get; init; }
}
