using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Pages;

/// <summary>A page session ends when it is not used, after its longest time, and at once with its sign-in.</summary>
public sealed class PageSessionTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task An_unused_session_of_a_borrower_ends_after_7_days()
    {
        var browser = await SignInAsync(Role.Customer);
        server.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await IsOpenAsync(browser)).ShouldBeTrue();
        server.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        (await IsOpenAsync(browser)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unused_session_of_staff_ends_after_30_minutes()
    {
        foreach (var role in (Role[])[Role.Agent, Role.Cashier, Role.Manager])
        {
            var browser = await SignInAsync(role);
            server.Clock.Advance(TimeSpan.FromMinutes(29));
            (await IsOpenAsync(browser)).ShouldBeTrue($"{role}");
            server.Clock.Advance(TimeSpan.FromMinutes(32));
            (await IsOpenAsync(browser)).ShouldBeFalse($"{role}");
        }
    }

    [Theory]
    [InlineData(Role.Customer, 30 * 24 * 60, 6 * 24 * 60)]
    [InlineData(Role.Manager, 12 * 60, 25)]
    public async Task A_session_in_use_ends_after_its_longest_time(Role role, int minutesMax, int everyMinutes)
    {
        var browser = await SignInAsync(role);
        var minutes = 0;
        for (; minutes + everyMinutes < minutesMax; minutes += everyMinutes)
        {
            (await IsOpenAsync(browser)).ShouldBeTrue($"after {minutes} minutes");
            server.Clock.Advance(TimeSpan.FromMinutes(everyMinutes));
        }

        (await IsOpenAsync(browser)).ShouldBeTrue($"after {minutes} minutes");
        server.Clock.Advance(TimeSpan.FromMinutes(minutesMax - minutes));
        (await IsOpenAsync(browser)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_sign_out_ends_the_session_on_every_server()
    {
        await using var second = await server.StartSecondAsync();
        var browser = await SignInAsync(Role.Customer);
        var there = browser.On(second);
        (await IsOpenAsync(there)).ShouldBeTrue();
        var cookie = browser.Cookie;
        var form = (await browser.GetAsync("/home")).Hidden;
        var answer = await browser.PostAsync("/sign-out", form);
        (answer.Status, answer.Location, browser.Cookie).ShouldBe((303, "/sign-in?done=signed-out", null));
        (await browser.GetAsync(answer.Location!)).Text.ShouldContain("You are signed out.");
        (await IsOpenAsync(new TestBrowser(server) { Cookie = cookie })).ShouldBeFalse();
        await Wait.UntilAsync(async () => !await IsOpenAsync(new TestBrowser(second.Address) { Cookie = cookie }));
    }

    [Fact]
    public async Task Opening_the_address_of_the_sign_out_does_nothing()
    {
        var browser = await SignInAsync(Role.Customer);
        await browser.GetAsync("/sign-out");
        (await IsOpenAsync(browser)).ShouldBeTrue();
    }

    [Fact]
    public async Task Ending_the_sign_in_by_the_API_ends_the_page_session()
    {
        await using var second = await server.StartSecondAsync();
        var user = await lender.AddCustomerAsync();
        var browser = await TestBrowser.SignInAsync(user, server);
        var there = browser.On(second);
        (await IsOpenAsync(browser)).ShouldBeTrue();
        (await IsOpenAsync(there)).ShouldBeTrue();
        var session = (await user.GetAsync("user/sessions")).ShouldSucceed()[0].GetProperty("id").GetGuid();
        (await user.PutAsync($"user/sessions/{session}/end")).ShouldSucceed();
        (await IsOpenAsync(browser)).ShouldBeFalse();
        await Wait.UntilAsync(async () => !await IsOpenAsync(there));
    }

    [Fact]
    public async Task One_browser_ends_the_session_of_another()
    {
        var user = await lender.AddCustomerAsync();
        var (lost, here) = (await TestBrowser.SignInAsync(user, server), await TestBrowser.SignInAsync(user, server));
        (await IsOpenAsync(lost)).ShouldBeTrue();
        var list = await here.GetAsync("/me/sessions");
        var form = list.Hidden;
        form["session"] = list.Html.Split("name=\"session\" value=\"")[1][..36];
        (await here.PostAsync("/me/sessions", form)).Status.ShouldBe(303);
        (await IsOpenAsync(lost)).ShouldBeFalse();
        (await IsOpenAsync(here)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions()
    {
        var user = await lender.AddCustomerAsync();
        var (other, here) = (await TestBrowser.SignInAsync(user, server), await TestBrowser.SignInAsync(user, server));
        (await IsOpenAsync(other)).ShouldBeTrue();
        var answer = await here.SubmitAsync(
            "/me/password",
            ("currentPassword", TestOrganisation.Password),
            ("newPassword", "Another@Server2"),
            ("again", "Another@Server2")
        );
        answer.Status.ShouldBe(303, answer.Html);
        (await IsOpenAsync(other)).ShouldBeFalse();
        (await IsOpenAsync(here)).ShouldBeTrue();
    }

    [Fact]
    public async Task Disabled_staff_are_signed_out_at_once()
    {
        var cashier = await lender.AddUserAsync(Role.Cashier);
        var browser = await TestBrowser.SignInAsync(cashier, server);
        (await IsOpenAsync(browser)).ShouldBeTrue();
        await lender.AgreeAsync($"admin/staff/{cashier.UserId}/disable");
        (await IsOpenAsync(browser)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_database_knows_no_cookie()
    {
        var browser = await SignInAsync(Role.Customer);
        var cookie = browser.Cookie!.Split('=')[1];
        (
            await server.ScalarAsync<long>(
                "select count(*) from page_session p where p::text like '%' || $1 || '%'",
                cookie
            )
        ).ShouldBe(0);
        (await server.ScalarAsync<long>("select count(*) from page_session")).ShouldBeGreaterThan(0);
    }

    private static async Task<bool> IsOpenAsync(TestBrowser browser) =>
        (await browser.GetAsync("/me")).Status switch
        {
            200 => true,
            303 => false,
            var status => throw new InvalidOperationException($"Neither 200 nor 303: {status}"),
        };

    private async Task<TestBrowser> SignInAsync(Role role) =>
        await TestBrowser.SignInAsync(await lender.AddUserAsync(role), server);
}
