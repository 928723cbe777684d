using Paydown.Lending.Amounts;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Values in the refusals that a <see cref="Contract"/> lists, in place of those that a request would bring. They are
/// in no response and not in the OpenAPI document.
/// </summary>
internal static class Sample
{
    public static Money Amount { get; } = new(5_000_000, Currency.Get("NGN"));

    public static DateOnly Date { get; } = new(2026, 2, 1);
}
