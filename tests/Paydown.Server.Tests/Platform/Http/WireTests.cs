using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

public sealed class WireTests
{
    [Theory]
    [InlineData(5_000_000, "NGN", "50000")]
    [InlineData(125_050, "NGN", "1250.5")]
    [InlineData(1, "NGN", "0.01")]
    [InlineData(-1, "NGN", "-0.01")]
    [InlineData(0, "NGN", "0")]
    [InlineData(12, "JPY", "12")]
    [InlineData(1_005, "KWD", "1.005")]
    [InlineData(long.MaxValue, "NGN", "92233720368547758.07")]
    [InlineData(long.MinValue, "NGN", "-92233720368547758.08")]
    public void Money_is_an_exact_number_of_major_units(long minor, string currency, string json) =>
        JsonSerializer.Serialize(new Money(minor, Currency.Get(currency)), Wire.Options).ShouldBe(json);

    [Fact]
    public void Instants_are_in_utc_with_z() =>
        JsonSerializer
            .Serialize(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.FromHours(1)), Wire.Options)
            .ShouldBe("\"2026-01-31T09:00:00Z\"");
}
