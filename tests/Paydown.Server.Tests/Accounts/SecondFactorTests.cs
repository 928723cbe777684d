using System.Text.Json;
using OtpNet;
using Paydown.Server.Tests.SignIn;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Accounts;

/// <summary>A second factor: an authenticator app, and recovery codes.</summary>
public sealed class SecondFactorTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Password = TestOrganisation.Password;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_sign_in_needs_a_code_once_the_factor_is_on()
    {
        var (http, email, user) = await AddAsync(server.Lender);
        var (app, codes) = await TurnOnAsync(user);
        codes.Distinct().Count().ShouldBe(10);
        var shown = (await user.GetAsync("user/second-factor")).ShouldSucceed();
        (shown.GetProperty("isOn").GetBoolean(), shown.GetProperty("recoveryCodesLeft").GetInt32()).ShouldBe(
            (true, 10)
        );

        (await LoginAsync(http, email)).ShouldBeRefused(401, "SECOND_FACTOR_REQUIRED");
        (await LoginAsync(http, email, "000000")).ShouldBeRefused(401, "SECOND_FACTOR_CODE_WRONG");
        server.Clock.Advance(Step);
        var code = CodeOf(app);
        (await LoginAsync(http, email, code)).ShouldSucceed();
        // No code works twice, nor does an earlier one.
        (await LoginAsync(http, email, code)).ShouldBeRefused(401, "SECOND_FACTOR_CODE_WRONG");
        server.Clock.Advance(Step);
        (await LoginAsync(http, email, CodeOf(app, -1))).ShouldBeRefused(401, "SECOND_FACTOR_CODE_WRONG");
        (await LoginAsync(http, email, CodeOf(app))).ShouldSucceed();

        var typed = codes[3].Replace("-", " ").ToLowerInvariant();
        (await LoginAsync(http, email, typed)).ShouldSucceed();
        (await LoginAsync(http, email, typed)).ShouldBeRefused(401, "SECOND_FACTOR_CODE_WRONG");
        (await user.GetAsync("user/second-factor"))
            .ShouldSucceed()
            .GetProperty("recoveryCodesLeft")
            .GetInt32()
            .ShouldBe(9);
    }

    [Fact]
    public async Task New_recovery_codes_replace_the_earlier_ones_and_are_shown_once()
    {
        var (http, email, user) = await AddAsync(server.Lender);
        const string Renew = "user/second-factor/renew-recovery-codes";
        (await user.PutAsync(Renew, new { password = Password })).ShouldBeRefused(409, "SECOND_FACTOR_NOT_SET_UP");
        var (_, codes) = await TurnOnAsync(user);
        (await LoginAsync(http, email, codes[0])).ShouldSucceed();
        (await user.PutAsync(Renew, new { password = "Wrong@Pass1" })).ShouldBeRefused(403, "PASSWORD_WRONG");
        (await user.GetAsync("user/second-factor"))
            .ShouldSucceed()
            .GetProperty("recoveryCodesLeft")
            .GetInt32()
            .ShouldBe(9);

        var renewed = await user.PutAsync(Renew, new { password = Password }, key: "renew");
        var fresh = renewed
            .ShouldSucceed()
            .GetProperty("codes")
            .EnumerateArray()
            .Select(one => one.GetString()!)
            .ToList();
        fresh.Concat(codes).Distinct().Count().ShouldBe(20);
        (await user.PutAsync(Renew, new { password = Password }, key: "renew"))
            .ShouldSucceed()
            .GetProperty("codes")
            .ValueKind.ShouldBe(JsonValueKind.Null);
        (await LoginAsync(http, email, codes[1])).ShouldBeRefused(401, "SECOND_FACTOR_CODE_WRONG");
        (await LoginAsync(http, email, fresh[9])).ShouldSucceed();
        (await new Mailbox(server).CountAsync(email, "SECOND_FACTOR_CHANGED")).ShouldBe(2);
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account()
    {
        var (http, email, user) = await AddAsync(server.Lender);
        await TurnOnAsync(user);
        Task<Reply> GuessAsync() =>
            SignInServer.SendAsync(
                http,
                HttpMethod.Put,
                "securitymanagement/login",
                new
                {
                    email,
                    currentPassword = Password,
                    secondFactorCode = "000000",
                    organisationId = server.Lender.Id.Value,
                }
            );
        for (var i = 0; i < 5; i++)
            (await GuessAsync()).ShouldBeRefused(401, "SECOND_FACTOR_CODE_WRONG");
        (await GuessAsync()).ShouldBeRefused(403, "ACCOUNT_LOCKED");
    }

    [Fact]
    public async Task It_is_set_up_by_the_password_and_a_first_code_and_removed_by_the_password()
    {
        var (http, email, user) = await AddAsync(server.Lender);
        (await user.PutAsync("user/second-factor/confirm", new { code = "123456" })).ShouldBeRefused(
            409,
            "SECOND_FACTOR_NOT_SET_UP"
        );
        (await user.PostAsync("user/second-factor", new { password = "Wrong@Pass1" })).ShouldBeRefused(
            403,
            "PASSWORD_WRONG"
        );
        var begun = await user.PostAsync("user/second-factor", new { password = Password }, key: "begin");
        var address = begun.ShouldSucceed().GetProperty("address").GetString()!;
        address.ShouldStartWith("otpauth://totp/Test%20Lender:");
        // The secret is shown once.
        (await user.PostAsync("user/second-factor", new { password = Password }, key: "begin"))
            .ShouldSucceed()
            .GetProperty("secret")
            .ValueKind.ShouldBe(JsonValueKind.Null);
        // It has no effect before the first code.
        (await LoginAsync(http, email)).ShouldSucceed();
        (await user.PutAsync("user/second-factor/confirm", new { code = "000000" })).ShouldBeRefused(
            401,
            "SECOND_FACTOR_CODE_WRONG"
        );

        await TurnOnAsync(user);
        (await user.PostAsync("user/second-factor", new { password = Password })).ShouldBeRefused(
            409,
            "SECOND_FACTOR_ON"
        );
        (await user.PutAsync("user/second-factor/remove", new { password = Password })).ShouldSucceed();
        (await LoginAsync(http, email)).ShouldSucceed();
        (await new Mailbox(server).CountAsync(email, "SECOND_FACTOR_CHANGED")).ShouldBe(2);
    }

    [Fact]
    public async Task A_lender_can_require_it_of_its_officers()
    {
        var lender = await server.AddOrganisationAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var email = await new Mailbox(server).AddressOfAsync(lender.Cashier.UserId);
        var signedIn = await LoginAsync(http, email);
        await lender.ChangeAsync(("requiresSecondFactor", true));

        var refreshed = await SignInServer.RefreshAsync(http, signedIn.RefreshToken);
        var officer = TestUser.Holding(refreshed.AccessToken, server.Address);
        (await officer.GetAsync("admin/repayments/list")).ShouldBeRefused(403, "FORBIDDEN");
        (await officer.GetAsync("user/second-factor"))
            .ShouldSucceed()
            .GetProperty("isRequired")
            .GetBoolean()
            .ShouldBeTrue();
        await TurnOnAsync(officer);
        var free = await SignInServer.RefreshAsync(http, refreshed.RefreshToken);
        (await TestUser.Holding(free.AccessToken, server.Address).GetAsync("admin/repayments/list")).ShouldSucceed();
        (await lender.Manager.GetAsync($"admin/staff/{lender.Cashier.UserId}"))
            .ShouldSucceed()
            .GetProperty("hasSecondFactor")
            .GetBoolean()
            .ShouldBeTrue();
        // Customers are not officers.
        var customer = await new Mailbox(server).AddressOfAsync(lender.Customer.UserId);
        var own = TestUser.Holding((await LoginAsync(http, customer)).AccessToken, server.Address);
        (await own.GetAsync("user/list-products")).ShouldSucceed();

        // To lift it takes two managers, and the reset of a sign-in removes the factor.
        var settings = (await lender.Manager.GetAsync("admin/organisation")).ShouldSucceed();
        var body = System.Text.Json.Nodes.JsonNode.Parse(settings.GetRawText())!.AsObject();
        body["requiresSecondFactor"] = false;
        (await lender.Manager.PutAsync("admin/organisation", body))
            .ShouldSucceed()
            .GetProperty("requiresSecondFactor")
            .GetBoolean()
            .ShouldBeTrue();
        (await lender.Manager.PutAsync($"admin/staff/{lender.Cashier.UserId}/reset-sign-in"))
            .ShouldSucceed()
            .GetProperty("hasSecondFactor")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Theory]
    // RFC 6238, appendix B, the last six digits.
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(20_000_000_000, "353130")]
    public void The_codes_are_those_of_the_standard(long unixSeconds, string code)
    {
        var factor = new Paydown.Server.SignIn.SecondFactor(false, "12345678901234567890"u8.ToArray(), null, 0, 0);
        Paydown
            .Server.SignIn.SecondFactorCodes.FindStep(factor, code, DateTimeOffset.FromUnixTimeSeconds(unixSeconds))
            .ShouldBe(unixSeconds / 30);
    }

    private string CodeOf(Totp app, int steps = 0) =>
        app.ComputeTotp((server.Clock.GetUtcNow() + steps * Step).UtcDateTime);

    private async Task<(Totp App, List<string> RecoveryCodes)> TurnOnAsync(TestUser user)
    {
        var begun = (await user.PostAsync("user/second-factor", new { password = Password })).ShouldSucceed();
        var app = new Totp(Base32Encoding.ToBytes(begun.GetProperty("secret").GetString()));
        var body = new { code = CodeOf(app) };
        var confirmed = await user.PutAsync("user/second-factor/confirm", body, key: $"confirm-{body.code}");
        var codes = confirmed.ShouldSucceed().GetProperty("codes").EnumerateArray().Select(code => code.GetString()!);
        return (app, [.. codes]);
    }

    private async Task<(HttpClient Http, string Email, TestUser User)> AddAsync(TestOrganisation lender)
    {
        var customer = await lender.AddCustomerAsync();
        var email = await new Mailbox(server).AddressOfAsync(customer.UserId);
        return (new HttpClient { BaseAddress = server.Address }, email, customer);
    }

    private static Task<Reply> LoginAsync(HttpClient http, string email, string? code = null) =>
        SignInServer.SendAsync(
            http,
            HttpMethod.Put,
            "securitymanagement/login",
            code is null
                ? new { email, currentPassword = Password }
                : new
                {
                    email,
                    currentPassword = Password,
                    secondFactorCode = code,
                }
        );
}
