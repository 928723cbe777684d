namespace Paydown.Lending.Schedules;

/// <summary>
/// Interest arithmetic: rate factors and their products carry 12 significant digits, HALF_EVEN, and become money by one
/// rounding.
/// </summary>
internal static class Significant
{
    private const int Digits = 12;
    private const decimal PlainMax = 10_000_000_000m;

    private static readonly decimal[] PowersOfTen = Powers();

    /// <summary>The number at 12 significant digits.</summary>
    public static decimal Round(decimal value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude == 0m) return 0m;
        if (magnitude >= 1m)
        {
            var whole = WholeDigits(magnitude);
            return whole <= Digits
                ? Math.Round(value, Digits - whole, MidpointRounding.ToEven)
                : decimal.Round(value / PowersOfTen[whole - Digits]) * PowersOfTen[whole - Digits];
        }

        var decimals = Digits;
        while (magnitude < 0.1m && decimals < 28)
        {
            magnitude *= 10m;
            decimals++;
        }

        return Math.Round(value, decimals, MidpointRounding.ToEven);
    }

    /// <summary>The minor units that an amount comes to: the one rounding on the way to money.</summary>
    public static long ToMinor(decimal minorUnits) => (long)Math.Round(minorUnits, 0, MidpointRounding.ToEven);

    /// <summary>Minor units that a rate factor makes of a balance.</summary>
    public static long Interest(long balanceMinor, decimal factor)
    {
        if (factor == 0m) return 0;
        var exact = balanceMinor * factor;
        if (exact is > 0m and < PlainMax)
        {
            // Twelve digits keep two decimals of this at the least, so that only what lies this near to a half can come
            // to another whole number by being rounded twice.
            var whole = (long)exact;
            var rest = exact - whole;
            if (rest < 0.49m) return whole;
            if (rest > 0.51m) return whole + 1;
        }

        return ToMinor(Round(exact));
    }

    private static int WholeDigits(decimal magnitude)
    {
        var digits = 1;
        while (digits < 28 && magnitude >= PowersOfTen[digits]) digits++;
        return digits;
    }

    private static decimal[] Powers()
    {
        var powers = new decimal[29];
        powers[0] = 1m;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10m;
        return powers;
    }
}
