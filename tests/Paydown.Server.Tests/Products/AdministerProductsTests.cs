using System.Text.Json.Nodes;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Products;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Products;

/// <summary>
/// <see cref="CreateLoanProduct"/>, <see cref="ChangeLoanProduct"/>, <see cref="GetLoanProduct"/>,
/// <see cref="ListLoanProducts"/>, <see cref="ListEligibilityQuestionsForOfficers"/> and
/// <see cref="ChangeEligibilityQuestions"/>.
/// </summary>
public sealed class AdministerProductsTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const string Path = "admin/loan-products";

    [Fact]
    public async Task A_created_product_is_shown_as_sent_and_is_in_the_audit_trail()
    {
        var made = await lender.Manager.PostAsync(Path, ProductDrafts.Salary());

        made.Status.ShouldBe(200, made.Body);
        var id = made.Data.GetProperty("id").GetGuid();
        var shown = (await lender.Manager.GetAsync($"{Path}/{id}")).Data;
        shown.GetProperty("version").GetInt32().ShouldBe(1);
        shown.GetProperty("isOpen").GetBoolean().ShouldBeTrue();
        shown.GetProperty("maximumAmount").GetDecimal().ShouldBe(50_000.50m);
        shown.GetProperty("currencyCode").GetString().ShouldBe("NGN");
        shown.GetProperty("fees")[0].GetProperty("percent").GetDecimal().ShouldBe(1.5m);
        shown.GetProperty("eligibilityQuestions")[0].GetProperty("passingAnswers")[0].GetString().ShouldBe("YES");
        shown.GetProperty("changedBy").GetGuid().ShouldBe(lender.Manager.UserId);
        shown.GetProperty("versions").GetArrayLength().ShouldBe(1);
        (await AuditOfAsync(id)).ShouldBe("PRODUCT_CREATED");
    }

    [Fact]
    public async Task A_retry_creates_no_second_product()
    {
        var draft = ProductDrafts.Salary("Once");
        var first = await lender.Manager.PostAsync(Path, draft, "make-once");
        var second = await lender.Manager.PostAsync(Path, draft, "make-once");

        second.IsReplayed.ShouldBeTrue();
        second.Body.ShouldBe(first.Body);
        (
            await server.ScalarAsync<long>(
                "select count(*) from loan_product_version where definition->>'name' = 'Once'"
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task A_change_makes_a_new_version_and_an_equal_definition_makes_none()
    {
        var id = await MakeAsync();
        var read = await ReadAsync(id);

        var same = await lender.Manager.PutAsync($"{Path}/{id}", read);
        same.Status.ShouldBe(200, same.Body);
        same.Data.GetProperty("version").GetInt32().ShouldBe(1);

        read["interestRate"] = 21.50m;
        var changed = await lender.Manager.PutAsync($"{Path}/{id}", read);
        changed.Status.ShouldBe(200, changed.Body);
        changed.Data.GetProperty("version").GetInt32().ShouldBe(2);

        var stale = await lender.Manager.PutAsync($"{Path}/{id}", read);
        (stale.Status, stale.Code).ShouldBe((409, "VERSION_CONFLICT"));
        read["version"] = 2;
        read["interestRate"] = 21.5m;
        var again = await lender.Manager.PutAsync($"{Path}/{id}", read);
        again.Data.GetProperty("version").GetInt32().ShouldBe(2);

        var versions = (await lender.Manager.GetAsync($"{Path}/{id}")).Data.GetProperty("versions");
        versions.EnumerateArray().Select(one => one.GetProperty("interestRate").GetDecimal()).ShouldBe([21.5m, 24m]);
        (await AuditOfAsync(id)).ShouldBe("PRODUCT_CREATED PRODUCT_CHANGED");
    }

    [Fact]
    public async Task A_tolerance_of_arrears_is_shown_kept_when_it_is_left_out_and_removed_by_null()
    {
        var id = await MakeAsync();
        var draft = await ReadAsync(id);
        draft["arrearsTolerance"] = new JsonObject { ["amount"] = 100, ["percent"] = 1.5m };
        var set = (await lender.Manager.PutAsync($"{Path}/{id}", draft)).ShouldSucceed();
        set.GetProperty("arrearsTolerance").GetProperty("percent").GetDecimal().ShouldBe(1.5m);

        // A client that does not know the field.
        draft.Remove("arrearsTolerance");
        draft["version"] = 2;
        draft["description"] = "For everyone";
        var kept = (await lender.Manager.PutAsync($"{Path}/{id}", draft)).ShouldSucceed();
        kept.GetProperty("arrearsTolerance").GetProperty("amount").GetDecimal().ShouldBe(100);
        draft["version"] = 3;
        draft["arrearsTolerance"] = null;
        var removed = (await lender.Manager.PutAsync($"{Path}/{id}", draft)).ShouldSucceed();
        removed.GetProperty("arrearsTolerance").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        draft["version"] = 4;
        draft["arrearsTolerance"] = new JsonObject { ["amount"] = 1000, ["percent"] = 0 };
        var tooMuch = await lender.Manager.PutAsync($"{Path}/{id}", draft);
        tooMuch.ShouldBeRefused(422, "VALIDATION_ERROR");
        tooMuch.Body.ShouldContain("less than minimumAmount");
    }

    [Fact]
    public async Task A_closed_product_is_visible_only_to_managers_until_it_is_opened_again()
    {
        var id = await MakeAsync();
        var draft = await ReadAsync(id);
        draft["isOpen"] = false;
        var closed = await lender.Manager.PutAsync($"{Path}/{id}", draft);
        (closed.Data.GetProperty("isOpen").GetBoolean(), closed.Data.GetProperty("version").GetInt32()).ShouldBe(
            (false, 1)
        );
        (await lender.Customer.GetAsync("user/list-products")).Body.ShouldNotContain(id.ToString());
        (await lender.Customer.GetAsync($"user/loan-eligibility-questions/{id}")).Status.ShouldBe(404);

        draft.Remove("isOpen");
        (await lender.Manager.PutAsync($"{Path}/{id}", draft)).Data.GetProperty("isOpen").GetBoolean().ShouldBeFalse();
        draft["isOpen"] = true;
        await lender.Manager.PutAsync($"{Path}/{id}", draft);
        (await lender.Customer.GetAsync("user/list-products")).Body.ShouldContain(id.ToString());
        (await AuditOfAsync(id)).ShouldBe("PRODUCT_CREATED PRODUCT_CLOSED PRODUCT_OPENED");
    }

    [Fact]
    public async Task Of_concurrent_changes_of_one_version_one_wins()
    {
        var id = await MakeAsync();
        var draft = await ReadAsync(id);
        var raced = await Task.WhenAll(
            Enumerable
                .Range(1, 4)
                .Select(i =>
                {
                    var mine = draft.DeepClone().AsObject();
                    mine["name"] = $"The one {i}";
                    return lender.Manager.PutAsync($"{Path}/{id}", mine);
                })
        );
        raced.Count(answer => answer.Status == 200).ShouldBe(1);
        raced.Count(answer => answer.Code == "VERSION_CONFLICT").ShouldBe(3);
    }

    [Fact]
    public async Task All_errors_are_returned_at_once_and_nothing_is_created()
    {
        var draft = ProductDrafts.Salary("Wrong");
        draft["minimumAmount"] = 0.001m;
        draft["maximumDuration"] = 2;
        draft["schedule"] = new JsonObject { ["scheduleType"] = "PROGRESSIVE", ["interestMethod"] = "FLAT" };
        draft["currencyCode"] = "USD";
        draft["fees"]![0]!["amount"] = 0.001m;
        var answer = await lender.Manager.PostAsync(Path, draft);

        (answer.Status, answer.Code).ShouldBe((422, "VALIDATION_ERROR"));
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldBe(
                ["minimumAmount", "fees[0].amount", "currencyCode", "maximumDuration", "schedule.scheduleType"],
                ignoreOrder: true
            );
        (
            await server.ScalarAsync<long>(
                "select count(*) from loan_product_version where definition->>'name' = 'Wrong'"
            )
        ).ShouldBe(0);
    }

    [Fact]
    public async Task Every_word_of_a_list_is_checked()
    {
        var draft = ProductDrafts.Salary();
        draft["repaymentMethods"] = new JsonArray("CASH", "BARTER", 3, null);
        var answer = await lender.Manager.PostAsync(Path, draft);

        answer.Status.ShouldBe(400);
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldBe(["repaymentMethods[2]", "repaymentMethods[3]", "repaymentMethods[1]"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_list_has_all_products_by_name_in_pages()
    {
        await MakeAsync("AAA first");
        var id = await MakeAsync("AAA second");
        var first = await lender.Manager.GetAsync($"{Path}?page=1&size=1");
        var second = await lender.Manager.GetAsync($"{Path}?page=2&size=1");

        first.Data[0].GetProperty("name").GetString().ShouldBe("AAA first");
        second.Data[0].GetProperty("id").GetGuid().ShouldBe(id);
        second
            .Json.GetProperty("page")
            .GetProperty("total")
            .GetInt64()
            .ShouldBe(await server.ScalarAsync<long>("select count(*) from loan_product"));
    }

    [Fact]
    public async Task Changed_questions_make_a_new_version_and_keep_their_ids()
    {
        var id = await MakeAsync();
        var path = $"{Path}/{id}/eligibility-questions";
        var before = (await lender.Manager.GetAsync(path)).Data;
        var questions = ProductDrafts.Questions("Do you rent?");
        questions.Add(ProductDrafts.Questions("Are you in paid work?")[0]!.DeepClone());
        foreach (var question in questions)
            SpellOut(question!.AsObject());
        var changed = await lender.Manager.PutAsync(
            path,
            new JsonObject { ["version"] = 1, ["eligibilityQuestions"] = questions }
        );

        changed.Status.ShouldBe(200, changed.Body);
        changed.Data.GetProperty("version").GetInt32().ShouldBe(2);
        changed
            .Data.GetProperty("eligibilityQuestions")[1]
            .GetProperty("questionId")
            .GetGuid()
            .ShouldBe(before.GetProperty("eligibilityQuestions")[0].GetProperty("questionId").GetGuid());
        var stale = await lender.Manager.PutAsync(
            path,
            new JsonObject { ["version"] = 1, ["eligibilityQuestions"] = new JsonArray() }
        );
        stale.Code.ShouldBe("VERSION_CONFLICT");

        var twice = await lender.Manager.PutAsync(
            path,
            new JsonObject
            {
                ["version"] = 2,
                ["eligibilityQuestions"] = new JsonArray(
                    SpellOut(ProductDrafts.Questions("Twice?")[0]!.DeepClone().AsObject()),
                    SpellOut(ProductDrafts.Questions("TWICE?")[0]!.DeepClone().AsObject())
                ),
            }
        );
        (twice.Status, twice.Code).ShouldBe((422, "VALIDATION_ERROR"));
    }

    [Fact]
    public async Task Only_managers_of_the_lender_can_administer_its_products()
    {
        var id = await MakeAsync();
        string[] paths = [$"{Path}/{id}", $"{Path}/{id}/eligibility-questions"];
        foreach (var path in paths)
        {
            (await lender.Cashier.GetAsync(path)).Status.ShouldBe(403);
            (await lender.Customer.GetAsync(path)).Status.ShouldBe(403);
            (await server.OtherLender.Manager.GetAsync(path)).Status.ShouldBe(404);
        }

        (await server.OtherLender.Manager.PutAsync($"{Path}/{id}", await ReadAsync(id))).Status.ShouldBe(404);
        (await server.OtherLender.Manager.GetAsync(Path)).Data.GetArrayLength().ShouldBe(0);
    }

    // An earlier version silently reset each of these fields if it was omitted.
    [Theory]
    [InlineData("description")]
    [InlineData("fourEyesAbove")]
    [InlineData("fees")]
    [InlineData("interestRateRange")]
    [InlineData("eligibilityQuestions")]
    [InlineData("eligibility")]
    [InlineData("schedule")]
    [InlineData("schedule.graceInterest")]
    [InlineData("eligibility.countries")]
    [InlineData("eligibilityQuestions[0].passingAnswers")]
    [InlineData("allocation.defaultFutureRule")]
    public async Task A_change_must_send_every_field_at_every_depth_and_null_removes_one(string field)
    {
        var id = await MakeAsync();
        var whole = await ReadAsync(id);
        var (parent, name) = Find(whole, field);
        parent.Remove(name);
        var refused = await lender.Manager.PutAsync($"{Path}/{id}", whole);
        (refused.Status, refused.Code).ShouldBe((422, "VALIDATION_ERROR"));
        var error = refused.Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("field").GetString().ShouldBe(field);
        error.GetProperty("message").GetString()!.ShouldContain("send null to remove it");
        (await ReadAsync(id))["version"]!.GetValue<int>().ShouldBe(1);
        parent[name] = null;
        var removed = await lender.Manager.PutAsync($"{Path}/{id}", whole);
        removed.Status.ShouldBe(200, removed.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/eligibility-questions")]
    public async Task A_change_must_name_the_version_that_it_is_based_on(string below)
    {
        var id = await MakeAsync();
        var whole =
            below == ""
                ? await ReadAsync(id)
                : new JsonObject { ["eligibilityQuestions"] = new JsonArray(), ["version"] = 1 };
        whole.Remove("version");
        var refused = await lender.Manager.PutAsync($"{Path}/{id}{below}", whole);
        refused.Status.ShouldBe(400);
        refused.Json.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("version");
    }

    [Fact]
    public async Task Omitted_questions_are_refused_and_null_removes_them()
    {
        var path = $"{Path}/{await MakeAsync()}/eligibility-questions";
        var refused = await lender.Manager.PutAsync(path, new JsonObject { ["version"] = 1 });
        refused.Json.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("eligibilityQuestions");
        var none = await lender.Manager.PutAsync(
            path,
            new JsonObject { ["version"] = 1, ["eligibilityQuestions"] = new JsonArray() }
        );
        none.Data.GetProperty("eligibilityQuestions").GetArrayLength().ShouldBe(0);
    }

    private static (JsonObject Parent, string Name) Find(JsonObject whole, string field)
    {
        var dot = field.IndexOf('.');
        if (dot < 0)
            return (whole, field);
        var parent = field.StartsWith("eligibilityQuestions[0]", StringComparison.Ordinal)
            ? whole["eligibilityQuestions"]![0]!
            : whole[field[..dot]]!;
        return (parent.AsObject(), field[(dot + 1)..]);
    }

    private static JsonObject SpellOut(JsonObject question)
    {
        foreach (var name in (string[])["required", "passingAnswers", "passingMinimum", "passingMaximum"])
            if (!question.ContainsKey(name))
                question[name] = null;
        return question;
    }

    private async Task<JsonObject> ReadAsync(Guid id)
    {
        var read = JsonNode.Parse((await lender.Manager.GetAsync($"{Path}/{id}")).Body)!["data"]!.AsObject();
        read.Remove("versions");
        return read;
    }

    private async Task<Guid> MakeAsync(string name = "Salary Loan")
    {
        var made = await lender.Manager.PostAsync(Path, ProductDrafts.Salary(name));
        made.Status.ShouldBe(200, made.Body);
        return made.Data.GetProperty("id").GetGuid();
    }

    private Task<string> AuditOfAsync(Guid id) =>
        server.ScalarAsync<string>(
            "select string_agg(action, ' ' order by id) from audit_entry where subject_id = $1",
            id
        );
}
