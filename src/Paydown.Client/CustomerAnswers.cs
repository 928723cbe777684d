namespace Paydown.Client;

/// <summary>
/// What is known of a customer; beyond name and e-mail it is null for one who never registered here.
/// </summary>
public sealed record CustomerProfile
{
    /// <summary>Id of the customer, and of the user.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the lender.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Always INDIVIDUAL.</summary>
    public required string CustomerType { get; init; }

    /// <summary>First name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Last name.</summary>
    public required string LastName { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The code of the country of the phone number.</summary>
    public string? DialingCode { get; init; }

    /// <summary>The phone number without it.</summary>
    public string? Phone { get; init; }

    /// <summary>The date of birth.</summary>
    public DateOnly? Dob { get; init; }

    /// <summary>Where the customer lives.</summary>
    public PostalAddress? Address { get; init; }

    /// <summary>When the record was made.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }
}

/// <summary>Where somebody lives.</summary>
public sealed record PostalAddress
{
    /// <summary>Street and number.</summary>
    public required string Address1 { get; init; }

    /// <summary>What else finds the door.</summary>
    public string? Address2 { get; init; }

    /// <summary>The country as people call it.</summary>
    public required string CountryCommonName { get; init; }

    /// <summary>Where the place has one.</summary>
    public string? Postcode { get; init; }

    /// <summary>The country in three letters, as in ISO 3166-1.</summary>
    public required string CountryIso3 { get; init; }
}
