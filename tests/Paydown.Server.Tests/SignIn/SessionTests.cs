using System.Net;
using Dapper;
using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.SignIn;
using Shouldly;
using Xunit;
using static Paydown.Server.Tests.SignIn.SignInServer;

namespace Paydown.Server.Tests.SignIn;

/// <summary>Refreshing and logging out, on two servers with one database.</summary>
public sealed class SessionTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Fact]
    public async Task A_refresh_returns_a_new_pair_and_the_old_access_token_stays_valid()
    {
        var first = await SignInAsync();
        var second = await RefreshAsync(server.Second, first.RefreshToken);
        second.Status.ShouldBe(200);
        second
            .Data.EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe(["access_token", "refresh_token", "token_type", "expires_in"]);
        second.RefreshToken.ShouldNotBe(first.RefreshToken);
        (await CountsAsync(server.First, second.AccessToken)).ShouldBeTrue();
        (await CountsAsync(server.First, first.AccessToken)).ShouldBeTrue();
        (await RefreshAsync(server.First, second.RefreshToken)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_spent_refresh_token_ends_the_session_on_every_server()
    {
        var first = await SignInAsync();
        var second = await RefreshAsync(server.First, first.RefreshToken);
        (await CountsAsync(server.Second, second.AccessToken)).ShouldBeTrue();

        var reused = await RefreshAsync(server.First, first.RefreshToken);
        reused.Status.ShouldBe(403);
        reused.Json.GetProperty("error").GetString().ShouldBe("Token Already Used");
        reused.Code.ShouldBe("TOKEN_ALREADY_USED");
        (await CountsAsync(server.First, first.AccessToken)).ShouldBeFalse();
        (await CountsAsync(server.First, second.AccessToken)).ShouldBeFalse();
        await ShouldSoonBeRefusedAsync(server.Second, second.AccessToken);
        var youngest = await RefreshAsync(server.Second, second.RefreshToken);
        youngest.Status.ShouldBe(401);
        youngest.Code.ShouldBe("INVALID_REFRESH_TOKEN");
        (await RefreshAsync(server.Second, first.RefreshToken)).Code.ShouldBe("TOKEN_ALREADY_USED");
    }

    [Fact]
    public async Task Of_concurrent_refreshes_exactly_one_wins_and_the_session_ends()
    {
        for (var round = 0; round < 5; round++)
        {
            var first = await SignInAsync();
            var replies = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(i => RefreshAsync(i % 2 == 0 ? server.First : server.Second, first.RefreshToken))
            );
            var winner = replies.Where(reply => reply.Status == 200).ShouldHaveSingleItem();
            replies.Count(reply => reply.Status == 403).ShouldBe(7);
            (await RefreshAsync(server.First, winner.RefreshToken)).Code.ShouldBe("INVALID_REFRESH_TOKEN");
            await ShouldSoonBeRefusedAsync(server.First, winner.AccessToken);
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task A_logout_takes_effect_on_every_server(string method)
    {
        var tokens = await SignInAsync();
        (await CountsAsync(server.First, tokens.AccessToken)).ShouldBeTrue();
        (await CountsAsync(server.Second, tokens.AccessToken)).ShouldBeTrue();
        var reply = await SendAsync(
            server.First,
            new HttpMethod(method),
            "securitymanagement/logout",
            new { refresh_token = tokens.RefreshToken }
        );
        reply.Status.ShouldBe(200);
        (await CountsAsync(server.First, tokens.AccessToken)).ShouldBeFalse();
        await ShouldSoonBeRefusedAsync(server.Second, tokens.AccessToken);
        (await RefreshAsync(server.Second, tokens.RefreshToken)).Code.ShouldBe("INVALID_REFRESH_TOKEN");
        // Repeating the logout changes nothing.
        (await LogoutAsync(server.Second, tokens.RefreshToken)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_logout_reaches_other_servers_by_notification_before_they_poll()
    {
        var tokens = await SignInAsync();
        (await CountsAsync(server.Second, tokens.AccessToken)).ShouldBeTrue();
        // A server polls once its clock is 3 s past its last poll, so with the clock set back there is no poll.
        var back = Wait.PatienceMax + TimeSpan.FromMinutes(1);
        server.Clock.Advance(-back);
        try
        {
            await LogoutAsync(server.First, tokens.RefreshToken);
            await ShouldSoonBeRefusedAsync(server.Second, tokens.AccessToken);
        }
        finally
        {
            server.Clock.Advance(back);
        }
    }

    [Fact]
    public async Task A_logout_ends_one_sign_in_and_no_other()
    {
        var user = await server.AddUserAsync();
        var (phone, laptop) = (await LoginAsync(server.First, user.Email), await LoginAsync(server.First, user.Email));
        await LogoutAsync(server.First, phone.RefreshToken);
        (await CountsAsync(server.First, phone.AccessToken)).ShouldBeFalse();
        (await CountsAsync(server.First, laptop.AccessToken)).ShouldBeTrue();
        (await RefreshAsync(server.First, laptop.RefreshToken)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_server_that_starts_later_knows_earlier_logouts()
    {
        var tokens = await SignInAsync();
        await LogoutAsync(server.First, tokens.RefreshToken);
        using var later = await server.StartAsync();
        (await CountsAsync(later, tokens.AccessToken)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_whose_connection_was_cut_receives_logouts_again()
    {
        // The application does not see what other roles run.
        await using var connection = new NpgsqlConnection(server.Database.ConnectionString);
        var cut = await connection.QueryAsync<bool>(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and query like '%from signing_key%'
            """
        );
        cut.Count().ShouldBeGreaterThanOrEqualTo(2);
        var tokens = await SignInAsync();
        await LogoutAsync(server.First, tokens.RefreshToken);
        await ShouldSoonBeRefusedAsync(server.Second, tokens.AccessToken);
    }

    [Fact]
    public async Task A_lost_notification_is_made_up_for_by_the_poll()
    {
        var tokens = await SignInAsync();
        var claims = Platform.Identity.TokenBench.Decode(tokens.AccessToken.Split('.')[1]);
        await using var connection = await server.Database.OpenConnectionAsync();
        // Written as a server does, but without the notification.
        await connection.ExecuteAsync(
            """
            insert into revoked_session (session_id, access_until, revoked_at)
            values (@id, now() + interval '1 hour', now())
            """,
            new { id = claims.GetProperty("sid").GetGuid() }
        );
        await ShouldSoonBeRefusedAsync(server.First, tokens.AccessToken);
        await ShouldSoonBeRefusedAsync(server.Second, tokens.AccessToken);
    }

    [Fact]
    public async Task Unknown_and_expired_refresh_tokens_get_the_same_refusal()
    {
        var tokens = await SignInAsync();
        server.Clock.AdvanceDays(31);
        var expired = await RefreshAsync(server.First, tokens.RefreshToken);
        var unknown = await RefreshAsync(server.First, "never-given");
        expired.Status.ShouldBe(401);
        expired.Json.GetProperty("error").GetString().ShouldBe("Invalid Refresh Token");
        unknown.Body.ShouldBe(expired.Body);
        (await LogoutAsync(server.First, "never-given")).Code.ShouldBe("INVALID_REFRESH_TOKEN");
    }

    [Fact]
    public async Task A_rotated_key_is_known_to_every_server_before_it_signs()
    {
        var store = new SigningKeyStore(server.Database, server.Clock, new Ids(server.Clock));
        var tokens = await SignInAsync();
        var id = await store.RotateAsync(default);
        (await store.LoadAsync(default)).ShouldContain(key => key.Id == id && key.SignsFrom > server.Clock.GetUtcNow());
        (await CountsAsync(server.Second, tokens.AccessToken)).ShouldBeTrue();
        (await CountsAsync(server.Second, (await SignInAsync()).AccessToken)).ShouldBeTrue();
        (await store.RotateIfDueAsync(default)).ShouldBeNull();
    }

    private async Task<Reply> SignInAsync() => await LoginAsync(server.First, (await server.AddUserAsync()).Email);

    private static Task ShouldSoonBeRefusedAsync(HttpClient client, string accessToken) =>
        Wait.UntilAsync(async () => !await CountsAsync(client, accessToken), () => "The token is still accepted.");
}
