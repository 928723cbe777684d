namespace Paydown.Lending.Customers;

/// <summary>What somebody states who registers as a customer, as it was sent.</summary>
public sealed record RegistrationForm
{
    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string Email { get; init; }

    /// <summary>The code of the country, <c>+234</c> or <c>234</c>.</summary>
    public required string DialingCode { get; init; }

    public required string Phone { get; init; }

    public required DateOnly DateOfBirth { get; init; }

    public required string Password { get; init; }

    public required string ConfirmPassword { get; init; }

    public required PostalAddress Address { get; init; }
}

/// <summary>A customer's address.</summary>
/// <param name="Address1">Street and number.</param>
/// <param name="Address2">What else finds the door; null: nothing.</param>
/// <param name="CountryCommonName">The country as people call it.</param>
/// <param name="Postcode">Null: the place has none.</param>
/// <param name="CountryIso3">ISO 3166-1 alpha-3.</param>
public sealed record PostalAddress(
    string Address1,
    string? Address2,
    string CountryCommonName,
    string? Postcode,
    string CountryIso3
);
