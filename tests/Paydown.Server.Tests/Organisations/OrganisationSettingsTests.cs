using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Organisations;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Organisations;

/// <summary><see cref="GetOrganisation"/> and <see cref="ChangeOrganisation"/>.</summary>
public sealed class OrganisationSettingsTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const string Path = "admin/organisation";

    private static JsonObject Settings =>
        new()
        {
            ["version"] = 1,
            ["fourEyesAbove"] = 1_000_000.50m,
            ["withdrawalFee"] = 25,
            ["asksTransactionPin"] = true,
            ["termsAndConditions"] = "1. Pay back.\n2. In time.",
            ["contactInformation"] = new JsonObject
            {
                ["email"] = "desk@lender.example",
                ["phone"] = "+234 1 555 0100",
                ["hours"] = "9 to 5",
            },
        };

    [Fact]
    public async Task A_change_takes_effect_at_once_and_the_audit_trail_keeps_the_old_values()
    {
        var before = (await lender.Manager.GetAsync(Path)).Data;
        var wanted = Settings;
        wanted["version"] = before.GetProperty("version").GetInt32();
        var changed = await lender.Manager.PutAsync(Path, wanted);
        changed.Status.ShouldBe(200, changed.Body);

        var after = (await lender.Manager.GetAsync(Path)).Data;
        after.GetProperty("version").GetInt32().ShouldBe(before.GetProperty("version").GetInt32() + 1);
        after.GetProperty("fourEyesAbove").GetDecimal().ShouldBe(1_000_000.50m);
        after.GetProperty("withdrawalFee").GetDecimal().ShouldBe(25);
        after.GetProperty("asksTransactionPin").GetBoolean().ShouldBeTrue();
        after.GetProperty("contactInformation").GetProperty("hours").GetString().ShouldBe("9 to 5");
        var terms = (await lender.Customer.GetAsync($"user/get-loan-terms/{lender.Id}")).Data;
        terms.GetProperty("termsAndConditions").GetString().ShouldBe("1. Pay back.\n2. In time.");
        using var audited = JsonDocument.Parse(
            await server.ScalarAsync<string>(
                "select detail::text from audit_entry where detail @? '$.after.asksTransactionPin'"
            )
        );
        var detail = audited.RootElement;
        detail.GetProperty("before").GetProperty("asksTransactionPin").GetBoolean().ShouldBeFalse();
        detail.GetProperty("after").GetProperty("asksTransactionPin").GetBoolean().ShouldBeTrue();

        wanted["version"] = after.GetProperty("version").GetInt32();
        var same = await lender.Manager.PutAsync(Path, wanted);
        same.Data.GetProperty("version").GetInt32().ShouldBe(after.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Of_concurrent_changes_of_one_version_one_wins()
    {
        var version = (await lender.Manager.GetAsync(Path)).Data.GetProperty("version").GetInt32();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 4)
                .Select(i =>
                {
                    var mine = Settings;
                    mine["withdrawalFee"] = 100 + i;
                    mine["version"] = version;
                    return lender.Manager.PutAsync(Path, mine);
                })
        );
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Code == "VERSION_CONFLICT").ShouldBe(3);
    }

    [Theory]
    [InlineData("fourEyesAbove", "0", 422)]
    [InlineData("fourEyesAbove", "0.001", 422)]
    [InlineData("withdrawalFee", "-1", 422)]
    [InlineData("withdrawalFee", "0.001", 422)]
    [InlineData("withdrawalFee", "null", 400)]
    [InlineData("withdrawalFee", "1000000.01", 422)]
    [InlineData("withdrawalFee", "1000000000000", 422)]
    [InlineData("fourEyesAbove", "1000000000000.01", 422)]
    [InlineData("contactInformation", "{\"email\":\"a@b\",\"phone\":\"123\",\"hours\":\"never\",\"mail\":1}", 400)]
    [InlineData("termsAndConditions", "\"a\\u0007b\"", 422)]
    [InlineData("contactInformation", "{\"email\":\"nobody\",\"phone\":\"123\",\"hours\":\"never\"}", 422)]
    [InlineData("contactInformation", "{}", 400)]
    public async Task An_invalid_setting_is_refused(string field, string value, int status)
    {
        var settings = Settings;
        settings[field] = JsonNode.Parse(value);
        settings["version"] = await VersionAsync();
        var answer = await lender.Manager.PutAsync(Path, settings);
        answer.Status.ShouldBe(status, answer.Body);
        answer.Json.GetProperty("errors").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("timeZone", "\"Africa/Lagos\"", "UTC")]
    [InlineData("currencyCode", "\"USD\"", "NGN")]
    [InlineData("name", "\"X\"", "")]
    [InlineData("id", "null", "")]
    [InlineData("collectionAccount", "{}", "accountNumber")]
    public async Task A_fixed_field_may_be_sent_back_only_unchanged(string field, string value, string expected)
    {
        var settings = JsonNode.Parse((await lender.Manager.GetAsync(Path)).Body)!["data"]!.AsObject();
        var same = await lender.Manager.PutAsync(Path, settings);
        same.Status.ShouldBe(200, same.Body);
        same.Data.GetProperty("version").GetInt32().ShouldBe(settings["version"]!.GetValue<int>());

        settings[field] = JsonNode.Parse(value);
        var answer = await lender.Manager.PutAsync(Path, settings);
        (answer.Status, answer.Code).ShouldBe((422, "VALIDATION_ERROR"), answer.Body);
        var error = answer.Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("field").GetString().ShouldBe(field);
        error.GetProperty("message").GetString()!.ShouldStartWith("cannot be changed");
        error.GetProperty("message").GetString()!.ShouldContain(expected);
    }

    [Fact]
    public async Task A_field_that_a_change_omits_is_refused_and_not_reset()
    {
        var settings = Settings;
        settings["version"] = await VersionAsync();
        settings.Remove("fourEyesAbove");
        var refused = await lender.Manager.PutAsync(Path, settings);
        (refused.Status, refused.Code).ShouldBe((422, "VALIDATION_ERROR"));
        refused.Json.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("fourEyesAbove");
        refused.Body.ShouldContain("send null to remove it");
        settings = Settings;
        settings.Remove("version");
        (await lender.Manager.PutAsync(Path, settings)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_cashier_may_neither_read_nor_change_settings()
    {
        (await lender.Cashier.GetAsync(Path)).Status.ShouldBe(403);
        (await lender.Cashier.PutAsync(Path, Settings)).Status.ShouldBe(403);
    }

    private async Task<int> VersionAsync() =>
        (await lender.Manager.GetAsync(Path)).Data.GetProperty("version").GetInt32();
}
