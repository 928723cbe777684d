namespace Paydown.Client;

/// <summary>Somebody who wants to become a customer.</summary>
public sealed record NewCustomer
{
    /// <summary>The only kind there is.</summary>
    public string CustomerType { get; init; } = "INDIVIDUAL";

    /// <summary>2 to 50 letters, spaces, hyphens and apostrophes.</summary>
    public required string FirstName { get; init; }

    /// <summary>The same.</summary>
    public required string LastName { get; init; }

    /// <summary>What one signs in with; nobody else's at the lender.</summary>
    public required string Email { get; init; }

    /// <summary>The code of the country, for example +234.</summary>
    public required string DialingCode { get; init; }

    /// <summary>The number without it.</summary>
    public required string Phone { get; init; }

    /// <summary>The date of birth: 18 to 120 years ago.</summary>
    public required DateOnly Dob { get; init; }

    /// <summary>8 characters or more: upper and lower case letter, digit, special character.</summary>
    public required string Password { get; init; }

    /// <summary>The same again.</summary>
    public required string ConfirmPassword { get; init; }

    /// <summary>Where the customer lives.</summary>
    public required PostalAddress Address { get; init; }

    /// <summary>The lender; needed if the server has several and its host name is of none.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>Without the password, so that no log gets it.</summary>
    public override string ToString() => nameof(NewCustomer);
}
