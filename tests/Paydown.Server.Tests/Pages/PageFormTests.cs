using System.Net.Http.Headers;
using System.Text;
using Npgsql;
using Paydown.Pages.Web;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Pages;

/// <summary>Forms: sent twice, wrong, half, huge, or with texts that are meant to break a page.</summary>
public sealed class PageFormTests(TestServer server) : IClassFixture<TestServer>
{
    private const int ConcurrentSends = 4;

    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_report_that_is_sent_twice_is_one_report()
    {
        var (borrower, browser) = await SignInAsync();
        var path = $"/loans/{borrower.Loan.ApplicationId}/report";
        var form = await browser.FillAsync(path, [.. ReportOf(borrower, "1,050.50"), ("act", "check")]);
        var check = await browser.PostAsync(path, form);
        check.Status.ShouldBe(200, check.Html);
        check.Text.ShouldContain("Check your report");
        check.Text.ShouldContain("1,050.50");
        var send = check.Hidden;
        send["act"] = "send";
        var location = await ShouldHaveOneEffectAsync(browser, path, send);
        location.ShouldMatch("^/repayments/[0-9a-f-]{36}$");
        var listed = (await borrower.ListAsync()).ShouldSucceed();
        listed.GetArrayLength().ShouldBe(1);
        listed[0].GetProperty("repaymentAmount").GetDecimal().ShouldBe(1050.50m);
        (await browser.GetAsync(location)).Text.ShouldContain("1,050.50");

        // Withdrawn twice, it is withdrawn once.
        var again = await browser.FillAsync(location);
        await ShouldHaveOneEffectAsync(browser, location, again);
        (await browser.GetAsync(location)).Text.ShouldContain("Withdrawn by the customer.");
        // Another form is refused in the words of the API.
        var late = await browser.SubmitAsync(location);
        late.Status.ShouldBe(409);
        late.Text.ShouldContain("That was not possible");
    }

    [Fact]
    public async Task A_bank_account_that_is_sent_twice_is_one_account()
    {
        var customer = await lender.AddCustomerAsync();
        var browser = await TestBrowser.SignInAsync(customer, server);
        var form = await browser.FillAsync(
            "/me/bank-accounts?next=%2Fhome",
            ("accountNumber", TestWallet.GoodNumber),
            ("accountName", "EXAMPLE ADA"),
            ("bankCode", "058")
        );
        (await ShouldHaveOneEffectAsync(browser, "/me/bank-accounts", form)).ShouldBe("/home");
        (await customer.GetAsync($"user/list-customer-bank-accounts/{customer.UserId}"))
            .ShouldSucceed()
            .GetArrayLength()
            .ShouldBe(1);
    }

