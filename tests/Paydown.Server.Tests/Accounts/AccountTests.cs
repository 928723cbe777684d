using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Customers;
using Paydown.Server.Tests.SignIn;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Accounts;

/// <summary>What people do with their own sign-in.</summary>
public sealed class AccountTests(TestServer server) : IClassFixture<TestServer>
{
    private const string NewPassword = "Coffee-At-8-Abuja";

    private Mailbox Mailbox => new(server);

    [Fact]
    public async Task A_forgotten_password_is_replaced_once_within_30_minutes()
    {
        var (http, email) = await AddAsync();
        var before = (await LoginAsync(http, email)).AccessToken;

        (await ForgotAsync(http, email.ToUpperInvariant())).ShouldSucceed();
        var token = await Mailbox.TokenAsync(email, "PASSWORD_RESET");
        (await ResetAsync(http, token, "Password123!")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await ResetAsync(http, token, NewPassword)).ShouldSucceed();
        (await ResetAsync(http, token, NewPassword)).ShouldBeRefused(422, "ONE_TIME_TOKEN_INVALID");
        (await SignInServer.CountsAsync(http, before)).ShouldBeFalse();
        (await LoginAsync(http, email)).ShouldBeRefused(401, "INVALID_CREDENTIALS");
        (await LoginAsync(http, email, NewPassword)).ShouldSucceed();
        (await Mailbox.CountAsync(email, "PASSWORD_CHANGED")).ShouldBe(1);

        (await ForgotAsync(http, email)).ShouldSucceed();
        var late = await Mailbox.TokenAsync(email, "PASSWORD_RESET");
        using (server.Clock.At(server.Today.AddDays(1)))
            (await ResetAsync(http, late, "Another-1-Password")).ShouldBeRefused(422, "ONE_TIME_TOKEN_INVALID");
    }

    [Fact]
    public async Task Nothing_shows_whether_anyone_has_the_email()
    {
        var (http, email) = await AddAsync();
        var known = await ForgotAsync(http, email);
        var unknown = await ForgotAsync(http, "nobody@nowhere.example");
        (unknown.Status, unknown.Body).ShouldBe((known.Status, known.Body));
        (await Mailbox.CountAsync("nobody@nowhere.example", "PASSWORD_RESET")).ShouldBe(0);
        // At most three messages in half an hour, with the same response.
        for (var i = 0; i < 4; i++)
            (await ForgotAsync(http, email)).Body.ShouldBe(known.Body);
        (await Mailbox.CountAsync(email, "PASSWORD_RESET")).ShouldBe(3);
    }

    [Fact]
    public async Task Tokens_and_passwords_are_stored_as_hashes_and_work_only_for_their_purpose()
    {
        var (http, email) = await AddAsync();
        (await ForgotAsync(http, email)).ShouldSucceed();
        var token = await Mailbox.TokenAsync(email, "PASSWORD_RESET");
        (await server.ScalarAsync<long>("select count(*) from one_time_token where hash = $1", Hash(token))).ShouldBe(
            1
        );
        (await ConfirmAsync(http, token)).ShouldBeRefused(422, "ONE_TIME_TOKEN_INVALID");
        var body = new
        {
            token,
            password = NewPassword,
            confirmPassword = NewPassword,
        };
        (await SendAsync(http, HttpMethod.Post, "usermanagement/accept-invitation", body)).ShouldBeRefused(
            422,
            "ONE_TIME_TOKEN_INVALID"
        );
        (await ResetAsync(http, token, NewPassword)).ShouldSucceed();
    }

    [Fact]
    public async Task A_locked_owner_gets_in_again_by_a_new_password_whatever_strangers_do()
    {
        var (http, email) = await AddAsync();
        async Task FailAsync()
        {
            for (var i = 0; i < 6; i++)
                await LoginAsync(http, email, "Wrong@Pass1");
        }

        await FailAsync();
        (await LoginAsync(http, email)).ShouldBeRefused(403, "ACCOUNT_LOCKED");
        (await ForgotAsync(http, email)).ShouldSucceed();
        (await ResetAsync(http, await Mailbox.TokenAsync(email, "PASSWORD_RESET"), NewPassword)).ShouldSucceed();
        (await LoginAsync(http, email, NewPassword)).ShouldSucceed();
    }

