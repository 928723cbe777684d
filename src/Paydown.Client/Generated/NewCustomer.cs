namespace Paydown.Client;

/// <summary>A customer to register.</summary>
public sealed partial record NewCustomer
{
    /// <summary>The type of customer.</summary>
    public string CustomerType { get; init; } = "INDIVIDUAL";

    /// <summary>The first name: 2 to 50 letters, spaces, hyphens and apostrophes.</summary>
    public required string FirstName { get; init; }

    /// <summary>The last name, by the rules of firstName.</summary>
    public required string LastName { get; init; }

    /// <summary>The e-mail address to sign in with. It must be unique at this lender.</summary>
    public required string Email { get; init; }

    /// <summary>The country's dialing code: + and 1 to 4 digits.</summary>
    public required string DialingCode { get; init; }

    /// <summary>
    /// The phone number without the dialing code. Spaces, hyphens, full stops and brackets are ignored.
    /// </summary>
    public required string Phone { get; init; }

    /// <summary>
    /// The date of birth: 18 to 120 years ago. A date or a date-time; without an offset, the organisation's local time.
    /// </summary>
    public required DateOnly Dob { get; init; }

    /// <summary>
    /// The password: 8 to 256 characters with an upper-case letter, a lower-case letter, a digit and a special
    /// character.
    /// </summary>
    public required string Password { get; init; }

    /// <summary>The password again.</summary>
    public required string ConfirmPassword { get; init; }

    /// <summary>The customer's postal address.</summary>
    public required PostalAddress Address { get; init; }

    /// <summary>
    /// The lender. Required only if the server has several lenders and the request's host name belongs to none of them.
    /// </summary>
    public Guid? OrganisationId { get; init; }
}
