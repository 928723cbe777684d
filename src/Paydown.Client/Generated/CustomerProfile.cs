namespace Paydown.Client;

/// <summary>
/// Everything known about a customer. All but name and e-mail is null for a customer who was taken over and never
/// registered here.
/// </summary>
public sealed partial record CustomerProfile
{
    /// <summary>The customer's id, which is also the user id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The customer's lender.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Always INDIVIDUAL.</summary>
    public required string CustomerType { get; init; }

    /// <summary>The customer's first name.</summary>
    public required string FirstName { get; init; }

    /// <summary>The customer's last name.</summary>
    public required string LastName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The country's dialing code, with its +; null if unknown.</summary>
    public required string? DialingCode { get; init; }

    /// <summary>The phone number without the dialing code; null if unknown.</summary>
    public required string? Phone { get; init; }

    /// <summary>The date of birth; null if unknown.</summary>
    public required DateOnly? Dob { get; init; }

    /// <summary>The postal address; null if unknown.</summary>
    public required PostalAddress? Address { get; init; }

    /// <summary>When the customer was recorded.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }
}
