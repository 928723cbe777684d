namespace Paydown.Client;

/// <summary>A customer's address.</summary>
public sealed partial record PostalAddress
{
    /// <summary>Street and number.</summary>
    public required string Address1 { get; init; }

    /// <summary>More of the address, such as the flat.</summary>
    public string? Address2 { get; init; }

    /// <summary>The country as people call it.</summary>
    public required string CountryCommonName { get; init; }

    /// <summary>The postcode, if the place has one.</summary>
    public string? Postcode { get; init; }

    /// <summary>ISO 3166-1 alpha-3.</summary>
    public required string CountryIso3 { get; init; }
}
