namespace Paydown.Client;

/// <summary>The limits that applicants must meet. An empty list admits everyone.</summary>
public sealed partial record ProductEligibility
{
    /// <summary>The lowest age in years. Null: 18.</summary>
    public int? MinimumAge { get; init; }

    /// <summary>The highest age in years. Null: 70.</summary>
    public int? MaximumAge { get; init; }

    /// <summary>The employment statuses that are admitted. Null or empty: all.</summary>
    public IReadOnlyList<string>? EmploymentStatuses { get; init; }

    /// <summary>The countries that are admitted, as ISO 3166 alpha-3 codes. Null or empty: all.</summary>
    public IReadOnlyList<string>? Countries { get; init; }

    /// <summary>The lowest monthly income. Null: 0.</summary>
    public decimal? MinimumMonthlyIncome { get; init; }
}
