using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>The limits that applicants must meet, in a request or a file.</summary>
internal static class EligibilityBody
{
    private static readonly Field<int> MinimumAge = Age("minimumAge", "The lowest age in years. Absent: 18.")
        .Or(EligibilityLimits.AgeMinUsual);
    private static readonly Field<int> MaximumAge = Age("maximumAge", "The highest age in years. Absent: 70.")
        .Or(EligibilityLimits.AgeMaxUsual)
        .WithExample(70);
    private static readonly Field<IReadOnlyList<string>> EmploymentStatuses = Field
        .Values(
            "employmentStatuses",
            "The employment statuses that are admitted. Absent or empty: all.",
            ProductRules.EmploymentStatuses.Count,
            Field.OneOf("status", "", ProductRules.EmploymentStatuses)
        )
        .AsSet()
        .Or([])
        .WithExample(new[] { "EMPLOYED" });
    private static readonly Field<IReadOnlyList<string>> Countries = Field
        .Values(
            "countries",
            "The countries that are admitted, as ISO 3166 alpha-3 codes. Absent or empty: all.",
            ProductRules.CountriesMax,
            Field.Text("country", "", 3, 3).Matching("^[A-Z]{3}$", "three capital letters")
        )
        .AsSet()
        .Or([])
        .WithExample(new[] { "NGA" });
    private static readonly Field<decimal?> MinimumMonthlyIncome = Field
        .Amount("minimumMonthlyIncome", "The lowest monthly income. Absent: 0.")
        .Optional()
        .FromZero()
        .WithExample(50_000);

    /// <summary>The limits of a product's definition.</summary>
    public static readonly Field<FieldValues?> Eligibility = Field
        .Object(
            "eligibility",
            "The limits that applicants must meet.",
            MinimumAge,
            MaximumAge,
            EmploymentStatuses,
            Countries,
            MinimumMonthlyIncome
        )
        .Optional();

    /// <summary>Returns the limits. Omitted fields have the defaults of <see cref="EligibilityLimits"/>.</summary>
    public static EligibilityLimits Read(FieldValues limits, AmountReader amounts) =>
        new()
        {
            AgeMin = limits.Get(MinimumAge),
            AgeMax = limits.Get(MaximumAge),
            EmploymentStatuses = limits.Get(EmploymentStatuses),
            Countries = limits.Get(Countries),
            MonthlyIncomeMin =
                amounts.Read(limits, MinimumMonthlyIncome, otherwise: amounts.None, "eligibility.") ?? amounts.None,
        };

    private static Field<int> Age(string name, string description) =>
        Field.Integer(name, description, ProductRules.AgeMin, ProductRules.AgeMax);
}
