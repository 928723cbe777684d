namespace Paydown.Lending.Amounts;

/// <summary>
/// Interest arithmetic: rate factors and their products carry 12 significant digits, HALF_EVEN, and become money by one
/// rounding.
/// </summary>
internal static class Significant
{
    private const int Digits = 12;
    private const long PlainMax = 10_000_000_000;

    // Beyond it, a loan visibly pays nothing but its interest each period.
    private const decimal GrowthMax = 1_000_000_000_000m;

    private static readonly decimal[] PowersOfTen = Powers();

    private static readonly ulong[] PowersOfTenWhole = [.. PowersOfTen.Take(20).Select(power => (ulong)power)];

    /// <summary>The number at 12 significant digits.</summary>
    public static decimal Round(decimal value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude == 0m)
            return 0m;
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

    /// <summary>Rounds to minor units, HALF_EVEN: the only rounding on the way to money.</summary>
    public static long ToMinor(decimal minorUnits) => (long)Math.Round(minorUnits, 0, MidpointRounding.ToEven);

    /// <summary>The interest of a balance at a rate factor, in minor units.</summary>
    public static long Interest(long balanceMinor, decimal factor)
    {
        if (factor == 0m)
            return 0;
        return TryInterest(balanceMinor, factor, out var interest) ? interest : ToMinor(Round(balanceMinor * factor));
    }

    /// <summary>A growth factor of 1 or more to the power of a number of periods; capped at 10¹².</summary>
    public static decimal Power(decimal growth, int periods)
    {
        var (power, square) = (1m, growth);
        for (var left = periods; left > 0 && power < GrowthMax && square < GrowthMax; left >>= 1)
        {
            if ((left & 1) == 1)
                power *= square;
            if (left == 1 && power < GrowthMax)
                return power;
            square *= square;
        }

        // One by one, to stop at the limit.
        power = 1m;
        for (var i = 0; i < periods && power < GrowthMax; i++)
            power *= growth;
        return power;
    }

    // In whole numbers, which is several times as fast, if the product has at most 64 bits. Twelve digits keep at least
    // two of its decimals, so rounding twice can only matter within a hundredth of a half; that is left to decimals.
    private static bool TryInterest(long balance, decimal factor, out long interest)
    {
        interest = 0;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(factor, bits);
        var scale = bits[3] >> 16;
        if (balance < 0 || bits[2] != 0 || scale < 0 || scale >= PowersOfTenWhole.Length)
            return false;
        var mantissa = unchecked((ulong)(uint)bits[1] << 32 | (uint)bits[0]);
        if (Math.BigMul((ulong)balance, mantissa, out var product) != 0)
            return false;
        var unit = PowersOfTenWhole[scale];
        var (whole, rest) = Math.DivRem(product, unit);
        if (whole >= PlainMax)
            return false;
        var (half, margin) = (unit / 2, unit / 100);
        if (rest >= half - margin && rest <= half + margin)
            return false;
        interest = (long)(rest < half ? whole : whole + 1);
        return true;
    }

    private static int WholeDigits(decimal magnitude)
    {
        var digits = 1;
        while (digits < 28 && magnitude >= PowersOfTen[digits])
            digits++;
        return digits;
    }

    private static decimal[] Powers()
    {
        var powers = new decimal[29];
        powers[0] = 1m;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10m;
        return powers;
    }
}
