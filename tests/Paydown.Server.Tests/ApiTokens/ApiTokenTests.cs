using System.Net;
using System.Text;
using System.Text.Json;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Writes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.ApiTokens;

/// <summary>CreateApiToken, ListApiTokens and RevokeApiToken, and what a server can do with its token.</summary>
public sealed class ApiTokenTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestUser manager = null!;

    public async ValueTask InitializeAsync()
    {
        manager = await server.Lender.AddUserAsync(Role.Manager);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_token_is_shown_once_and_only_its_hash_is_stored()
    {
        var body = new
        {
            name = "Importer",
            scopes = new[] { "loans:read", "repayments:read" },
            expiresInDays = 90,
        };
        var made = (await manager.PostAsync("admin/api-tokens", body, key: "once")).ShouldSucceed();
        var token = made.GetProperty("token").GetString()!;
        token.ShouldStartWith("pdk_");
        token.Length.ShouldBe(47);
        made.GetProperty("scopes")
            .EnumerateArray()
            .Select(scope => scope.GetString())
            .ShouldBe(["repayments:read", "loans:read"]);
        (
            made.GetProperty("expiresAt").GetDateTimeOffset() - made.GetProperty("createdAt").GetDateTimeOffset()
        ).ShouldBe(TimeSpan.FromDays(90));

        var again = await manager.PostAsync("admin/api-tokens", body, key: "once");
        again.IsReplayed.ShouldBeTrue();
        again.Data.GetProperty("id").GetGuid().ShouldBe(made.GetProperty("id").GetGuid());
        again.Data.GetProperty("token").ValueKind.ShouldBe(JsonValueKind.Null);

        var secret = token["pdk_".Length..];
        var answers = await server.ScalarAsync<byte[][]>(
            "select array_agg(body) from idempotency_record where subject_id is null"
        );
        answers
            .Select(stored => Encoding.UTF8.GetString(StoredBody.Unpack(stored, null)))
            .ShouldAllBe(answer => !answer.Contains(secret));
        (
            await server.ScalarAsync<long>(
                "select count(*) from api_token where hash = $1",
                ApiTokenSecret.HashOf(token)
            )
        ).ShouldBe(1);
        (
            await server.ScalarAsync<long>("select count(*) from api_token t where position($1 in t::text) > 0", secret)
        ).ShouldBe(0);
        (
            await server.ScalarAsync<long>(
                "select count(*) from audit_entry e where position($1 in e::text) > 0",
                secret
            )
        ).ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["loans:read"],"expiresInDays":1}""", 422)]
    [InlineData("""{"name":"A","scopes":[],"expiresInDays":1}""", 422)]
    [InlineData("""{"name":"A","scopes":["everything"],"expiresInDays":1}""", 422)]
    [InlineData("""{"name":"A","scopes":["loans:read","loans:read"],"expiresInDays":1}""", 422)]
    [InlineData("""{"name":"A","scopes":["loans:read"],"expiresInDays":0}""", 422)]
    [InlineData("""{"name":"A","scopes":["loans:read"],"expiresInDays":366}""", 422)]
    [InlineData("""{"name":"A","scopes":"loans:read","expiresInDays":1}""", 400)]
    [InlineData("""{"name":"A","scopes":[1],"expiresInDays":1}""", 400)]
    public async Task An_invalid_token_request_is_refused(string body, int status)
    {
        var answer = await manager.PostAsync("admin/api-tokens", JsonSerializer.Deserialize<JsonElement>(body));
        answer.Status.ShouldBe(status, answer.Body);
    }

    [Fact]
    public async Task A_token_may_make_the_calls_of_its_scopes_in_its_organisation_and_no_others()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var loan = await server.Lender.AddLoanAsync(customer, new TestLoan());
        var repaymentId = await server.Lender.ReportAsync(loan, 10_00, server.Today);
        var (id, token) = await MakeAsync("repayments:read", "repayments:verify");
        var importer = server.HolderOf(token);

        (await importer.GetAsync($"user/list-customer-repayments/{customer.UserId}")).ShouldSucceed();
        (await importer.PutAsync($"admin/repayments/{repaymentId}/verify", key: "mine")).ShouldSucceed();
        (
            await server.ScalarAsync<long>(
                "select count(*) from repayment_decision where repayment_id = $1 and decided_by = $2",
                repaymentId,
                id
            )
        ).ShouldBe(1);
        // The manager and the token have separate idempotency keys.
        (await manager.PutAsync($"admin/repayments/{repaymentId}/verify", key: "mine")).ShouldBeRefused(
            409,
            "ALREADY_DECIDED"
        );
        var lacking = await importer.GetAsync($"user/manage-loans/{customer.UserId}");
        lacking.ShouldBeRefused(403, "FORBIDDEN");
        lacking.Body.ShouldContain("loans:read");

        var stranger = await server.OtherLender.AddUserAsync(Role.Customer);
        (await importer.GetAsync($"user/list-customer-repayments/{stranger.UserId}")).ShouldBeRefused(404, "NOT_FOUND");
    }

    // Otherwise a manager with a token could record and verify alone.
    [Fact]
    public async Task Neither_a_token_nor_its_creator_can_verify_what_the_token_recorded()
    {
        var loan = await server.Lender.AddLoanAsync(await server.Lender.AddCustomerAsync(), new TestLoan());
        var (tokenId, token) = await MakeAsync("repayments:record", "repayments:verify", "repayments:read");
        var terminal = server.HolderOf(token);
        var recorded = (
            await terminal.PostAsync(
                "admin/repayments",
                new
                {
                    accountId = loan.Id,
                    repaymentAmount = 10,
                    paymentMethod = "CARD",
                }
            )
        ).ShouldSucceed();
        recorded.GetProperty("recordedBy").GetGuid().ShouldBe(tokenId);
        recorded.GetProperty("recordedByName").GetString().ShouldBe("Importer");
        var verify = $"admin/repayments/{recorded.GetProperty("id").GetGuid()}/verify";
        (await terminal.PutAsync(verify)).ShouldBeRefused(403, "PERSON_REQUIRED");
        (await manager.PutAsync(verify)).ShouldBeRefused(409, "RECORDER_CANNOT_VERIFY");
        var cashier = await server.Lender.AddUserAsync(Role.Cashier);
        (await cashier.PutAsync(verify)).ShouldSucceed();

        var (_, reader) = await MakeAsync("repayments:read");
        var lacking = server.HolderOf(reader);
        (
            await lacking.PostAsync(
                "admin/repayments",
                new
                {
                    accountId = loan.Id,
                    repaymentAmount = 10,
                    paymentMethod = "CARD",
                }
            )
        ).ShouldBeRefused(403, "FORBIDDEN");
    }

    [Fact]
    public async Task A_token_can_also_be_sent_as_a_bearer_token()
    {
        var (_, token) = await MakeAsync("customers:read");
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v6/services/admin/customers");
        request.Headers.Add("Authorization", $"Bearer {token}");
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "interaction-12345");
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_cannot_create_list_or_revoke_tokens()
    {
        var (id, token) = await MakeAsync([.. ScopeWords.All]);
        var importer = server.HolderOf(token);
        (await importer.GetAsync("admin/api-tokens")).ShouldBeRefused(403, "FORBIDDEN");
        (
            await importer.PostAsync(
                "admin/api-tokens",
                new
                {
                    name = "Heir",
                    scopes = new[] { "loans:read" },
                    expiresInDays = 365,
                }
            )
        ).ShouldBeRefused(403, "FORBIDDEN");
        (await importer.PutAsync($"admin/api-tokens/{id}/revoke")).ShouldBeRefused(403, "FORBIDDEN");
    }

    [Fact]
    public async Task A_revoked_token_is_refused_on_every_server()
    {
        await using var second = await server.StartSecondAsync();
        var (id, token) = await MakeAsync("customers:read");
        var here = server.HolderOf(token);
        var there = second.HolderOf(token);
        (await here.GetAsync("admin/customers")).ShouldSucceed();
        (await there.GetAsync("admin/customers")).ShouldSucceed();

        var revoked = (await manager.PutAsync($"admin/api-tokens/{id}/revoke")).ShouldSucceed();

        revoked.GetProperty("revokedAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await here.GetAsync("admin/customers")).ShouldBeRefused(401, "AUTH_REQUIRED");
        await Wait.UntilAsync(async () => (await there.GetAsync("admin/customers")).Status == 401);
        // Revoking it again changes nothing.
        var again = (await manager.PutAsync($"admin/api-tokens/{id}/revoke")).ShouldSucceed();
        again
            .GetProperty("revokedAt")
            .GetDateTimeOffset()
            .ShouldBe(revoked.GetProperty("revokedAt").GetDateTimeOffset());
        (
            await server.ScalarAsync<long>(
                "select count(*) from audit_entry where subject_id = $1 and action = 'API_TOKEN_REVOKED'",
                id
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task The_list_shows_when_a_token_was_last_used_and_never_the_token_itself()
    {
        var (id, token) = await MakeAsync("customers:read");
        var importer = server.HolderOf(token);
        (await ListedAsync(id)).GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await importer.GetAsync("admin/customers")).ShouldSucceed();
        await Wait.UntilAsync(async () =>
            (await ListedAsync(id)).GetProperty("lastUsedAt").ValueKind == JsonValueKind.String
        );
        var listed = await ListedAsync(id);
        listed.GetProperty("createdBy").GetGuid().ShouldBe(manager.UserId);
        listed.TryGetProperty("token", out _).ShouldBeFalse();
        listed.TryGetProperty("hash", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_organisations_token_looks_like_one_that_does_not_exist()
    {
        var (id, _) = await server.OtherLender.AddApiTokenAsync(Scopes.LoansRead);
        var other = await manager.PutAsync($"admin/api-tokens/{id}/revoke");
        other.ShouldBeRefused(404, "NOT_FOUND");
        (await manager.PutAsync($"admin/api-tokens/{server.Ids.Next()}/revoke")).Body.ShouldBe(other.Body);
    }

    [Fact]
    public async Task An_api_token_never_counts_as_one_of_two_officers()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.AddLoanAsync(lender.Customer);
        var repaymentId = await lender.ReportAsync(loan, 200_00, server.Today);
        await lender.ChangeAsync(("fourEyesAbove", 100));
        var (_, token) = await lender.AddApiTokenAsync(Scopes.RepaymentsVerify);
        var importer = server.HolderOf(token);
        (await importer.PutAsync($"admin/repayments/{repaymentId}/verify")).ShouldBeRefused(403, "PERSON_REQUIRED");
    }

    [Fact]
    public async Task A_caller_over_the_limit_gets_429_and_others_do_not()
    {
        await using var second = await server.StartSecondAsync(options =>
            options with
            {
                Limits = new CallerLimitOptions { RequestsPerSecond = 1 },
            }
        );
        var customer = await server.Lender.AddCustomerAsync();
        var eager = customer.On(second);
        var other = (await server.Lender.AddCustomerAsync()).On(second);
        var answer = await eager.GetAsync($"user/profile/{customer.UserId}");
        answer.ShouldSucceed();
        while (answer.Status == 200)
            answer = await eager.GetAsync($"user/profile/{customer.UserId}");
        answer.ShouldBeRefused(429, "RATE_LIMIT_EXCEEDED");
        (await other.GetAsync($"user/get-total/{customer.UserId}")).ShouldBeRefused(403, "FORBIDDEN");
    }

    private async Task<(Guid Id, string Token)> MakeAsync(params string[] scopes)
    {
        var made = (
            await manager.PostAsync(
                "admin/api-tokens",
                new
                {
                    name = "Importer",
                    scopes,
                    expiresInDays = 1,
                }
            )
        ).ShouldSucceed();
        return (made.GetProperty("id").GetGuid(), made.GetProperty("token").GetString()!);
    }

    private async Task<JsonElement> ListedAsync(Guid id) =>
        (await manager.GetAsync("admin/api-tokens?size=50"))
            .ShouldSucceed()
            .EnumerateArray()
            .Single(token => token.GetProperty("id").GetGuid() == id);
}
