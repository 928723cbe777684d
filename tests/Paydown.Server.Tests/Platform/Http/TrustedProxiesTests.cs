using System.Net;
using Microsoft.AspNetCore.Http;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

public sealed class TrustedProxiesTests
{
    private const string Client = "203.0.113.9";
    private const string Proxy = "10.0.0.1";

    [Theory]
    [InlineData("203.0.113.9", Client)]
    [InlineData("198.51.100.1, 203.0.113.9", Client)]
    [InlineData("203.0.113.9, 10.0.0.7", Client)]
    [InlineData("198.51.100.1,203.0.113.9 ,10.0.0.7,10.9.9.9", Client)]
    [InlineData("203.0.113.9:4711", Client)]
    [InlineData("::ffff:203.0.113.9", Client)]
    [InlineData("2001:db8::9", "2001:db8::9")]
    [InlineData("[2001:db8::9]", "2001:db8::9")]
    [InlineData("[2001:db8::9]:443", "2001:db8::9")]
    [InlineData("10.0.0.7, 10.0.0.8", "10.0.0.7")]
    [InlineData("", Proxy)]
    [InlineData("nobody", Proxy)]
    [InlineData("203.0.113.9, ", Proxy)]
    [InlineData("203.0.113.9, 1", Proxy)]
    [InlineData("203.0.113.9, 0x0a.0.0.1", Proxy)]
    [InlineData("203.0.113.9, unknown, 10.0.0.7", Proxy)]
    [InlineData("203.0.113.9:x", Proxy)]
    [InlineData("[203.0.113.9]", Proxy)]
    [InlineData("[2001:db8::9", Proxy)]
    public void A_list_is_read_from_the_right_to_the_first_untrusted_address(string sent, string found) =>
        Find(Proxy, ("X-Forwarded-For", sent)).ShouldBe(found);

    [Theory]
    [InlineData("for=203.0.113.9", Client)]
    [InlineData("For=\"203.0.113.9:4711\";proto=https;by=203.0.113.43", Client)]
    [InlineData("proto=https ; host=\"a,b;c\"; for=203.0.113.9", Client)]
    [InlineData("for=198.51.100.1, for=203.0.113.9, for=10.0.0.7", Client)]
    [InlineData("for=\"[2001:db8::9]\"", "2001:db8::9")]
    [InlineData("for=\"[2001:db8::9]:_port\"", "2001:db8::9")]
    [InlineData("for=\"203\\.0.113.9\"", Client)]
    [InlineData("for=_hidden, for=203.0.113.9", Client)]
    [InlineData("for=203.0.113.9, for=_hidden", Proxy)]
    [InlineData("for=unknown", Proxy)]
    [InlineData("by=203.0.113.9", Proxy)]
    [InlineData("for=203.0.113.9;for=198.51.100.1", Proxy)]
    [InlineData("for=\"203.0.113.9", Proxy)]
    [InlineData("for", Proxy)]
    [InlineData("for=203.0.113.9,", Proxy)]
    [InlineData("for=203.0.113.9 for=198.51.100.1", Proxy)]
    public void Elements_of_RFC_7239_are_read_in_the_same_way(string sent, string found) =>
        Find(Proxy, ("Forwarded", sent)).ShouldBe(found);

    [Fact]
    public void Headers_count_only_from_a_trusted_peer()
    {
        Find("192.0.2.1", ("X-Forwarded-For", Client)).ShouldBe("192.0.2.1");
        Find("::ffff:10.0.0.1", ("X-Forwarded-For", Client)).ShouldBe(Client);
        Find("2001:db8:1::1", ("X-Forwarded-For", Client)).ShouldBe(Client);
        Find("2001:db8:2::1", ("X-Forwarded-For", Client)).ShouldBe("2001:db8:2::1");
        Find(null, ("X-Forwarded-For", Client)).ShouldBe(Client, "A Unix socket is trusted if it is named.");
        Read("10.0.0.0/8").ClientOf(null, new HeaderDictionary { ["X-Forwarded-For"] = Client }).ShouldBeNull();
        TrustedProxies
            .None.ClientOf(IPAddress.Loopback, new HeaderDictionary { ["X-Forwarded-For"] = Client })
            .ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public void Repeated_headers_are_one_list_and_headers_that_disagree_are_ignored()
    {
        var headers = new HeaderDictionary { ["X-Forwarded-For"] = new(["198.51.100.1", Client]) };
        Read("10.0.0.0/8").ClientOf(IPAddress.Parse(Proxy), headers)!.ToString().ShouldBe(Client);
        Find(Proxy, ("X-Forwarded-For", Client), ("Forwarded", $"for={Client}")).ShouldBe(Client);
        Find(Proxy, ("X-Forwarded-For", Client), ("Forwarded", "for=198.51.100.1")).ShouldBe(Proxy);
        Find(Proxy, ("X-Forwarded-For", Client), ("Forwarded", "nonsense")).ShouldBe(Proxy);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0")]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.0/8,x")]
    public void An_invalid_network_is_reported(string text)
    {
        TrustedProxies.TryParse(text, out _, out var wrong).ShouldBeFalse();
        wrong.ShouldBe(text.Split(',')[^1]);
    }

    private static string? Find(string? peer, params (string Name, string Value)[] sent)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in sent)
            headers[name] = value;
        return Read("10.0.0.0/8, 2001:db8:1::/48, unix")
            .ClientOf(TrustedProxies.Plain(peer is null ? null : IPAddress.Parse(peer)), headers)
            ?.ToString();
    }

    private static TrustedProxies Read(string text) =>
        TrustedProxies.TryParse(text, out var proxies, out _) ? proxies : throw new ArgumentException(text);
}
