using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Organisations;

public sealed class ArrearsPolicyTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private const string Path = "admin/arrears-policy";
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_manager_reads_and_replaces_the_policy_and_the_audit_trail_has_both()
    {
        var shown = (await lender.Manager.GetAsync(Path)).ShouldSucceed();
        JsonNode
            .DeepEquals(
                JsonNode.Parse(shown.GetRawText()),
                JsonNode.Parse(
                    """{"version":1,"buckets":[30,60,90,180],"nonAccrualAfterDays":90,"provisionRates":null}"""
                )
            )
            .ShouldBeTrue();
        var wanted = Policy(1, [7, 30], 60, [0.5m, 2, 20.25m, 100]);
        var changed = (await lender.Manager.PutAsync(Path, wanted)).ShouldSucceed();
        changed.GetProperty("version").GetInt32().ShouldBe(2);
        changed.GetProperty("provisionRates")[2].GetDecimal().ShouldBe(20.25m);
        (await lender.Manager.GetAsync(Path)).ShouldSucceed().GetRawText().ShouldBe(changed.GetRawText());

        (await lender.Manager.PutAsync(Path, wanted)).ShouldBeRefused(409, "VERSION_CONFLICT");
        // The same policy again is no change.
        wanted["version"] = 2;
        var same = (await lender.Manager.PutAsync(Path, wanted)).ShouldSucceed();
        same.GetProperty("version").GetInt32().ShouldBe(2);
        var entries = (await lender.Manager.GetAsync("admin/audit?action=ARREARS_POLICY_CHANGED")).Data;
        entries.GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("buckets", "[30,30]", "ascending")]
    [InlineData("buckets", "[60,30]", "ascending")]
    [InlineData("buckets", "[0]", "1")]
    [InlineData("provisionRates", "[1,2]", "6 rates")]
    [InlineData("provisionRates", "[1,2,3,4,5,101]", "100")]
    [InlineData("provisionRates", "[1,2,3,4,5,0.125]", "2 fraction digits")]
    [InlineData("nonAccrualAfterDays", "0", "1")]
    public async Task A_wrong_policy_is_refused_by_the_field(string field, string value, string words)
    {
        var wrong = Policy(1, [30, 60, 90, 180], 90, null);
        wrong[field] = JsonNode.Parse(value);
        var answer = await lender.Manager.PutAsync(Path, wrong);
        answer.Status.ShouldBe(422);
        answer.Body.ShouldContain(field);
        answer.Body.ShouldContain(words);
    }

    [Fact]
    public async Task Only_managers_see_it_and_nothing_may_be_left_out()
    {
        (await lender.Cashier.GetAsync(Path)).Status.ShouldBe(403);
        var incomplete = Policy(1, [30], 90, null);
        incomplete.Remove("provisionRates");
        (await lender.Manager.PutAsync(Path, incomplete)).ShouldBeRefused(422, "VALIDATION_ERROR");
    }

    private static JsonObject Policy(int version, int[] buckets, int? nonAccrualAfterDays, decimal[]? rates) =>
        new()
        {
            ["version"] = version,
            ["buckets"] = new JsonArray([.. buckets.Select(day => (JsonNode)day)]),
            ["nonAccrualAfterDays"] = nonAccrualAfterDays,
            ["provisionRates"] = rates is null ? null : new JsonArray([.. rates.Select(rate => (JsonNode)rate)]),
        };
}
