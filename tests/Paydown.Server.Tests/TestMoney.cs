using Paydown.Lending.Amounts;

namespace Paydown.Server.Tests;

/// <summary>The money of most tests.</summary>
internal static class TestMoney
{
    public static readonly Currency Naira = Currency.Get("NGN");

    /// <summary>An amount in hundredths of a naira.</summary>
    public static Money Kobo(long minorUnits) => new(minorUnits, Naira);
}
