using System.Globalization;

namespace Paydown.Pages.Parts;

/// <summary>
/// Writes amounts for people: the code of the currency, groups of three digits, and all fraction digits.
/// </summary>
public static class MoneyText
{
    private static readonly HashSet<string> WithoutFraction = new(StringComparer.Ordinal)
    {
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    };

    private static readonly HashSet<string> WithThreeDigits = new(StringComparer.Ordinal)
    {
        "BHD",
        "IQD",
        "JOD",
        "KWD",
        "LYD",
        "OMR",
        "TND",
    };

    /// <summary>An amount, such as NGN 47,279.80, which never breaks over two lines.</summary>
    public static string Of(decimal amount, string currencyCode) =>
        $"{currencyCode}\u00A0{Digits(amount, currencyCode)}";

    /// <summary>The digits of an amount, such as 47,279.80.</summary>
    public static string Digits(decimal amount, string currencyCode) =>
        amount.ToString($"N{FractionDigits(currencyCode)}", CultureInfo.InvariantCulture).Replace('-', '\u2212');

    /// <summary>An amount as fields show it, such as 47279.80.</summary>
    public static string Field(decimal amount, string currencyCode) =>
        amount.ToString($"F{FractionDigits(currencyCode)}", CultureInfo.InvariantCulture);

    /// <summary>A yearly rate, such as 24.5 %.</summary>
    public static string Percent(decimal rate) => rate.ToString("0.####", CultureInfo.InvariantCulture) + "\u00A0%";

    /// <summary>The number of fraction digits of a currency (ISO 4217).</summary>
    public static int FractionDigits(string currencyCode) =>
        WithoutFraction.Contains(currencyCode) ? 0
        : WithThreeDigits.Contains(currencyCode) ? 3
        : 2;
}
