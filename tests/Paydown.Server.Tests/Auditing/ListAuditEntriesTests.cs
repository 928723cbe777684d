using System.Text.Json;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Auditing;

public sealed class ListAuditEntriesTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestUser manager = null!;

    public async ValueTask InitializeAsync()
    {
        manager = await server.Lender.AddUserAsync(Role.Manager);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_trail_is_listed_newest_first_and_narrowed_by_each_filter()
    {
        var first = await MakeTokenAsync("First");
        var second = await MakeTokenAsync("Second");
        (await manager.PutAsync($"admin/api-tokens/{first}/revoke")).ShouldSucceed();

        (await ReadAsync($"actorId={manager.UserId}"))
            .Select(Told)
            .ShouldBe([("API_TOKEN_REVOKED", first), ("API_TOKEN_CREATED", second), ("API_TOKEN_CREATED", first)]);
        (await ReadAsync($"subjectId={first}"))
            .Select(Told)
            .ShouldBe([("API_TOKEN_REVOKED", first), ("API_TOKEN_CREATED", first)]);
        (await ReadAsync($"subjectId={first}&action=API_TOKEN_CREATED"))
            .Select(Told)
            .ShouldBe([("API_TOKEN_CREATED", first)]);
        (await ReadAsync($"actorId={server.Ids.Next()}")).ShouldBeEmpty();
        var today = server.Today;
        (
            await ReadAsync($"actorId={manager.UserId}&from={today:yyyy-MM-dd}&to={today.AddDays(1):yyyy-MM-dd}")
        ).Count.ShouldBe(3);
        (await ReadAsync($"actorId={manager.UserId}&from={today.AddDays(2):yyyy-MM-dd}")).ShouldBeEmpty();
        (await ReadAsync($"actorId={manager.UserId}&to={today.AddDays(-1):yyyy-MM-dd}")).ShouldBeEmpty();

        var entry = (await ReadAsync($"subjectId={second}")).Single();
        entry.GetProperty("actorName").GetString().ShouldBe("Ada Example");
        entry.GetProperty("interactionId").GetString().ShouldBe("interaction-12345");
        entry.GetProperty("detail").GetProperty("name").GetString().ShouldBe("Second");
        entry.GetProperty("detail").GetProperty("scopes")[0].GetString().ShouldBe("loans:read");
    }

    [Fact]
    public async Task The_trail_is_listed_in_pages()
    {
        for (var i = 0; i < 5; i++)
            await MakeTokenAsync($"Token {i}");
        var page = await manager.GetAsync($"admin/audit?actorId={manager.UserId}&page=2&size=2");
        page.ShouldSucceed()
            .EnumerateArray()
            .Select(one => one.GetProperty("detail").GetProperty("name").GetString())
            .ShouldBe(["Token 2", "Token 1"]);
        page.Json.GetProperty("page").GetProperty("total").GetInt64().ShouldBe(5);
    }

    [Fact]
    public async Task An_entry_of_an_api_token_shows_its_name()
    {
        var loan = await server.Lender.AddLoanAsync(await server.Lender.AddCustomerAsync(), new TestLoan());
        var (id, token) = await server.Lender.AddApiTokenAsync(Scopes.LoansWrite | Scopes.AuditRead);
        var importer = server.HolderOf(token);
        (
            await importer.PutAsync(
                $"admin/loans/{loan.Id}/third-party-collection",
                new { enabled = true, collector = "Collectors" }
            )
        ).ShouldSucceed();
        var told = (await importer.GetAsync($"admin/audit?actorId={id}")).ShouldSucceed()[0];
        told.GetProperty("actorName").GetString().ShouldBe("Importer");
        told.GetProperty("subjectId").GetGuid().ShouldBe(loan.Id.Value);
    }

    [Fact]
    public async Task Another_lender_sees_nothing_of_it()
    {
        var id = await MakeTokenAsync("Ours");
        var stranger = await server.OtherLender.AddUserAsync(Role.Manager);
        (await stranger.GetAsync($"admin/audit?subjectId={id}")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await stranger.GetAsync($"admin/audit?actorId={manager.UserId}")).ShouldSucceed().GetArrayLength().ShouldBe(0);
    }

    private async Task<Guid> MakeTokenAsync(string name) => (
            await manager.PostAsync(
                "admin/api-tokens",
                new
                {
                    name,
                    scopes = new[] { "loans:read" },
                    expiresInDays = 1,
                }
            )
        ).ShouldSucceed().GetProperty("id").GetGuid();

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(string query) =>
        [.. (await manager.GetAsync($"admin/audit?{query}")).ShouldSucceed().EnumerateArray()];

    private static (string, Guid) Told(JsonElement entry) =>
        (entry.GetProperty("action").GetString()!, entry.GetProperty("subjectId").GetGuid());
}
