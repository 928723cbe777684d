using Microsoft.AspNetCore.Http;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

public sealed class RequiredHeadersTests
{
    [Theory]
    [InlineData("2026-11-21T10:00:00Z", true)]
    [InlineData("2026-11-21T10:00Z", true)]
    [InlineData("2026-11-21T10:00:00.123456789Z", true)]
    [InlineData("2026-11-21T10:00:00+0100", true)]
    [InlineData("Sat, 21 Nov 2026 10:00:00 GMT", true)]
    [InlineData("Saturday, 21-Nov-26 10:00:00 GMT", true)]
    [InlineData("Sat Nov 21 10:00:00 2026", true)]
    [InlineData("Sun Nov  1 10:00:00 2026", true)]
    [InlineData("Sun, 21 Nov 2026 10:00:00 GMT", false)]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-11-21 10:00:00", false)]
    [InlineData("1795255200", false)]
    [InlineData("", false)]
    public void The_date_is_iso_8601_or_any_http_date(string date, bool isRight) =>
        ErrorsOf(RequiredHeaders.AuthDate, date).ShouldBe(isRight ? [] : [RequiredHeaders.AuthDate]);

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("::ffff:192.0.2.1", true)]
    [InlineData("fe80::1%eth0", true)]
    [InlineData("[::1]", false)]
    [InlineData("[::1]:443", false)]
    [InlineData("192.0.2.1:443", false)]
    [InlineData("010.0.0.1", false)]
    [InlineData("0x7f.0.0.1", false)]
    [InlineData("1.2.3", false)]
    [InlineData("256.0.0.1", false)]
    [InlineData("192.0.2.1, 192.0.2.2", false)]
    public void The_address_is_exactly_an_ipv4_or_ipv6_address(string address, bool isRight) =>
        ErrorsOf(RequiredHeaders.CustomerIpAddress, address)
            .ShouldBe(isRight ? [] : [RequiredHeaders.CustomerIpAddress]);

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_key_has_at_most_255_characters(int length, bool isRight) =>
        ErrorsOf(RequiredHeaders.IdempotencyKey, new string('k', length))
            .ShouldBe(isRight ? [] : [RequiredHeaders.IdempotencyKey]);

    [Fact]
    public void A_header_that_is_sent_twice_is_refused()
    {
        var headers = Right();
        headers[RequiredHeaders.InteractionId] = new(["one", "two"]);
        RequiredHeaders
            .Check(headers, needsIdempotencyKey: true)!
            .Errors.Select(error => error.Field)
            .ShouldBe([RequiredHeaders.InteractionId]);
    }

    private static IEnumerable<string> ErrorsOf(string header, string value)
    {
        var headers = Right();
        headers[header] = value;
        return RequiredHeaders.Check(headers, needsIdempotencyKey: true)?.Errors.Select(error => error.Field) ?? [];
    }

    private static HeaderDictionary Right() =>
        new()
        {
            [RequiredHeaders.AuthDate] = "2026-11-21T10:00:00Z",
            [RequiredHeaders.CustomerIpAddress] = "192.0.2.1",
            [RequiredHeaders.InteractionId] = "interaction-12345",
            [RequiredHeaders.IdempotencyKey] = "key-1",
        };
}
