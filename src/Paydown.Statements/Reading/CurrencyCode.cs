using Paydown.Lending.Amounts;

namespace Paydown.Statements.Reading;

/// <summary>
/// The currencies of ISO 4217 that a statement may be in. More than those that loans are made in: a bank lists every
/// account of the lender.
/// </summary>
public static class CurrencyCode
{
    // ISO 4217, list one, as far as the minor unit is not 2. Those of the domain have their digits there.
    private static readonly Dictionary<string, int> Digits = new(StringComparer.Ordinal)
    {
        ["BIF"] = 0,
        ["CLP"] = 0,
        ["DJF"] = 0,
        ["GNF"] = 0,
        ["ISK"] = 0,
        ["KMF"] = 0,
        ["PYG"] = 0,
        ["VND"] = 0,
        ["VUV"] = 0,
        ["XPF"] = 0,
        ["IQD"] = 3,
        ["JOD"] = 3,
        ["LYD"] = 3,
        ["CLF"] = 4,
        ["UYW"] = 4,
    };

    /// <summary>The currency of a code; null if the text is not three upper-case letters.</summary>
    public static Currency? Find(string? code) =>
        code is { Length: 3 } && code.All(char.IsAsciiLetterUpper)
            ? Currency.Find(code) ?? Currency.Of(code, Digits.GetValueOrDefault(code, 2))
            : null;
}
