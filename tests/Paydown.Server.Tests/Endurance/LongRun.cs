using System.Diagnostics;

namespace Paydown.Server.Tests.Endurance;

/// <summary>The length and the seed of the long tests; docs/testing.md says how to set both.</summary>
internal static class LongRun
{
    /// <summary>True with <c>PAYDOWN_LONG=1</c>, which <c>./test --long</c> sets.</summary>
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("PAYDOWN_LONG") == "1";

    /// <summary>The number of rounds: PAYDOWN_COUNT, or that of the short or the long form.</summary>
    public static int Count(int shortForm, int longForm) =>
        Number("PAYDOWN_COUNT") ?? (IsWanted ? longForm : shortForm);

    /// <summary>The seed: PAYDOWN_SEED, or a fixed one in the short form and a new one in the long form.</summary>
    public static int Seed(int shortForm) =>
        Number("PAYDOWN_SEED") ?? (IsWanted ? (int)(Stopwatch.GetTimestamp() / 1_000 % 1_000_000_000) : shortForm);

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text) : null;
}
