using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Products;

/// <summary>The errors of a product so far, and checks that its parts share.</summary>
internal sealed class ProductErrors
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> All => errors;

    /// <summary>Adds what would be right, unless it is.</summary>
    public void Unless(bool isRight, string field, string message)
    {
        if (!isRight)
            errors.Add(new FieldError(field, message));
    }

    public void CheckRange(int value, int least, int most, string field) =>
        Unless(value >= least && value <= most, field, $"must be a whole number from {least} to {most}.");

    /// <summary>A rate: digits beyond some would be lost in the arithmetic.</summary>
    public void CheckPercent(decimal value, decimal least, decimal most, string field) =>
        Unless(
            value >= least && value <= most && decimal.Round(value, ProductRules.RateDigitsMax) == value,
            field,
            $"must be from {least} to {most}, with at most {ProductRules.RateDigitsMax} fraction digits."
        );

    /// <summary>A part of something: more than nothing, at most all of it.</summary>
    public void CheckShare(decimal percent, string field) =>
        Unless(
            percent is > 0 and <= 100 && decimal.Round(percent, ProductRules.RateDigitsMax) == percent,
            field,
            $"must be more than 0 and at most 100, with at most {ProductRules.RateDigitsMax} fraction digits."
        );

    /// <summary>Words of a known list, each at most once.</summary>
    public void CheckChoice(IReadOnlyList<string> chosen, IReadOnlyList<string> known, string field)
    {
        Unless(chosen.All(known.Contains), field, $"must be of {string.Join(", ", known)}.");
        CheckDistinct(chosen, field, "word");
    }

    /// <summary>Texts that are distinct even if case is ignored.</summary>
    public void CheckDistinct(IEnumerable<string> texts, string field, string what)
    {
        var twice = texts
            .GroupBy(text => text.Trim(), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        Unless(twice is null, field, $"must not have the {what} '{twice?.Key}' twice.");
    }
}