    [Fact]
    public async Task A_lock_ends_by_itself_and_lasts_longer_the_more_sign_ins_fail()
    {
        var (http, email) = await AddAsync();
        var minutes = new List<int>();
        // Tries every minute for four hours.
        for (var minute = 0; minute < 240; minute++)
        {
            var reply = await LoginAsync(http, email, "Wrong@Pass1");
            if (reply.Status == 401)
                minutes.Add(minute);
            server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        minutes.Count.ShouldBe(20);
        minutes[..5].ShouldBe([0, 1, 2, 3, 4]);
        minutes[5].ShouldBe(15);
        // Ten failures within an hour lock for the rest of it.
        minutes[10].ShouldBe(60);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await LoginAsync(http, email)).ShouldSucceed();
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions()
    {
        var (http, email) = await AddAsync();
        var (here, there) = ((await LoginAsync(http, email)).AccessToken, (await LoginAsync(http, email)).AccessToken);
        var user = TestUser.Holding(here, server.Address);
        (
            await user.PutAsync("user/password", new { currentPassword = "Wrong@Pass1", newPassword = NewPassword })
        ).ShouldBeRefused(403, "PASSWORD_WRONG");
        var weak = new { currentPassword = TestOrganisation.Password, newPassword = "P@ssw0rd" };
        (await user.PutAsync("user/password", weak)).ShouldBeRefused(422, "VALIDATION_ERROR");

        var body = new { currentPassword = TestOrganisation.Password, newPassword = NewPassword };
        (await user.PutAsync("user/password", body, key: "change")).ShouldSucceed();
        (await user.PutAsync("user/password", body, key: "change")).IsReplayed.ShouldBeTrue();
        (await SignInServer.CountsAsync(http, here)).ShouldBeTrue();
        (await SignInServer.CountsAsync(http, there)).ShouldBeFalse();
        (await LoginAsync(http, email, NewPassword)).ShouldSucceed();
        (await Mailbox.ReadAsync(email)).ShouldContain("Your password was changed.");
    }

    [Fact]
    public async Task A_stolen_access_token_allows_few_guesses_at_the_password()
    {
        var (http, email) = await AddAsync();
        var user = TestUser.Holding((await LoginAsync(http, email)).AccessToken, server.Address);
        var guess = new { currentPassword = "Wrong@Pass1", newPassword = NewPassword };
        for (var i = 0; i < 5; i++)
            (await user.PutAsync("user/password", guess)).ShouldBeRefused(403, "PASSWORD_WRONG");
        (await user.PutAsync("user/password", guess)).ShouldBeRefused(403, "ACCOUNT_LOCKED");
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one()
    {
        var (http, email) = await AddAsync();
        var (first, second) = (
            (await LoginAsync(http, email)).AccessToken,
            (await LoginAsync(http, email)).AccessToken
        );
        var user = TestUser.Holding(first, server.Address);
        var sessions = (await user.GetAsync("user/sessions")).ShouldSucceed().EnumerateArray().ToList();
        sessions.Select(one => one.GetProperty("isCurrent").GetBoolean()).ShouldBe([false, true]);
        var other = sessions[0].GetProperty("id").GetGuid();

        var (_, strangerEmail) = await AddAsync();
        var stranger = TestUser.Holding((await LoginAsync(http, strangerEmail)).AccessToken, server.Address);
        (await stranger.PutAsync($"user/sessions/{other}/end")).ShouldBeRefused(404, "NOT_FOUND");
        (await user.PutAsync($"user/sessions/{other}/end")).ShouldSucceed();
        (await SignInServer.CountsAsync(http, second)).ShouldBeFalse();
        (await SignInServer.CountsAsync(http, first)).ShouldBeTrue();
        (await user.PutAsync($"user/sessions/{other}/end")).ShouldBeRefused(404, "NOT_FOUND");
        (await user.GetAsync("user/sessions")).ShouldSucceed().GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_registered_customer_confirms_the_email()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var form = RegisterCustomerTests.Form("confirm@example.com");
        form["organisationId"] = server.Lender.Id.Value;
        (await SendAsync(http, HttpMethod.Post, "usermanagement/register-customer", form)).ShouldSucceed();
        var first = await Mailbox.TokenAsync("confirm@example.com", "EMAIL_CONFIRMATION");
        var user = TestUser.Holding(
            (await LoginAsync(http, "confirm@example.com", "Password@1")).AccessToken,
            server.Address
        );
        (await user.PostAsync("user/email-confirmation")).ShouldSucceed();
        var second = await Mailbox.TokenAsync("confirm@example.com", "EMAIL_CONFIRMATION");

        // The first one was withdrawn.
        (await ConfirmAsync(http, first)).ShouldBeRefused(422, "ONE_TIME_TOKEN_INVALID");
        (await ConfirmAsync(http, second)).ShouldSucceed();
        (await user.PostAsync("user/email-confirmation")).ShouldBeRefused(409, "EMAIL_ALREADY_CONFIRMED");
    }

    [Fact]
    public async Task The_most_common_passwords_are_refused()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (var password in (string[])["P@ssw0rd", "Password1!", "Password@123", "!Qwerty123", "Admin@123"])
        {
            var form = RegisterCustomerTests.Form("common@example.com");
            (form["password"], form["confirmPassword"]) = (password, password);
            form["organisationId"] = server.Lender.Id.Value;
            var refused = await SendAsync(http, HttpMethod.Post, "usermanagement/register-customer", form);
            refused.ShouldBeRefused(422, "VALIDATION_ERROR");
            refused.Body.ShouldContain("one of the most common passwords");
        }

        PasswordRules.IsCommon("Password@1").ShouldBeFalse("Every example of the documentation has it.");
    }

    [Fact]
    public async Task A_link_leads_to_the_host_of_the_lender_and_never_to_that_of_the_request()
    {
        var lender = await server.AddOrganisationAsync();
        await server.BackDoor.ExecuteAsync(
            "insert into organisation_host (host, organisation_id, recorded_at) values ('okun.example', $1, now())",
            lender.Id
        );
        var email = await Mailbox.AddressOfAsync(lender.Customer.UserId);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Host = "evil.example";
        (
            await SendAsync(
                http,
                HttpMethod.Post,
                "usermanagement/forgot-password",
                new { email, organisationId = lender.Id.Value }
            )
        ).ShouldSucceed();
        var text = await Mailbox.ReadAsync(email, "PASSWORD_RESET");
        text.ShouldContain("https://okun.example/reset?token=");
        text.ShouldNotContain("evil.example");
    }

    private static byte[] Hash(string token) =>
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token));

    private async Task<(HttpClient Http, string Email)> AddAsync()
    {
        var customer = await server.Lender.AddCustomerAsync();
        return (new HttpClient { BaseAddress = server.Address }, await Mailbox.AddressOfAsync(customer.UserId));
    }

    private Task<Reply> LoginAsync(HttpClient http, string email, string password = TestOrganisation.Password) =>
        SendAsync(
            http,
            HttpMethod.Put,
            "securitymanagement/login",
            new
            {
                email,
                currentPassword = password,
                organisationId = server.Lender.Id.Value,
            }
        );

    private Task<Reply> ForgotAsync(HttpClient http, string email) =>
        SendAsync(
            http,
            HttpMethod.Post,
            "usermanagement/forgot-password",
            new { email, organisationId = server.Lender.Id.Value }
        );

    private static Task<Reply> ResetAsync(HttpClient http, string token, string password) =>
        SendAsync(
            http,
            HttpMethod.Post,
            "usermanagement/reset-password",
            new
            {
                token,
                password,
                confirmPassword = password,
            }
        );

    private static Task<Reply> ConfirmAsync(HttpClient http, string token) =>
        SendAsync(http, HttpMethod.Post, "usermanagement/confirm-email", new { token });

    private static Task<Reply> SendAsync(HttpClient http, HttpMethod method, string call, object body) =>
        SignInServer.SendAsync(http, method, call, body);
}
