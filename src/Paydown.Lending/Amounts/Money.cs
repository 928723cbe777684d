using System.Globalization;

namespace Paydown.Lending.Amounts;

/// <summary>
/// An amount of one currency, counted in minor units. Arithmetic is checked and never mixes currencies. Not a rate, and
/// not a quantity that interest is computed in: that is <see cref="decimal"/> until it becomes money.
/// </summary>
public readonly record struct Money(long MinorUnits, Currency Currency) : IComparable<Money>
{
    /// <summary>True above zero.</summary>
    public bool IsPositive => MinorUnits > 0;

    /// <summary>True at exactly zero.</summary>
    public bool IsZero => MinorUnits == 0;

    /// <summary>The amount in major units, exact.</summary>
    public decimal Major => new decimal(MinorUnits) / Currency.MinorUnitsPerMajor;

    /// <summary>Nothing of this currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>
    /// Converts major units. False if the number has more fraction digits than the currency, or does not fit 63 bits of
    /// minor units: money is never rounded on its way in.
    /// </summary>
    public static bool TryFromMajor(decimal major, Currency currency, out Money money)
    {
        money = Zero(currency);
        if (major is > 92_233_720_368_547_758m or < -92_233_720_368_547_758m)
            return false;
        var minor = major * currency.MinorUnitsPerMajor;
        if (minor != decimal.Truncate(minor) || minor is > long.MaxValue or < long.MinValue)
            return false;
        money = new Money((long)minor, currency);
        return true;
    }

    /// <summary>Converts major units.</summary>
    /// <exception cref="ArgumentException">The number is not exact in this currency, or too large.</exception>
    public static Money FromMajor(decimal major, Currency currency) =>
        TryFromMajor(major, currency, out var money)
            ? money
            : throw new ArgumentException($"{major} is not an amount of {currency}.", nameof(major));

    /// <summary>The sum of amounts of one currency; zero if there are none.</summary>
    public static Money Sum(IEnumerable<Money> amounts, Currency currency) =>
        amounts.Aggregate(Zero(currency), (sum, amount) => sum + amount);

    /// <summary>The smaller of two amounts of one currency.</summary>
    public static Money Min(Money one, Money other) => one < other ? one : other;

    /// <summary>Sum of two amounts of one currency.</summary>
    public static Money operator +(Money left, Money right) => new(left.MinorUnits + Same(left, right), left.Currency);

    /// <summary>Difference of two amounts of one currency; may be negative.</summary>
    public static Money operator -(Money left, Money right) => new(left.MinorUnits - Same(left, right), left.Currency);

    /// <summary>The opposite amount.</summary>
    public static Money operator -(Money amount) => new(-amount.MinorUnits, amount.Currency);

    /// <summary>Compares two amounts of one currency.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Compares two amounts of one currency.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Compares two amounts of one currency.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two amounts of one currency.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Money other) => MinorUnits.CompareTo(Same(this, other));

    /// <summary>The amount as people write it: <c>1250.50 NGN</c>.</summary>
    public override string ToString() =>
        Major.ToString("F" + Currency.FractionDigits, CultureInfo.InvariantCulture) + " " + Currency.Code;

    private static long Same(Money left, Money right) =>
        left.Currency == right.Currency
            ? right.MinorUnits
            : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not mix.");
}
