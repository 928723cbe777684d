using Paydown.Lending.Amounts;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Placeholders in the refusals that a <see cref="Contract"/> lists, for values that come from a request. No response
/// and no OpenAPI document contains them.
/// </summary>
internal static class Sample
{
    public static Money Amount { get; } = new(5_000_000, Currency.Get("NGN"));

    public static DateOnly Date { get; } = new(2026, 2, 1);
}
