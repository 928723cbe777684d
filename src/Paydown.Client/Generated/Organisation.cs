namespace Paydown.Client;

/// <summary>The settings of an organisation, in the form that a manager may send back.</summary>
public sealed partial record Organisation : OrganisationSettings
{
    /// <summary>The organisation's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lender's name; only the operator can change it.</summary>
    public required string Name { get; init; }

    /// <summary>The name that the law knows, if it is another one; only the operator can change it.</summary>
    public required string? LegalName { get; init; }

    /// <summary>The country, ISO 3166-1 alpha-3; only the operator can change it.</summary>
    public required string CountryIso3 { get; init; }

    /// <summary>The organisation's currency, ISO 4217; only the operator can change it.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The IANA time zone that decides the business date; only the operator can change it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>When the terms and conditions last changed; null if they never did.</summary>
    public required DateTimeOffset? TermsUpdatedAt { get; init; }

    /// <summary>The account that receives repayments; only the operator can change it.</summary>
    public required CollectionAccount CollectionAccount { get; init; }

    /// <summary>The change that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
