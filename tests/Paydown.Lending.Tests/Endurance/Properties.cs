using FsCheck;
using FsCheck.Fluent;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>
/// Runs properties from a seed: the same cases each time in the short form, others in the long form.
/// </summary>
internal static class Properties
{
    private const int SeedOfShort = 20_260_101;

    // FsCheck's generator takes a second seed, which must be odd.
    private const ulong Gamma = 1;

    /// <summary>Checks a property; a counterexample fails the test.</summary>
    /// <param name="property">The property.</param>
    /// <param name="cases">How many cases the short form tries; the long form tries ten times as many.</param>
    public static void ShouldHold(this Property property, int cases = 100) =>
        property.Check(
            Config
                .QuickThrowOnFailure.WithMaxTest(LongRun.Count(cases, 10 * cases))
                .WithReplay((ulong)LongRun.Seed(SeedOfShort), Gamma)
                .WithQuietOnSuccess(true)
        );
}
