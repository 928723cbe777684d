using System.Net;
using System.Net.Sockets;
using Paydown.Server.Webhooks;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Webhooks;

/// <summary>Which addresses webhooks may be sent to.</summary>
public sealed class TargetGuardTests
{
    private const string NotPublic = "not public";

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://127.000.000.001/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://127.0.0.1.:8443/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://0/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://10.255.255.255:8443/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://172.31.255.254/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://192.0.0.8/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://192.88.99.1/")]
    [InlineData("https://198.18.0.1/")]
    [InlineData("https://198.51.100.7/")]
    [InlineData("https://203.0.113.7/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://240.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[64:ff9b:1::a00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2001:0:1::1]/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://[fc00::1]/")]
    [InlineData("https://[fd12:3456:789a::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://loopback.lender.example/")]
    [InlineData("https://LOOPBACK.lender.example./")]
    [InlineData("https://mixed.lender.example/")]
    [InlineData("https://mapped.lender.example/")]
    public async Task No_spelling_of_a_private_address_is_accepted(string url) =>
        (await CheckAsync(url)).ShouldNotBeNull().ShouldContain(NotPublic);

    [Theory]
    [InlineData("https://public.lender.example/webhooks")]
    [InlineData("https://public.lender.example:8443/webhooks?x=1")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700::1111]/")]
    public async Task A_public_address_is_accepted(string url) => (await CheckAsync(url)).ShouldBeNull();

    [Theory]
    [InlineData("http://public.lender.example/", "https://")]
    [InlineData("ftp://public.lender.example/", "https")]
    [InlineData("file:///etc/passwd", "https")]
    [InlineData("gopher://public.lender.example/", "https")]
    [InlineData("lender.example", "https")]
    [InlineData("//public.lender.example/", "https")]
    [InlineData("https://user:secret@public.lender.example/", "user name")]
    [InlineData("https://public.lender.example/#part", "fragment")]
    [InlineData("https://public.lender.example:22/", "port")]
    [InlineData("https://public.lender.example:25/", "port")]
    [InlineData("https://nowhere.lender.example/", "resolved")]
    public async Task Another_unsuitable_address_is_refused_with_the_reason(string url, string reason) =>
        (await CheckAsync(url)).ShouldNotBeNull().ShouldContain(reason);

    [Theory]
    [InlineData("10.1.0.0/16", "https://10.1.2.3/", true)]
    [InlineData("10.1.0.0/16", "https://10.2.2.3/", false)]
    [InlineData("10.1.0.0/16", "https://10.1.2.3:25/", true)]
    [InlineData("inside.lender.example", "https://inside.lender.example/", true)]
    [InlineData("inside.lender.example", "https://10.0.0.7/", false)]
    [InlineData("127.0.0.0/8", "https://127.0.0.1/", false)]
    [InlineData("127.0.0.1", "https://127.0.0.1/", true)]
    [InlineData("127.0.0.1", "http://127.0.0.1/", false)]
    [InlineData("loopback.lender.example", "https://loopback.lender.example/", false)]
    [InlineData("169.254.0.0/16", "https://169.254.169.254/", false)]
    [InlineData("::1", "https://[::1]/", true)]
    public async Task An_operator_can_allow_private_targets_but_loopback_only_by_its_exact_address(
        string allowed,
        string url,
        bool isAccepted
    )
    {
        AllowedTargets.TryParse(allowed, out var targets, out _).ShouldBeTrue();
        var wrong = await CheckAsync(url, new WebhookOptions { Allowed = targets! });
        (wrong is null).ShouldBe(isAccepted, wrong);
    }

    [Fact]
    public async Task For_trying_out_plain_http_to_loopback_can_be_allowed()
    {
        var options = new WebhookOptions { AllowsLoopback = true };
        (await CheckAsync("http://127.0.0.1:3000/hook", options)).ShouldBeNull();
        (await CheckAsync("http://10.0.0.1/", options)).ShouldNotBeNull();
        (await CheckAsync("http://public.lender.example/", options)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("a b")]
    [InlineData("https://lender.example")]
    public void A_malformed_list_of_allowed_targets_is_refused(string text)
    {
        AllowedTargets.TryParse(text, out _, out var wrong).ShouldBeFalse();
        wrong.ShouldBe(text);
    }

    private static Task<string?> CheckAsync(string url, WebhookOptions? options = null) =>
        new TargetGuard(options ?? new WebhookOptions(), ResolveAsync).CheckAsync(url, default);

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        host.TrimEnd('.').ToLowerInvariant() switch
        {
            "public.lender.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8")]),
            "inside.lender.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.7")]),
            "loopback.lender.example" => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            "mixed.lender.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]),
            "mapped.lender.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("::ffff:192.168.0.1")]),
            _ => throw new SocketException((int)SocketError.HostNotFound),
        };
}
