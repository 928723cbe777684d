using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Paydown.Server.Platform.Http;
using Paydown.Server.SignIn;
using Shouldly;
using Xunit;
using static Paydown.Server.Tests.SignIn.SignInServer;

namespace Paydown.Server.Tests.SignIn;

/// <summary>The limits of sign-ins, through a trusted proxy, so each client has its own address.</summary>
public sealed class SignInLimitsTests(SignInServer server) : IClassFixture<SignInServer>
{
    private const string Wrong = "Wrong-Horse-77";
    private const string Stranger = "198.51.100.66";
    private const string Home = "203.0.113.9";

    [Fact]
    public async Task Right_credentials_pass_although_their_address_has_used_up_its_attempts()
    {
        using var strict = await StartAsync(new() { FailuresPerAddressAMinute = 5, LoginsPerAccountAMinute = 0 });
        var user = await server.AddUserAsync();
        for (var i = 0; i < 5; i++)
            (await LoginAsync(strict, $"nobody-{i}-{user.Id:N}@example.com", Wrong, Stranger)).Status.ShouldBe(401);
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(i => LoginAsync(strict, $"flood-{i}-{user.Id:N}@example.com", Wrong, Stranger))
        );
        replies.ShouldContain(reply => reply.Status == 429, "Attempts over the rate are refused.");
        var refused = replies.First(reply => reply.Status == 429);
        refused.Code.ShouldBe("RATE_LIMIT_EXCEEDED");
        refused.RetryAfter!.Value.ShouldBeInRange(1, 60);
        (await LoginAsync(strict, user.Email, Password, Home)).Status.ShouldBe(
            200,
            "Another address has its own limit."
        );
    }

    [Fact]
    public async Task An_address_that_fails_often_is_slowed_down_and_not_shut_out()
    {
        using var strict = await StartAsync(new() { FailuresPerAddressAMinute = 60, LoginsPerAccountAMinute = 0 });
        var user = await server.AddUserAsync();
        for (var i = 0; i < 60; i += 20)
        {
            await Task.WhenAll(
                Enumerable
                    .Range(i, 20)
                    .Select(j => LoginAsync(strict, $"many-{j}-{user.Id:N}@example.com", Wrong, Stranger))
            );
        }

        (await LoginAsync(strict, user.Email, Password, Stranger)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_success_does_not_count_against_its_address()
    {
        using var strict = await StartAsync(new() { FailuresPerAddressAMinute = 1, LoginsPerAccountAMinute = 0 });
        for (var i = 0; i < 3; i++)
        {
            var user = await server.AddUserAsync();
            var reply = await LoginAsync(strict, user.Email, Password, Home);
            reply.Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task Strangers_lock_an_account_only_for_strangers_and_not_for_known_addresses()
    {
        using var one = await StartAsync(new() { LoginsPerAccountAMinute = 0 });
        var user = await server.AddUserAsync();
        (await LoginAsync(one, user.Email, Password, Home)).Status.ShouldBe(200);
        for (var i = 0; i < 5; i++)
            (await LoginAsync(one, user.Email, Wrong, Stranger)).Status.ShouldBe(401);
        (await LoginAsync(one, user.Email, Wrong, Stranger)).Code.ShouldBe("ACCOUNT_LOCKED");
        (await LoginAsync(one, user.Email, Password, "198.51.100.67")).Code.ShouldBe("ACCOUNT_LOCKED");

        // On another server too, and success there does not let the strangers guess again.
        using var other = await StartAsync(new() { LoginsPerAccountAMinute = 0 });
        (await LoginAsync(other, user.Email, Password, Home)).Status.ShouldBe(200);
        (await LoginAsync(one, user.Email, Wrong, Stranger)).Code.ShouldBe("ACCOUNT_LOCKED");
    }

    [Fact]
    public async Task A_known_address_has_exactly_five_guesses()
    {
        using var one = await StartAsync(new() { LoginsPerAccountAMinute = 0 });
        var user = await server.AddUserAsync();
        (await LoginAsync(one, user.Email, Password, Home)).Status.ShouldBe(200);
        for (var i = 0; i < 5; i++)
            (await LoginAsync(one, user.Email, Wrong, Home)).Status.ShouldBe(401);
        (await LoginAsync(one, user.Email, Password, Home)).Code.ShouldBe("ACCOUNT_LOCKED");
        (await LoginAsync(one, user.Email, Password, Stranger)).Code.ShouldBe("ACCOUNT_LOCKED");
    }

    [Fact]
    public async Task Without_a_trusted_proxy_a_header_cannot_change_the_address()
    {
        using var strict = await server.StartAsync(
            new() { FailuresPerAddressAMinute = 1, LoginsPerAccountAMinute = 0 }
        );
        var replies = await Task.WhenAll(
            Enumerable.Range(1, 4).Select(i => LoginAsync(strict, $"spread-{i}@example.com", Wrong, $"203.0.113.{i}"))
        );
        replies.ShouldContain(reply => reply.Status == 429);
    }

    private async Task<HttpClient> StartAsync(SignInOptions limits)
    {
        TrustedProxies.TryParse("127.0.0.1", out var proxies, out _).ShouldBeTrue();
        return await server.StartAsync(limits, proxies);
    }

    private static async Task<Tried> LoginAsync(HttpClient client, string email, string password, string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v6/services/securitymanagement/login")
        {
            Content = JsonContent.Create(new { email, currentPassword = password }),
        };
        request.Headers.Add("X-Forwarded-For", from);
        using var response = await client.SendAsync(request);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return new Tried(
            (int)response.StatusCode,
            body.TryGetProperty("code", out var code) ? code.GetString() : null,
            (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds
        );
    }

    private sealed record Tried(int Status, string? Code, int? RetryAfter);
}