    [Fact]
    public async Task An_application_that_is_sent_twice_is_one_application()
    {
        var product = await lender.AddProductAsync();
        var customer = await lender.AddCustomerAsync();
        var account = await lender.BankAccountOfAsync(customer);
        var browser = await TestBrowser.SignInAsync(customer, server);
        var path = $"/apply/{product.Id}";
        var form = await browser.FillAsync(
            path,
            ("loanAmount", "12 000"),
            ("loanDuration", "12"),
            ("dateOfBirth", "1990-05-17"),
            ("phoneNumber", "+234 800 000 0000"),
            ("bvn", "22345678901"),
            ("employmentStatus", "Employed"),
            ("monthlyIncome", "10000"),
            ("accountNumber", $"{account}")
        );
        var location = await ShouldHaveOneEffectAsync(browser, path, form);
        location.ShouldStartWith("/applications/");
        (await browser.GetAsync(location)).Status.ShouldBe(200);
        (
            await server.ScalarAsync<long>(
                "select count(*) from loan_application where customer_id = $1",
                customer.UserId
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task A_transfer_from_the_wallet_that_is_sent_twice_is_one_transfer()
    {
        var setting = await TestWallet.CreateAsync(server, 100_000);
        var browser = await TestBrowser.SignInAsync(setting.Customer, server);
        var pin = await browser.SubmitAsync(
            "/me/pin",
            ("newPin", "4821"),
            ("again", "4821"),
            ("password", TestOrganisation.Password)
        );
        pin.Status.ShouldBe(303, pin.Html);
        var form = await browser.FillAsync(
            "/wallet/withdraw",
            ("amount", "100"),
            ("bankAccountId", $"{setting.BankAccountId}"),
            ("transactionPin", "4821")
        );
        var location = await ShouldHaveOneEffectAsync(browser, "/wallet/withdraw", form);
        location.ShouldStartWith("/wallet/transfers/");
        (await browser.GetAsync(location)).Status.ShouldBe(200);
        (await setting.BalanceAsync()).ShouldBe(90_000);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_form_that_was_changed_after_it_was_sent_asks_before_it_counts_again()
    {
        var (borrower, browser) = await SignInAsync();
        var path = $"/loans/{borrower.Loan.ApplicationId}/report";
        var form = await browser.FillAsync(path, [.. ReportOf(borrower, "100"), ("act", "send")]);
        (await browser.PostAsync(path, form)).Status.ShouldBe(303);
        form["repaymentAmount"] = "200";
        var asked = await browser.PostAsync(path, form);
        asked.Text.ShouldContain("You have sent this form before");
        asked.Hidden[PageForm.KeyField].ShouldNotBe(form[PageForm.KeyField]);
        (await borrower.ListAsync()).ShouldSucceed().GetArrayLength().ShouldBe(1);
        form[PageForm.KeyField] = asked.Hidden[PageForm.KeyField];
        (await browser.PostAsync(path, form)).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed_and_says_why_in_the_words_of_the_API()
    {
        var (borrower, browser) = await SignInAsync();
        var path = $"/loans/{borrower.Loan.ApplicationId}/report";
        var mistyped = await browser.SubmitAsync(path, [.. ReportOf(borrower, "12,x\"<b>"), ("act", "check")]);
        mistyped.Status.ShouldBe(422);
        mistyped.Html.ShouldContain("value=\"12,x&quot;&lt;b&gt;\"");
        mistyped.Text.ShouldContain("Enter an amount in digits");
        mistyped.Html.ShouldContain("<a href=\"#f-repaymentAmount\">");

        var api = await borrower.ReportAsync(99_999_999);
        var form = await browser.FillAsync(path, [.. ReportOf(borrower, "99999999"), ("act", "send")]);
        var refused = await browser.PostAsync(path, form);
        refused.Status.ShouldBe(api.Status);
        refused.Text.ShouldContain(api.Json.GetProperty("message").GetString()!);
        refused.Html.ShouldContain("value=\"99999999\"");
        refused.Html.ShouldContain("value=\"KEPT\"");
    }

    [Theory]
    [InlineData("correct", "reject")]
    [InlineData("reject", "correct")]
    public async Task A_refused_form_in_a_fold_is_shown_open_and_the_error_leads_into_it(string act, string other)
    {
        var borrower = await Borrower.CreateAsync(server);
        var report = (await borrower.ReportAsync(100)).ShouldSucceed().GetProperty("id").GetGuid();
        var browser = await TestBrowser.SignInAsync(lender.Cashier, server);
        var path = $"/office/repayments/{report}";
        var form = await browser.FillAsync(path, (PageForm.WithinField, act), ("act", act), ("amount", "12,x"));
        (await browser.GetAsync(path)).Html.ShouldNotContain("<details open");
        var refused = await browser.PostAsync(path, form);
        refused.Status.ShouldBe(422);
        refused.Html.ShouldContain($"<a href=\"#f-reason-{act}\">");
        var open = refused.Html.Split("<details").Where(part => part.StartsWith(" open", StringComparison.Ordinal));
        open.ShouldHaveSingleItem().ShouldContain($"id=\"f-reason-{act}\"");
        refused.Html.ShouldContain($"id=\"f-reason-{act}-wrong\"");
        refused.Html.ShouldNotContain($"id=\"f-reason-{other}-wrong\"");
    }

    [Fact]
    public async Task Half_a_form_is_refused_field_by_field()
    {
        var (borrower, browser) = await SignInAsync();
        var path = $"/loans/{borrower.Loan.ApplicationId}/report";
        var form = (await browser.GetAsync(path)).Hidden;
        var refused = await browser.PostAsync(path, form);
        refused.Status.ShouldBe(422);
        foreach (var name in (string[])["repaymentAmount", "bankAccountId", "paymentDate"])
            refused.Html.ShouldContain($"<a href=\"#f-{name}\">");
    }

    [Fact]
    public async Task A_huge_form_is_refused()
    {
        var (borrower, browser) = await SignInAsync();
        var path = $"/loans/{borrower.Loan.ApplicationId}/report";
        var form = await browser.FillAsync(path, ("repaymentReference", new string('x', PageForm.BytesMax)));
        (await browser.PostAsync(path, form)).Status.ShouldBe(413);
        form = await browser.FillAsync(path);
        for (var i = 0; i < 1000; i++)
            form[$"field-{i}"] = "";
        (await browser.PostAsync(path, form)).Status.ShouldBe(413);
    }

    [Fact]
    public async Task What_is_no_form_is_refused()
    {
        var (borrower, browser) = await SignInAsync();
        var path = $"/loans/{borrower.Loan.ApplicationId}/report";
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        (await browser.SendAsync(HttpMethod.Post, path, json)).Status.ShouldBe(403);
        (await browser.SendAsync(HttpMethod.Post, path, form: null)).Status.ShouldBe(403);
        using var broken = new StringContent("--x\r\nbroken");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        (await browser.SendAsync(HttpMethod.Post, path, broken)).Status.ShouldBeInRange(400, 499);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>")]
    [InlineData("\u0645\u0631\u064a\u0645", "\u202e\u05d3\u05d5\u05d3")]
    [InlineData("\u0110\u1eb7ng \u20a6", "\u0417\u043e\u043b\u043e\u0442\u0430\u0440\u0435\u0432\u0430")]
    public async Task Names_of_all_kinds_are_shown_as_text(string firstName, string lastName)
    {
        await ShouldBeShownAsTextAsync(firstName, lastName);
    }

    [Fact]
    public async Task A_name_of_200_characters_is_shown() =>
        await ShouldBeShownAsTextAsync(new string('N', 100), new string('M', 100));

    [Fact]
    public async Task An_address_without_a_page_is_a_page_for_browsers_and_JSON_for_programs()
    {
        var browser = new TestBrowser(server);
        var page = await browser.GetAsync("/no/such/page");
        (page.Status, page.Headers["Content-Type"]).ShouldBe((404, "text/html; charset=utf-8"));
        page.Text.ShouldContain("There is no such page");
        foreach (var path in (string[])["/api/v1/services/nothing", "/openapi/nothing", "/health/nothing"])
        {
            var envelope = await browser.GetAsync(path);
            (envelope.Status, envelope.Headers["Content-Type"]).ShouldBe((404, "application/json"), path);
        }

        using var http = new HttpClient { BaseAddress = server.Address };
        (await Reply.ReadAsync(await http.GetAsync("/no/such/page"))).ShouldBeRefused(404, "NOT_FOUND");
        (await browser.GetAsync("/")).Location.ShouldBe("/home");
        (await http.GetStringAsync("/")).ShouldContain("/docs");
    }

    [Fact]
    public async Task A_server_without_pages_has_none()
    {
        await using var bare = await server.StartSecondAsync(options => options with { HasPages = false });
        var browser = new TestBrowser(bare);
        (await browser.GetAsync("/")).Location.ShouldBe("/docs");
        foreach (var path in (string[])["/sign-in", "/home", "/office", "/no/such/page", Asset.Style.Path])
            (await browser.GetAsync(path)).Headers["Content-Type"].ShouldBe("application/json", path);
    }

    private static (string, string)[] ReportOf(Borrower borrower, string amount) =>
        [
            ("repaymentAmount", amount),
            ("paymentDate", $"{borrower.Loan.DisbursedOn:yyyy-MM-dd}"),
            ("bankAccountId", $"{borrower.BankAccountId}"),
            ("repaymentReference", "KEPT"),
        ];

    // Sends a form several times at once, and then once more.
    private static async Task<string> ShouldHaveOneEffectAsync(
        TestBrowser browser,
        string path,
        Dictionary<string, string> form
    )
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, ConcurrentSends).Select(_ => browser.PostAsync(path, form))
        );
        answers = [.. answers, await browser.PostAsync(path, form)];
        foreach (var answer in answers)
            answer.Status.ShouldBe(303, answer.Html);
        return answers.Select(answer => answer.Location!).Distinct().ShouldHaveSingleItem();
    }

    private async Task<(Borrower Borrower, TestBrowser Browser)> SignInAsync()
    {
        var borrower = await Borrower.CreateAsync(server);
        return (borrower, await TestBrowser.SignInAsync(borrower.Customer, server));
    }

    private async Task ShouldBeShownAsTextAsync(string firstName, string lastName)
    {
        var user = await lender.AddUserAsync(Role.Customer, firstName, lastName);
        var browser = await TestBrowser.SignInAsync(user, server);
        foreach (var path in (string[])["/home", "/me", "/me/bank-accounts"])
        {
            var page = await browser.GetAsync(path);
            page.Status.ShouldBe(200, page.Html);
            page.Html.ShouldNotContain("<script>");
            page.Html.ShouldNotContain("<img src=x");
            System.Net.WebUtility.HtmlDecode(page.Html).ShouldContain($"{firstName} {lastName}");
        }
    }
}

/// <summary>The database is away: browsers get a page that says so.</summary>
public sealed class PageFailureTests(TestCluster cluster)
{
    [Fact]
    public async Task Without_its_database_the_server_shows_a_page_that_says_so()
    {
        await using var server = await TestServer.StartAsync(cluster, options => options);
        var browser = await TestBrowser.SignInAsync(server.Lender.Customer, server);
        (await browser.GetAsync("/home")).Status.ShouldBe(200);
        var database = new NpgsqlConnectionStringBuilder(server.ConnectionString).Database;
        await ExecuteAsync($"ALTER DATABASE {database} CONNECTION LIMIT 0");
        await ExecuteAsync(
            $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'"
        );
        try
        {
            // With a session that is known, and with one that must be looked up.
            var unknown = new TestBrowser(server) { Cookie = "paydown=" + new string('A', 43) };
            foreach (var one in (TestBrowser[])[browser, unknown])
            {
                var page = await one.GetAsync("/home");
                page.Status.ShouldBe(503, page.Html);
                page.Text.ShouldContain("Not available at the moment");
                page.Headers["Cache-Control"].ShouldBe("no-store");
            }
        }
        finally
        {
            await ExecuteAsync($"ALTER DATABASE {database} CONNECTION LIMIT -1");
        }

        await Wait.UntilAsync(async () => (await browser.GetAsync("/home")).Status == 200);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.AdministratorConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
