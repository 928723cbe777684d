namespace Paydown.Lending.Amounts;

/// <summary>
/// A currency and how many fraction digits its minor unit has (ISO 4217). Two currencies are equal when code and digits
/// are. A reference, so a <see cref="Money"/> has 16 bytes.
/// </summary>
public sealed record Currency
{
    private static readonly Dictionary<string, Currency> ByCode = new Dictionary<string, int>
    {
        ["NGN"] = 2,
        ["EUR"] = 2,
        ["USD"] = 2,
        ["GBP"] = 2,
        ["KES"] = 2,
        ["GHS"] = 2,
        ["ZAR"] = 2,
        ["INR"] = 2,
        ["CHF"] = 2,
        ["CAD"] = 2,
        ["AUD"] = 2,
        ["MXN"] = 2,
        ["BRL"] = 2,
        ["EGP"] = 2,
        ["XOF"] = 0,
        ["XAF"] = 0,
        ["JPY"] = 0,
        ["KRW"] = 0,
        ["UGX"] = 0,
        ["RWF"] = 0,
        ["KWD"] = 3,
        ["BHD"] = 3,
        ["TND"] = 3,
        ["OMR"] = 3,
    }.ToDictionary(known => known.Key, known => new Currency(known.Key, known.Value), StringComparer.Ordinal);

    private Currency(string code, int fractionDigits)
    {
        Code = code;
        FractionDigits = fractionDigits;
    }

    /// <summary>The three-letter ISO 4217 code, upper case.</summary>
    public string Code { get; }

    /// <summary>Digits after the decimal point: 0 to 4.</summary>
    public int FractionDigits { get; }

    /// <summary>How many minor units make one major unit: 1, 10, 100, 1,000 or 10,000.</summary>
    public long MinorUnitsPerMajor =>
        FractionDigits switch
        {
            0 => 1,
            1 => 10,
            2 => 100,
            3 => 1_000,
            _ => 10_000,
        };

    /// <summary>The currency of an ISO 4217 code; null if it is not known.</summary>
    public static Currency? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The currency of a known ISO 4217 code.</summary>
    /// <exception cref="ArgumentException">The code is not one that Paydown knows.</exception>
    public static Currency Get(string code) =>
        ByCode.TryGetValue(code, out var currency)
            ? currency
            : throw new ArgumentException($"'{code}' is not a currency that Paydown knows.", nameof(code));

    /// <summary>A currency whose digits are given with it, as in a published scenario.</summary>
    /// <param name="code">Three upper-case letters.</param>
    /// <param name="fractionDigits">0 to 4.</param>
    /// <exception cref="ArgumentException">The code or the digits are out of range.</exception>
    public static Currency Of(string code, int fractionDigits)
    {
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper))
            throw new ArgumentException($"'{code}' is not a currency code: three upper-case letters.", nameof(code));
        ArgumentOutOfRangeException.ThrowIfNegative(fractionDigits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fractionDigits, 4);
        return ByCode.TryGetValue(code, out var known) && known.FractionDigits == fractionDigits
            ? known
            : new Currency(code, fractionDigits);
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
