using System.Diagnostics;
using System.Net;
using Dapper;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.SignIn;
using Shouldly;
using Xunit;
using static Paydown.Server.Tests.SignIn.SignInServer;

namespace Paydown.Server.Tests.SignIn;

public sealed class LoginTests(SignInServer server) : IClassFixture<SignInServer>
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task The_right_password_returns_exactly_the_fields_of_the_contract(string method)
    {
        var user = await server.AddUserAsync();
        var reply = await SendAsync(
            server.First,
            new HttpMethod(method),
            "securitymanagement/login",
            new
            {
                email = user.Email,
                currentPassword = Password,
                platform = "web",
                uuid = "x",
            }
        );
        reply.Status.ShouldBe(200);
        reply
            .Data.EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe(["access_token", "refresh_token", "token_type", "expires_in", "user"]);
        reply.Data.GetProperty("token_type").GetString().ShouldBe("Bearer");
        reply.Data.GetProperty("expires_in").GetInt32().ShouldBe(3600);
        var who = reply.Data.GetProperty("user");
        who.EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe(["id", "role", "firstName", "lastName", "email", "organisationId"]);
        who.GetProperty("id").GetGuid().ShouldBe(user.Id.Value);
        who.GetProperty("role").GetString().ShouldBe("CUSTOMER");
        who.GetProperty("email").GetString().ShouldBe(user.Email);
        (await CountsAsync(server.First, reply.AccessToken)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_token_of_one_server_is_valid_on_the_other()
    {
        var user = await server.AddUserAsync();
        var reply = await LoginAsync(server.First, user.Email.ToUpperInvariant());
        (await CountsAsync(server.Second, reply.AccessToken)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_email_get_the_same_refusal()
    {
        var user = await server.AddUserAsync();
        var wrong = await LoginAsync(server.First, user.Email, "Wrong-Horse-77");
        var unknown = await LoginAsync(server.First, "nobody-at-all@example.com");
        wrong.Status.ShouldBe(401);
        wrong.Json.GetProperty("error").GetString().ShouldBe("Invalid Credentials");
        wrong.Code.ShouldBe("INVALID_CREDENTIALS");
        unknown.Status.ShouldBe(wrong.Status);
        unknown.Body.ShouldBe(wrong.Body);
    }

    [Fact]
    public async Task An_unknown_email_takes_as_long_as_a_known_one()
    {
        var user = await server.AddUserAsync();
        var (known, unknown) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var i = 0; i < 3; i++)
        {
            known = Least(known, await TimeAsync(user.Email));
            unknown = Least(unknown, await TimeAsync("nobody-timed@example.com"));
        }

        // Without the comparison with nobody's hash, it would take a few milliseconds instead of a hundred.
        (unknown / known).ShouldBeInRange(0.33, 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Five_failures_lock_an_account_on_every_server_whether_it_exists_or_not(bool exists)
    {
        var email = exists ? (await server.AddUserAsync()).Email : "never-registered@example.com";
        for (var i = 0; i < 5; i++)
        {
            var wrong = await LoginAsync(i % 2 == 0 ? server.First : server.Second, email, "Wrong-Horse-77");
            wrong.Status.ShouldBe(401);
        }

        foreach (var client in new[] { server.First, server.Second })
        {
            var locked = await LoginAsync(client, email);
            locked.Status.ShouldBe(403);
            locked.Json.GetProperty("error").GetString().ShouldBe("Account Locked");
            locked.Code.ShouldBe("ACCOUNT_LOCKED");
        }
    }

    [Fact]
    public async Task Concurrent_guesses_are_limited_to_five()
    {
        var user = await server.AddUserAsync();
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(i => LoginAsync(i % 2 == 0 ? server.First : server.Second, user.Email, $"Wrong-Horse-{i:00}"))
        );
        // On a busy machine, some may be refused before their password is checked.
        replies.Count(reply => reply.Status == 401).ShouldBeInRange(1, 5);
        replies.ShouldAllBe(reply => reply.Status == 401 || reply.Status == 403 || reply.Status == 503);
    }

    [Fact]
    public async Task Concurrent_failures_are_counted_one_after_the_other()
    {
        var source = server.Database;
        var failures = new SignInFailures(new Ids(TimeProvider.System));
        var (account, now) = (AccountKey.Of("counted@example.com"), TimeProvider.System.GetUtcNow());
        var client = ClientKey.Of(account, IPAddress.Loopback);
        async Task<bool> FailAsync()
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await SignInFailures.SerializeAsync(connection, account, default);
            if (await SignInFailures.FindLockAsync(connection, account, null, null, now.AddHours(-4), default) > now)
                return false;
            await failures.AddAsync(connection, account, client, null, now, default);
            await transaction.CommitAsync();
            return true;
        }

        var counted = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(FailAsync)));
        counted.Count(isCounted => isCounted).ShouldBe(5);
    }

    [Fact]
    public async Task A_lock_out_ends_after_a_quarter_of_an_hour()
    {
        var user = await server.AddUserAsync();
        for (var i = 0; i < 5; i++)
            await LoginAsync(server.First, user.Email, "Wrong-Horse-77");
        (await LoginAsync(server.First, user.Email)).Status.ShouldBe(403);
        server.Clock.Advance(TimeSpan.FromMinutes(15));
        (await LoginAsync(server.First, user.Email)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_success_deletes_the_failures_before_it()
    {
        var user = await server.AddUserAsync();
        for (var i = 0; i < 8; i++)
        {
            if (i % 4 == 3)
                (await LoginAsync(server.First, user.Email)).Status.ShouldBe(200);
            (await LoginAsync(server.First, user.Email, "Wrong-Horse-77")).Status.ShouldBe(401);
        }
    }

    [Fact]
    public async Task A_password_hashed_at_a_lower_cost_is_hashed_again()
    {
        var user = await server.AddUserAsync(password: PasswordHash.Create(Password, 1000));
        (await LoginAsync(server.First, user.Email)).Status.ShouldBe(200);
        await using var connection = await server.Database.OpenConnectionAsync();
        var stored = await connection.ExecuteScalarAsync<string>(
            "select password_hash from app_user where id = @Id",
            new { Id = user.Id.Value }
        );
        stored.ShouldStartWith("$pbkdf2-sha512$i=210000$");
        (await LoginAsync(server.First, user.Email)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task All_malformed_fields_are_reported_at_once()
    {
        var reply = await SendAsync(
            server.First,
            HttpMethod.Put,
            "securitymanagement/login",
            new { email = "ada", currentPassword = "short" }
        );
        reply.Status.ShouldBe(422);
        reply.Json.GetProperty("errors").GetArrayLength().ShouldBe(2);
        (await SendAsync(server.First, HttpMethod.Put, "securitymanagement/login", new { })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Too_many_sign_ins_of_one_account_are_refused()
    {
        var user = await server.AddUserAsync();
        using var strict = await server.StartAsync(new SignInOptions { LoginsPerAccountAMinute = 1 });
        (await LoginAsync(strict, user.Email)).Status.ShouldBe(200);
        // The client is now known, so it has a separate count.
        (await LoginAsync(strict, user.Email)).Status.ShouldBe(200);
        var again = await LoginAsync(strict, user.Email);
        again.Status.ShouldBe(429);
        again.Code.ShouldBe("RATE_LIMIT_EXCEEDED");
        again.RetryAfter!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await LoginAsync(strict, "one@example.com")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task No_secret_is_stored_in_clear()
    {
        var user = await server.AddUserAsync();
        var reply = await LoginAsync(server.First, user.Email);
        await using var connection = await server.Database.OpenConnectionAsync();
        (
            await connection.ExecuteScalarAsync<int>(
                "select count(*)::int from refresh_token where hash = sha256(convert_to(@RefreshToken, 'UTF8'))",
                new { reply.RefreshToken }
            )
        ).ShouldBe(1);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from signing_key")).ShouldBe(1);
    }

    private async Task<TimeSpan> TimeAsync(string email)
    {
        var start = Stopwatch.GetTimestamp();
        await LoginAsync(server.First, email, "Wrong-Horse-77");
        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
