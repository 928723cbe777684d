using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Products;
using Paydown.Server.Tests.Products;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Approvals;

/// <summary>
/// A change that weakens a control needs two managers, and never affects acts that are under way. See
/// <see cref="ChangeOrganisation"/>, <see cref="ChangeLoanProduct"/>, <see cref="ChangeEligibilityQuestions"/>.
/// </summary>
public sealed class WeakenedControlsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    private const string Organisation = "admin/organisation";

    public async ValueTask InitializeAsync() =>
        await lender.ChangeAsync(("fourEyesAbove", 1000), ("asksTransactionPin", true));

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("fourEyesAbove", "null")]
    [InlineData("fourEyesAbove", "1000.01")]
    [InlineData("asksTransactionPin", "false")]
    public async Task A_change_that_weakens_a_setting_awaits_a_second_manager_as_a_whole(string field, string value)
    {
        var before = await ReadAsync(Organisation);
        var wanted = before.DeepClone().AsObject();
        wanted[field] = JsonNode.Parse(value);
        var fee = before["withdrawalFee"]!.GetValue<decimal>() + 1;
        wanted["withdrawalFee"] = fee;
        var first = await lender.Manager.PutAsync(Organisation, wanted, "weaker-" + field + value);
        first.Status.ShouldBe(200, first.Body);
        var awaited = first.Data.GetProperty("awaitedApproval");
        awaited.GetProperty("firstApprovedBy").GetGuid().ShouldBe(lender.Manager.UserId);
        awaited.GetProperty("approvalsNeeded").GetInt32().ShouldBe(1);
        awaited.GetProperty("terms").GetProperty("weakens")[0].GetString().ShouldBe(field);
        awaited
            .GetProperty("terms")
            .GetProperty("changes")
            .EnumerateObject()
            .Select(one => one.Name)
            .ShouldBe([field, "withdrawalFee"], ignoreOrder: true);
        first.Json.GetProperty("message").GetString()!.ShouldContain("second officer");
        var meanwhile = await ReadAsync(Organisation);
        meanwhile["awaitedApproval"]!["act"]!.GetValue<string>().ShouldBe("CHANGE_ORGANISATION");
        meanwhile["awaitedApproval"] = null;
        meanwhile.ToJsonString().ShouldBe(before.ToJsonString());

        (await lender.Manager.PutAsync(Organisation, wanted, "weaker-" + field + value)).Body.ShouldBe(first.Body);
        (await lender.Manager.PutAsync(Organisation, wanted)).Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        // A different change is a new proposal, whoever makes it.
        var other = wanted.DeepClone().AsObject();
        other["withdrawalFee"] = fee + 1;
        IsAwaiting(await lender.SecondManager.PutAsync(Organisation, other)).ShouldBeTrue();
        IsAwaiting(await lender.Manager.PutAsync(Organisation, wanted)).ShouldBeTrue();
        var done = await lender.SecondManager.PutAsync(Organisation, wanted);
        IsAwaiting(done).ShouldBeFalse();
        done.Data.GetProperty("withdrawalFee").GetDecimal().ShouldBe(fee);
        done.Data.GetProperty("version").GetInt32().ShouldBe(before["version"]!.GetValue<int>() + 1);
        (await lender.Manager.PutAsync(Organisation, wanted)).Code.ShouldBe("VERSION_CONFLICT");
    }

    [Theory]
    [InlineData("fourEyesAbove", "999.99")]
    [InlineData("withdrawalFee", "12.5")]
    [InlineData("termsAndConditions", "\"Pay.\"")]
    public async Task A_change_that_weakens_nothing_takes_effect_at_once_and_ends_a_proposal(string field, string value)
    {
        var before = await ReadAsync(Organisation);
        var weaker = before.DeepClone().AsObject();
        weaker["fourEyesAbove"] = null;
        IsAwaiting(await lender.Manager.PutAsync(Organisation, weaker)).ShouldBeTrue();
        var wanted = before.DeepClone().AsObject();
        wanted[field] = JsonNode.Parse(value);
        IsAwaiting(await lender.Manager.PutAsync(Organisation, wanted)).ShouldBeFalse();
        (await lender.SecondManager.PutAsync(Organisation, weaker)).Code.ShouldBe("VERSION_CONFLICT");
        (await ReadAsync(Organisation))["awaitedApproval"].ShouldBeNull();
    }

    [Fact]
    public async Task Concurrent_calls_by_two_managers_weaken_it_once()
    {
        var wanted = await ReadAsync(Organisation);
        wanted["fourEyesAbove"] = null;
        var answers = await Task.WhenAll(
            lender.Manager.PutAsync(Organisation, wanted),
            lender.SecondManager.PutAsync(Organisation, wanted)
        );
        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Count(IsAwaiting).ShouldBe(1);
        (await ReadAsync(Organisation))["version"]!.GetValue<int>().ShouldBe(wanted["version"]!.GetValue<int>() + 1);
    }

    // A cashier approves a large repayment, the amount is lifted, the same cashier verifies, the amount is set back.
    [Fact]
    public async Task Lifting_the_limit_releases_nothing_that_was_recorded_before()
    {
        var loan = await lender.OpenLoanAsync();
        var (approved, reported) = (
            await lender.ReportAsync(loan, 100_001, lender.Today),
            await lender.ReportAsync(loan, 100_002, lender.Today)
        );
        (await VerifyAsync(lender.Cashier, approved)).ShouldBe("PENDING_VERIFICATION");
        await LiftAsync();
        (await VerifyAsync(lender.Cashier, approved)).ShouldBe("SECOND_OFFICER_REQUIRED");
        (await VerifyAsync(lender.SecondCashier, approved)).ShouldBe("VERIFIED");
        (await VerifyAsync(lender.Cashier, reported)).ShouldBe("PENDING_VERIFICATION");
        (await VerifyAsync(lender.Cashier, reported)).ShouldBe("SECOND_OFFICER_REQUIRED");
        (await VerifyAsync(lender.SecondCashier, reported)).ShouldBe("VERIFIED");
        var later = await lender.ReportAsync(loan, 100_003, lender.Today);
        (await VerifyAsync(lender.Cashier, later)).ShouldBe("VERIFIED");
    }

    [Fact]
    public async Task A_lower_limit_applies_at_once_to_earlier_repayments()
    {
        var loan = await lender.OpenLoanAsync();
        var reported = await lender.ReportAsync(loan, 50_000, lender.Today);
        var wanted = await ReadAsync(Organisation);
        wanted["fourEyesAbove"] = 499;
        IsAwaiting(await lender.Manager.PutAsync(Organisation, wanted)).ShouldBeFalse();
        (await VerifyAsync(lender.Cashier, reported)).ShouldBe("PENDING_VERIFICATION");
        (await VerifyAsync(lender.SecondCashier, reported)).ShouldBe("VERIFIED");
    }

    [Theory]
    [InlineData("fourEyesAbove", "null")]
    [InlineData("fourEyesAbove", "40001")]
    [InlineData("approvesAutomatically", "true")]
    [InlineData("disbursesAutomatically", "true")]
    public async Task A_change_that_weakens_a_product_awaits_a_second_manager(string field, string value)
    {
        var path = await MakeAsync(draft => draft["fourEyesAbove"] = 50_000.50m);
        if (field == "fourEyesAbove")
            await StrengthenAsync(path, "fourEyesAbove", 40_000);
        var before = await ReadAsync(path);
        var wanted = before.DeepClone().AsObject();
        wanted[field] = JsonNode.Parse(value);
        wanted["isOpen"] = false;
        var first = await lender.Manager.PutAsync(path, wanted);
        first.Status.ShouldBe(200, first.Body);
        first.Data.GetProperty("isOpen").GetBoolean().ShouldBeTrue();
        first
            .Data.GetProperty("awaitedApproval")
            .GetProperty("terms")
            .GetProperty("weakens")[0]
            .GetString()
            .ShouldBe(field);
        (await ReadAsync(path))["awaitedApproval"]!["act"]!.GetValue<string>().ShouldBe("CHANGE_LOAN_PRODUCT");
        (await lender.Manager.PutAsync(path, wanted)).Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        (await server.OtherLender.Manager.PutAsync(path, wanted)).Status.ShouldBe(404);
        var done = await lender.SecondManager.PutAsync(path, wanted);
        done.Data.TryGetProperty("awaitedApproval", out _).ShouldBeFalse(done.Body);
        done.Data.GetProperty("isOpen").GetBoolean().ShouldBeFalse();
        done.Data.GetProperty("version").GetInt32().ShouldBe(before["version"]!.GetValue<int>() + 1);
        (await ReadAsync(path)).ContainsKey("awaitedApproval").ShouldBeFalse();
    }

    [Theory]
    [InlineData("maximumAmount", "50001")]
    [InlineData("eligibility.minimumAge", "18")]
    [InlineData("eligibility.countries", "[]")]
    [InlineData("eligibility.employmentStatuses", "[\"EMPLOYED\",\"STUDENT\"]")]
    [InlineData("eligibility.minimumMonthlyIncome", "99")]
    [InlineData("eligibilityQuestions", "[]")]
    public async Task The_checks_of_a_product_that_approves_automatically_are_controls(string field, string value)
    {
        var automatic = await MakeAsync(draft => MakeStrict(draft)["approvesAutomatically"] = true);
        IsAwaitingProduct(await ChangeAsync(automatic, field, value)).ShouldBeTrue();
        var manual = await MakeAsync(draft => MakeStrict(draft));
        IsAwaitingProduct(await ChangeAsync(manual, field, value)).ShouldBeFalse();
    }

    [Fact]
    public async Task Weakening_the_questions_by_their_own_call_needs_two_managers_too()
    {
        var product = await MakeAsync(draft => MakeStrict(draft)["approvesAutomatically"] = true);
        var path = product + "/eligibility-questions";
        var wanted = new JsonObject { ["version"] = 1, ["eligibilityQuestions"] = new JsonArray() };
        var first = await lender.Manager.PutAsync(path, wanted);
        first.Data.GetProperty("eligibilityQuestions").GetArrayLength().ShouldBe(1);
        IsAwaiting(first).ShouldBeTrue();
        (await lender.Manager.PutAsync(path, wanted)).Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        IsAwaiting(await lender.SecondManager.PutAsync(path, wanted)).ShouldBeFalse();
    }

    private static bool IsAwaiting(Reply answer)
    {
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Data.GetProperty("awaitedApproval").ValueKind != JsonValueKind.Null;
    }

    private static bool IsAwaitingProduct(Reply answer)
    {
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Data.TryGetProperty("awaitedApproval", out _);
    }

    private static JsonObject MakeStrict(JsonObject draft)
    {
        draft["eligibility"] = new JsonObject
        {
            ["minimumAge"] = 21,
            ["employmentStatuses"] = new JsonArray("EMPLOYED"),
            ["countries"] = new JsonArray("NGA"),
            ["minimumMonthlyIncome"] = 100,
        };
        return draft;
    }

    private async Task<string> MakeAsync(Action<JsonObject> change)
    {
        var draft = ProductDrafts.Salary();
        change(draft);
        var made = await lender.Manager.PostAsync("admin/loan-products", draft);
        made.Status.ShouldBe(200, made.Body);
        return $"admin/loan-products/{made.Data.GetProperty("id").GetGuid()}";
    }

    private async Task StrengthenAsync(string path, string field, int value) =>
        IsAwaitingProduct(await ChangeAsync(path, field, $"{value}")).ShouldBeFalse();

    private async Task<Reply> ChangeAsync(string path, string field, string value)
    {
        var wanted = await ReadAsync(path);
        var names = field.Split('.');
        var parent = names.Length == 1 ? wanted : wanted[names[0]]!.AsObject();
        parent[names[^1]] = JsonNode.Parse(value);
        return await lender.Manager.PutAsync(path, wanted);
    }

    private async Task<JsonObject> ReadAsync(string path)
    {
        var read = JsonNode.Parse((await lender.Manager.GetAsync(path)).Body)!["data"]!.AsObject();
        read.Remove("versions");
        return read;
    }

    private async Task<string> VerifyAsync(TestUser officer, Guid id)
    {
        var answer = await officer.PutAsync($"admin/repayments/{id}/verify");
        return answer.Code ?? answer.Data.GetProperty("verificationStatus").GetString()!;
    }

    private async Task LiftAsync()
    {
        var wanted = await ReadAsync(Organisation);
        wanted["fourEyesAbove"] = null;
        IsAwaiting(await lender.Manager.PutAsync(Organisation, wanted)).ShouldBeTrue();
        IsAwaiting(await lender.SecondManager.PutAsync(Organisation, wanted)).ShouldBeFalse();
    }
}
