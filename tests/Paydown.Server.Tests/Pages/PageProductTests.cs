using System.Text.Json.Nodes;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Products;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Pages;

/// <summary>The page of a product: all its settings in one form, and a loan that it would give.</summary>
public sealed class PageProductTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Api = "admin/loan-products";
    private const string Pages = "/office/settings/products";

    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_form_that_is_sent_as_it_is_shown_changes_nothing()
    {
        foreach (var draft in (JsonObject[])[ProductDrafts.Salary(), Everything(), Waterfall()])
        {
            var (browser, id) = await OpenAsync(draft);
            var before = (await lender.Manager.GetAsync($"{Api}/{id}")).Body;

            var sent = await SendAsync(browser, id);

            (sent.Status, sent.Location).ShouldBe((303, $"{Pages}/{id}?done=ok"), sent.Text);
            (await lender.Manager.GetAsync($"{Api}/{id}")).Body.ShouldBe(before);
        }
    }

    [Fact]
    public async Task Every_part_of_a_product_can_be_changed_and_taken_out()
    {
        var (browser, id) = await OpenAsync(Everything());

        var sent = await SendAsync(
            browser,
            id,
            ("interestRate", "21.5"),
            ("schedule.amortization", "EqualPrincipal"),
            ("schedule.gracePrincipal", "1"),
            ("overduePenalty.percent", ""),
            ("overduePenalty.amount", ""),
            ("arrearsTolerance.amount", ""),
            ("arrearsTolerance.percent", ""),
            ("fees[0].name", ""),
            ("fees[0].percent", ""),
            ("fees[2].name", "Stamp"),
            ("fees[2].amount", "50"),
            ("allocation.strategy", "DueThenInAdvance"),
            ("allocation.due", "Principal Interest Fee Penalty"),
            ("allocation.inAdvance", "Interest Principal Fee Penalty"),
            ("eligibility.countries", "nga, GHA")
        );

        sent.Status.ShouldBe(303, sent.Text);
        var product = (await lender.Manager.GetAsync($"{Api}/{id}")).ShouldSucceed();
        product.GetProperty("version").GetInt32().ShouldBe(2);
        product.GetProperty("interestRate").GetDecimal().ShouldBe(21.5m);
        product.GetProperty("schedule").GetProperty("amortization").GetString().ShouldBe("EQUAL_PRINCIPAL");
        product.GetProperty("schedule").GetProperty("gracePrincipal").GetInt32().ShouldBe(1);
        product.GetProperty("overduePenalty").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        product.GetProperty("arrearsTolerance").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        product.GetProperty("allocation").GetProperty("due")[0].GetString().ShouldBe("PRINCIPAL");
        var fees = product.GetProperty("fees").EnumerateArray();
        fees.Select(fee => fee.GetProperty("name").GetString()).ShouldBe(["Insurance", "Stamp"]);
        var countries = product.GetProperty("eligibility").GetProperty("countries").EnumerateArray();
        countries.Select(country => country.GetString()).ShouldBe(["GHA", "NGA"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_refused_form_opens_at_what_is_wrong()
    {
        var (browser, id) = await OpenAsync(Everything());

        // The first fee is taken out, so the wrong one is the first of those that are sent, and stands there.
        var refused = await SendAsync(
            browser,
            id,
            ("fees[0].name", ""),
            ("fees[0].percent", ""),
            ("fees[1].amount", "9999999"),
            ("schedule.gracePrincipal", "50")
        );

        refused.Status.ShouldBe(422, refused.Text);
        refused.Html.ShouldContain("href=\"#f-fees-0-amount\"");
        refused.Html.ShouldContain("href=\"#f-schedule-gracePrincipal\"");
        refused.Fields["fees[0].name"].ShouldBe("Insurance");
        refused.Fields["fees[0].amount"].ShouldBe("9999999");
        refused.Html.ShouldMatch("<details open[^>]*>\\s*<summary>Fees");
        refused.Html.ShouldNotMatch("<details open[^>]*>\\s*<summary>Questions to applicants");
        (await lender.Manager.GetAsync($"{Api}/{id}")).Data.GetProperty("version").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_new_product_is_tried_and_then_created_once()
    {
        var browser = await TestBrowser.SignInAsync(lender.Manager, server);
        (await browser.GetAsync(Pages)).Html.ShouldContain($"href=\"{Pages}/new\"");
        var form = (await browser.GetAsync($"{Pages}/new")).Fields;
        foreach (var (name, value) in NewProduct)
            form[name] = value;

        form["act"] = "preview";
        var shown = await browser.PostAsync($"{Pages}/new", form);
        shown.Status.ShouldBe(200, shown.Text);
        shown.Text.ShouldContain("12 installments: NGN 12,000.00 of principal");
        shown.Text.ShouldContain("28 Feb 2026");
        shown.Text.ShouldContain("APR");
        var kept = shown.Fields;
        kept["name"].ShouldBe("Harvest");

        kept["loan.amount"] = "60000";
        kept["act"] = "preview";
        var wrong = await browser.PostAsync($"{Pages}/new", kept);
        wrong.Status.ShouldBe(422);
        wrong.Html.ShouldContain("href=\"#f-loan-amount\"");

        kept["act"] = "keep";
        var made = await browser.PostAsync($"{Pages}/new", kept);
        (made.Status, (await browser.PostAsync($"{Pages}/new", kept)).Location).ShouldBe((303, made.Location));
        (await browser.GetAsync(made.Location!)).Text.ShouldContain("Harvest");
    }

    [Fact]
    public async Task A_second_manager_sees_the_change_and_approves_it()
    {
        var draft = ProductDrafts.Salary("Two people");
        draft["fourEyesAbove"] = 10_000;
        var (browser, id) = await OpenAsync(draft);
        var sent = await SendAsync(browser, id, ("fourEyesAbove", "20000"), ("interestRate", "20"));
        sent.Location.ShouldBe($"{Pages}/{id}?done=second");
        (await browser.GetAsync($"{Pages}/{id}")).Fields["fourEyesAbove"].ShouldBe("10000.00");

        var second = await TestBrowser.SignInAsync(await lender.AddUserAsync(Role.Manager), server);
        (await second.GetAsync("/office/approvals")).Html.ShouldContain($"{Pages}/{id}?change=awaited");
        var shown = await second.GetAsync($"{Pages}/{id}?change=awaited");
        shown.Text.ShouldContain("interest rate");
        shown.Fields["fourEyesAbove"].ShouldBe("20000.00");
        var approved = await SendAsync(second, id, shown.Fields);

        approved.Location.ShouldBe($"{Pages}/{id}?done=ok", approved.Text);
        var product = (await lender.Manager.GetAsync($"{Api}/{id}")).ShouldSucceed();
        product.GetProperty("interestRate").GetDecimal().ShouldBe(20);
        product.GetProperty("version").GetInt32().ShouldBe(2);
    }

    private static readonly (string Name, string Value)[] NewProduct =
    [
        ("name", "Harvest"),
        ("accountProductName", "Farm Loans"),
        ("minimumAmount", "1,000"),
        ("maximumAmount", "50,000"),
        ("minimumDuration", "3"),
        ("maximumDuration", "12"),
        ("interestRate", "24"),
        ("loan.amount", "12000"),
        ("loan.duration", "12"),
        ("loan.payoutDate", "2026-01-31"),
    ];

    private static JsonObject Everything()
    {
        var draft = ProductDrafts.Salary("Everything");
        draft["repayEvery"] = 2;
        draft["durationUnit"] = "WEEKS";
        draft["firstDueDate"] = new JsonObject { ["minimumDays"] = 5, ["maximumDays"] = 45 };
        draft["schedule"] = new JsonObject
        {
            ["interestPeriod"] = "DAILY",
            ["daysInYear"] = "DAYS365",
            ["installmentMultipleOf"] = 10,
            ["downPayment"] = new JsonObject { ["percent"] = 10, ["automatic"] = true },
        };
        draft["overduePenalty"] = new JsonObject
        {
            ["percent"] = 1.5m,
            ["of"] = "PRINCIPAL_AND_INTEREST_OVERDUE",
            ["graceDays"] = 3,
            ["everyDays"] = 30,
            ["capPercent"] = 10,
        };
        draft["arrearsTolerance"] = new JsonObject { ["amount"] = 100, ["percent"] = 1.5m };
        draft["fees"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["name"] = "Insurance",
                    ["kind"] = "FLAT",
                    ["amount"] = 120.5m,
                    ["charged"] = "ADDED",
                }
            );
        draft["eligibilityQuestions"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["question"] = "Where do you live?",
                    ["type"] = "CHOICE",
                    ["options"] = new JsonArray("Own home", "Rented <b>home</b>"),
                    ["required"] = false,
                }
            );
        draft["eligibility"] = new JsonObject
        {
            ["minimumAge"] = 21,
            ["employmentStatuses"] = new JsonArray("EMPLOYED", "RETIRED"),
            ["countries"] = new JsonArray("NGA"),
            ["minimumMonthlyIncome"] = 50_000,
        };
        return draft;
    }

    private static JsonObject Waterfall()
    {
        var draft = ProductDrafts.Salary("Waterfall");
        draft["isOpen"] = false;
        draft["schedule"] = new JsonObject
        {
            ["scheduleType"] = "PROGRESSIVE",
            ["recalculation"] = new JsonObject
            {
                ["preClosure"] = "TILL_REST_FREQUENCY_DATE",
                ["reschedule"] = "ADJUST_LAST_UNPAID_PERIOD",
                ["restFrequency"] = "WEEKLY",
                ["restInterval"] = 2,
                ["interestOnOverdue"] = false,
            },
        };
        draft["allocation"] = new JsonObject
        {
            ["strategy"] = "ADVANCED",
            ["buckets"] = Buckets("PAST_DUE", "DUE", "IN_ADVANCE"),
            ["bucketsBySource"] = new JsonObject { ["DOWN_PAYMENT"] = Buckets("DUE", "PAST_DUE", "IN_ADVANCE") },
            ["processing"] = "VERTICAL",
            ["futureRules"] = new JsonObject { ["REPAYMENT"] = "LAST_INSTALLMENT" },
            ["defaultFutureRule"] = "REAMORTIZATION",
        };
        draft["repaymentMethods"] = new JsonArray("BANK_TRANSFER", "CASH");
        draft["maximumDisbursements"] = 3;
        return draft;
    }

    private static JsonArray Buckets(params string[] dueTypes) =>
        [
            .. dueTypes.SelectMany(due =>
                ((string[])["PENALTY", "FEE", "INTEREST", "PRINCIPAL"]).Select(component =>
                    (JsonNode)new JsonObject { ["dueType"] = due, ["component"] = component }
                )
            ),
        ];

    private async Task<(TestBrowser Browser, Guid Id)> OpenAsync(JsonObject draft)
    {
        var id = (await lender.Manager.PostAsync(Api, draft)).ShouldSucceed().GetProperty("id").GetGuid();
        return (await TestBrowser.SignInAsync(lender.Manager, server), id);
    }

    private static async Task<PageReply> SendAsync(
        TestBrowser browser,
        Guid id,
        params (string Name, string Value)[] typed
    )
    {
        var form = (await browser.GetAsync($"{Pages}/{id}")).Fields;
        foreach (var (name, value) in typed)
            form[name] = value;
        return await SendAsync(browser, id, form);
    }

    private static Task<PageReply> SendAsync(TestBrowser browser, Guid id, Dictionary<string, string> form)
    {
        form["act"] = "keep";
        return browser.PostAsync($"{Pages}/{id}", form);
    }
}
