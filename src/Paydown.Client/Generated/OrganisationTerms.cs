namespace Paydown.Client;

/// <summary>The terms on which an organisation lends. Lists have one entry per open product, ordered by name.</summary>
public sealed partial record OrganisationTerms
{
    /// <summary>The organisation's id.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>The text that customers accept before a loan is paid out.</summary>
    public required string TermsAndConditions { get; init; }

    /// <summary>The range over all open products, in percent per year; null if no product is open.</summary>
    public required RateRange? InterestRateRange { get; init; }

    /// <summary>The fees of the open products.</summary>
    public required FeeStructure FeeStructure { get; init; }

    /// <summary>How loans of the open products are repaid.</summary>
    public required RepaymentTerms RepaymentTerms { get; init; }

    /// <summary>Who is eligible for the open products.</summary>
    public required EligibilityCriteria EligibilityCriteria { get; init; }

    /// <summary>When any of these terms last changed.</summary>
    public required DateTimeOffset LastUpdated { get; init; }
}
