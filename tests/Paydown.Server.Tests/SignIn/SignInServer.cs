using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.SignIn;
using Xunit;

namespace Paydown.Server.Tests.SignIn;

/// <summary>Two servers on one database, with users to sign in: take it as a class fixture.</summary>
public sealed class SignInServer(TestCluster cluster) : IAsyncLifetime
{
    public const string Password = "Correct-Horse-7";

    // Hashing is slow on purpose, so it is done once.
    private static readonly Lazy<PasswordHash> Hash = new(() => PasswordHash.Create(Password));

    private readonly ConcurrentBag<TestServer> others = [];
    private TestServer server = null!;

    public TestClock Clock => server.Clock;

    public NpgsqlDataSource Database => server.Database;

    public BackDoor BackDoor => server.BackDoor;

    /// <summary>An HTTP client of the first server.</summary>
    public HttpClient First { get; private set; } = null!;

    /// <summary>An HTTP client of the second server.</summary>
    public HttpClient Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(cluster, options => options);
        First = new HttpClient { BaseAddress = server.Address };
        Second = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        First.Dispose();
        Second.Dispose();
        foreach (var other in others)
            await other.DisposeAsync();
        await server.DisposeAsync();
    }

    /// <summary>Starts one more server on the same database.</summary>
    /// <returns>An HTTP client of it.</returns>
    public async Task<HttpClient> StartAsync(SignInOptions? limits = null, TrustedProxies? proxies = null)
    {
        var other = await server.StartSecondAsync(options =>
            options with
            {
                SignIn = limits ?? options.SignIn,
                Proxies = proxies ?? options.Proxies,
            }
        );
        others.Add(other);
        return new HttpClient { BaseAddress = other.Address };
    }

    /// <summary>Adds a user that no other test knows.</summary>
    public async Task<User> AddUserAsync(Role role = Role.Customer, PasswordHash? password = null)
    {
        var id = server.Ids.Next();
        var user = new User(new(id), server.Lender.Id, role, "Ada", "Obi", $"ada-{id:N}@example.com");
        await using var connection = await Database.OpenConnectionAsync();
        await UserStore.AddAsync(connection, user, password ?? Hash.Value, server.Now, default);
        return user;
    }

    public static Task<Reply> LoginAsync(HttpClient client, string email, string password = Password) =>
        SendAsync(client, HttpMethod.Put, "securitymanagement/login", new { email, currentPassword = password });

    public static Task<Reply> RefreshAsync(HttpClient client, string token) =>
        SendAsync(client, HttpMethod.Put, "securitymanagement/refresh-token", new { refresh_token = token });

    public static Task<Reply> LogoutAsync(HttpClient client, string token) =>
        SendAsync(client, HttpMethod.Put, "securitymanagement/logout", new { refresh_token = token });

    public static async Task<Reply> SendAsync(HttpClient client, HttpMethod method, string call, object body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v6/services/{call}")
        {
            Content = JsonContent.Create(body),
        };
        return await Reply.ReadAsync(await client.SendAsync(request));
    }

    /// <summary>
    /// Returns true if an access token is valid. The call lacks all other headers, so a valid token gets a 400.
    /// </summary>
    public static async Task<bool> CountsAsync(HttpClient client, string accessToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            "/api/v6/services/user/repay-loan/0190a5a0-0000-7000-8000-000000000001"
        );
        request.Headers.Add("X-Auth-Token", accessToken);
        using var response = await client.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return false;
        return response.StatusCode == HttpStatusCode.BadRequest
            ? true
            : throw new InvalidOperationException($"Neither 400 nor 401: {response.StatusCode}");
    }
}
