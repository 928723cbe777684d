using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.SignIn;
using Xunit;

namespace Paydown.Server.Tests.SignIn;

/// <summary>Two servers on one database, with users to sign in: take it as a class fixture.</summary>
public sealed class SignInServer(TestCluster cluster) : IAsyncLifetime
{
    public const string Password = "Correct-Horse-7";

    // Slow by intent, so once for all.
    private static readonly Lazy<PasswordHash> Hash = new(() => PasswordHash.Create(Password));

    private readonly Ids ids = new(TimeProvider.System);
    private readonly Guid organisationId = Guid.Parse("0190a5a0-0000-7000-8000-000000000001");
    private readonly List<WebApplication> applications = [];

    public TestDatabase Database { get; } = new(cluster);

    /// <summary>A client of the first server.</summary>
    public HttpClient First { get; private set; } = null!;

    /// <summary>A client of the second server.</summary>
    public HttpClient Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into organisation (id, name, currency_code, collection_account_number, collection_account_name,
              collection_bank_code, collection_bank_name, contact_email, contact_phone, contact_hours, recorded_at)
            values (@organisationId, 'Lender', 'NGN', '1', 'Lender', '1', 'Bank', 'a@b', '1', 'always', now())
            """,
            new { organisationId }
        );
        // Both at once: only one of them may make the first signing key.
        var clients = await Task.WhenAll(StartAsync(), StartAsync());
        (First, Second) = (clients[0], clients[1]);
    }

    public async ValueTask DisposeAsync()
    {
        First?.Dispose();
        Second?.Dispose();
        foreach (var application in applications)
            await application.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>One more server on the same database.</summary>
    public async Task<HttpClient> StartAsync(SignInOptions? limits = null, TrustedProxies? proxies = null)
    {
        var application = ServerHost.Build(
            new ServerOptions
            {
                ConnectionString = Database.ConnectionString,
                Urls = ["http://127.0.0.1:0"],
                Proxies = proxies ?? TrustedProxies.None,
                SignIn =
                    limits
                    ?? new SignInOptions
                    {
                        LoginsPerAccountAMinute = 10_000,
                        FailuresPerAddressAMinute = 10_000,
                        RefreshFailuresPerAddressAMinute = 10_000,
                        RegistrationsPerAddressAMinute = 10_000,
                        RegistrationsAMinute = 10_000,
                    },
            }
        );
        await application.StartAsync();
        lock (applications)
            applications.Add(application);
        return new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    /// <summary>A user whom no other test knows.</summary>
    public async Task<User> AddUserAsync(Role role = Role.Customer, PasswordHash? password = null)
    {
        var id = ids.Next();
        var user = new User(id, organisationId, role, "Ada", "Obi", $"ada-{id:N}@example.com");
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await UserStore.AddAsync(connection, user, password ?? Hash.Value, TimeProvider.System.GetUtcNow(), default);
        return user;
    }

    public static Task<SignInReply> LoginAsync(HttpClient client, string email, string password = Password) =>
        SendAsync(client, HttpMethod.Put, "login", new { email, currentPassword = password });

    public static Task<SignInReply> RefreshAsync(HttpClient client, string token) =>
        SendAsync(client, HttpMethod.Put, "refresh-token", new { refresh_token = token });

    public static Task<SignInReply> LogoutAsync(HttpClient client, string token) =>
        SendAsync(client, HttpMethod.Put, "logout", new { refresh_token = token });

    public static async Task<SignInReply> SendAsync(HttpClient client, HttpMethod method, string call, object body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v6/services/securitymanagement/{call}")
        {
            Content = JsonContent.Create(body),
        };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var retryAfter = response.Headers.RetryAfter?.Delta;
        return new SignInReply(response.StatusCode, JsonDocument.Parse(text).RootElement, retryAfter);
    }

    /// <summary>
    /// Whether an access token counts. The call lacks all other headers: who is let in gets a 400 for them.
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

    /// <summary>An answer of the API.</summary>
    public sealed record SignInReply(HttpStatusCode Status, JsonElement Body, TimeSpan? RetryAfter)
    {
        public JsonElement Answered => Body.GetProperty("data");

        public string Code => Body.GetProperty("code").GetString()!;

        public string Error => Body.GetProperty("error").GetString()!;

        public string AccessToken => Answered.GetProperty("access_token").GetString()!;

        public string RefreshToken => Answered.GetProperty("refresh_token").GetString()!;
    }
}
