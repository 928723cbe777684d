using System.Text.Json;
using System.Text.RegularExpressions;
using OtpNet;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Pages;

/// <summary>A browser signs in by a form, and gets a cookie that no script and no other site can use.</summary>
public sealed class PageSignInTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Theory]
    [InlineData(Role.Customer, "/home")]
    [InlineData(Role.Cashier, "/office")]
    [InlineData(Role.Manager, "/office")]
    [InlineData(Role.Agent, "/me")]
    public async Task A_sign_in_leads_to_the_start_of_the_role(Role role, string start)
    {
        var user = await lender.AddUserAsync(role);
        var browser = new TestBrowser(server);
        var answer = await browser.SignInAsync(EmailOf(user));
        (answer.Status, answer.Location).ShouldBe((303, start));
        (await browser.GetAsync("/sign-in")).Location.ShouldBe(start);
    }

    [Fact]
    public async Task The_cookie_is_for_this_host_alone_and_not_for_scripts()
    {
        var user = await lender.AddCustomerAsync();
        var plain = (await new TestBrowser(server).SignInAsync(EmailOf(user))).SetCookie!;
        plain.ShouldMatch("^paydown=[A-Za-z0-9_-]{43}; path=/; samesite=lax; httponly$");

        var published = new TestBrowser(server.Address, "lender.example");
        var secure = (await published.SignInAsync(EmailOf(user))).SetCookie!;
        secure.ShouldMatch("^__Host-paydown=[A-Za-z0-9_-]{43}; path=/; secure; samesite=lax; httponly$");
        (await published.GetAsync("/home")).Status.ShouldBe(200);
        // Under its plain name the cookie could have been set by another program of this machine.
        published.Cookie = published.Cookie!.Replace("__Host-", "", StringComparison.Ordinal);
        (await published.GetAsync("/home")).Status.ShouldBe(303);
        secure.Split(';')[0].ShouldNotContain(plain.Split(';')[0]["paydown=".Length..]);
    }

    [Fact]
    public async Task Each_sign_in_gets_another_cookie_and_a_cookie_of_the_browser_is_never_taken_over()
    {
        var user = await lender.AddCustomerAsync();
        var chosen = "paydown=" + new string('A', 43);
        var browser = new TestBrowser(server) { Cookie = chosen };
        (await browser.GetAsync("/home")).Location.ShouldBe("/sign-in?next=%2Fhome");
        await browser.SignInAsync(EmailOf(user));
        browser.Cookie.ShouldNotBe(chosen);
        (await new TestBrowser(server) { Cookie = chosen }.GetAsync("/home")).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_look_alike()
    {
        var user = await lender.AddCustomerAsync();
        var browser = new TestBrowser(server);
        var wrong = await browser.SignInAsync(EmailOf(user), "Wrong@Server1");
        var unknown = await browser.SignInAsync("nobody@test.example", "Wrong@Server1");
        wrong.Status.ShouldBe(401);
        unknown.Status.ShouldBe(401);
        wrong.SetCookie.ShouldBeNull();
        wrong.Text.ShouldBe(unknown.Text);
        // What was typed stays, the password does not.
        wrong.Html.ShouldContain($"value=\"{EmailOf(user)}\"");
        wrong.Html.ShouldNotContain("Wrong@Server1");
        wrong.Html.ShouldContain("<title>Error: Sign in");
    }

    [Fact]
    public async Task An_empty_form_says_what_is_missing()
    {
        var answer = await new TestBrowser(server).SignInAsync("", "");
        answer.Status.ShouldBe(422);
        answer.Text.ShouldContain("Enter your e-mail address.");
        answer.Text.ShouldContain("Enter your password.");
        answer.Html.ShouldContain("<a href=\"#f-email\">");
        answer.Html.ShouldContain("aria-describedby=\"f-email-wrong\"");
    }

    [Fact]
    public async Task Too_many_failures_lock_the_account_in_the_words_of_the_API()
    {
        var user = await lender.AddCustomerAsync();
        var browser = new TestBrowser(server);
        for (var i = 0; i < 5; i++)
            (await browser.SignInAsync(EmailOf(user), "Wrong@Server1")).Status.ShouldBe(401);
        var locked = await browser.SignInAsync(EmailOf(user));
        locked.Status.ShouldBe(403);
        locked.SetCookie.ShouldBeNull();
        var api = await SignIn.SignInServer.LoginAsync(
            new HttpClient { BaseAddress = server.Address },
            EmailOf(user),
            TestOrganisation.Password
        );
        api.ShouldBeRefused(403, "ACCOUNT_LOCKED");
        locked.Text.ShouldContain(api.Json.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_after_the_password()
    {
        var user = await lender.AddCustomerAsync();
        var made = (
            await user.PostAsync("user/second-factor", new { password = TestOrganisation.Password })
        ).ShouldSucceed();
        var app = new Totp(Base32Encoding.ToBytes(made.GetProperty("secret").GetString()));
        (await user.PutAsync("user/second-factor/confirm", new { code = CodeOf(app) })).ShouldSucceed();

        var browser = new TestBrowser(server);
        var asked = await browser.SignInAsync(EmailOf(user));
        asked.Status.ShouldBe(200);
        asked.SetCookie.ShouldBeNull();
        var form = asked.Hidden;
        (form["email"], form["currentPassword"]) = (EmailOf(user), TestOrganisation.Password);
        form["secondFactorCode"] = "000000";
        var wrong = await browser.PostAsync("/sign-in", form);
        wrong.Status.ShouldBe(401);
        wrong.Html.ShouldContain("secondFactorCode");
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        form["secondFactorCode"] = CodeOf(app);
        (await browser.PostAsync("/sign-in", form)).Location.ShouldBe("/home");
        (await browser.GetAsync("/home")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Who_must_have_a_second_factor_sees_only_its_page()
    {
        var strict = await server.AddOrganisationAsync();
        await strict.ChangeAsync(("requiresSecondFactor", true));
        var browser = await TestBrowser.SignInAsync(await strict.AddUserAsync(Role.Cashier), server);
        (await browser.GetAsync("/me")).Location.ShouldBe("/me/second-factor");
        (await browser.GetAsync("/me/second-factor")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_wrong_code_ends_no_session_and_a_right_one_gives_it_a_new_cookie()
    {
        const string Page = "/me/second-factor";
        var browser = await TestBrowser.SignInAsync(await lender.AddCustomerAsync(), server);
        var begun = await browser.SubmitAsync(Page, ("act", "begin"), ("password", TestOrganisation.Password));
        var form = begun.Hidden;
        (form["act"], form["code"]) = ("confirm", "000000");
        var wrong = await browser.PostAsync(Page, form);
        wrong.Status.ShouldBe(401);
        wrong.Hidden["secret"].ShouldBe(form["secret"]);
        (await browser.GetAsync("/home")).Status.ShouldBe(200);

        var old = browser.Cookie;
        form["code"] = CodeOf(new Totp(Base32Encoding.ToBytes(form["secret"])));
        var on = await browser.PostAsync(Page, form);
        on.Status.ShouldBe(200, on.Html);
        on.Text.ShouldContain("Your second factor is on.");
        browser.Cookie.ShouldNotBe(old);
        (await browser.GetAsync("/home")).Status.ShouldBe(200);
        (await new TestBrowser(server) { Cookie = old }.GetAsync("/home")).Status.ShouldBe(303);
        var renewed = await browser.SubmitAsync(Page, ("act", "renew"), ("password", TestOrganisation.Password));
        renewed.Status.ShouldBe(200);
        Regex.Count(renewed.Html, "([A-Z2-7]{4}-){3}[A-Z2-7]{4}").ShouldBe(10);
        // The form of the page that showed the codes goes on with the new cookie.
        (await browser.PostAsync("/sign-out", on.Hidden)).Location.ShouldBe("/sign-in?done=signed-out");
    }

    [Theory]
    [InlineData("/loans/0190a5a0-0000-7000-8000-000000000001?after=x", true)]
    [InlineData("//evil.example", false)]
    [InlineData("https://evil.example/home", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("/\n/evil.example", false)]
    [InlineData("evil.example", false)]
    [InlineData("/h\u00f6me", false)]
    public async Task The_page_after_the_sign_in_is_never_that_of_another_site(string next, bool isOwn)
    {
        var user = await lender.AddCustomerAsync();
        var answer = await new TestBrowser(server).SignInAsync(EmailOf(user), next: next);
        (answer.Status, answer.Location).ShouldBe((303, isOwn ? next : "/home"));
        var asked = await new TestBrowser(server).GetAsync($"/sign-in?next={Uri.EscapeDataString(next)}");
        asked.Hidden["next"].ShouldBe(isOwn ? next : "");
    }

    [Fact]
    public async Task A_page_asks_to_sign_in_and_then_is_shown()
    {
        var user = await lender.AddCustomerAsync();
        var browser = new TestBrowser(server);
        var asked = await browser.GetAsync("/repayments?status=VERIFIED");
        asked.Location.ShouldBe("/sign-in?next=%2Frepayments%3Fstatus%3DVERIFIED");
        var form = (await browser.GetAsync(asked.Location!)).Hidden;
        (form["email"], form["currentPassword"]) = (EmailOf(user), TestOrganisation.Password);
        (await browser.PostAsync("/sign-in", form)).Location.ShouldBe("/repayments?status=VERIFIED");
    }

    [Fact]
    public async Task The_API_takes_no_cookie()
    {
        var user = await lender.AddCustomerAsync();
        var browser = await TestBrowser.SignInAsync(user, server);
        var answer = await browser.GetAsync($"/api/v1/services/user/wallet/{user.UserId}");
        answer.Status.ShouldBe(401);
        JsonDocument.Parse(answer.Html).RootElement.GetProperty("status").GetString().ShouldBe("FAILED");
    }

    private static string EmailOf(TestUser user) => $"{user.UserId}@test.example";

    private string CodeOf(Totp app) => app.ComputeTotp(server.Clock.GetUtcNow().UtcDateTime);
}
