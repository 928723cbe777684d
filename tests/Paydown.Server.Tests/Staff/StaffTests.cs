using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.SignIn;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Staff;

/// <summary>The employees of a lender: invited, changed, disabled, unlocked, reset.</summary>
public sealed class StaffTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Password = "Tea-At-7-Lagos";

    private Mailbox Mailbox => new(server);

    [Fact]
    public async Task An_invited_employee_sets_a_password_and_signs_in()
    {
        var lender = server.Lender;
        var body = new
        {
            email = "bola@lender.example",
            firstName = " Bola ",
            lastName = "Cashier",
            role = "CASHIER",
        };
        var invited = await lender.Manager.PostAsync("admin/staff", body, key: "invite-bola");
        var member = invited.ShouldSucceed();
        var id = member.GetProperty("id").GetGuid();
        (member.GetProperty("state").GetString(), member.GetProperty("firstName").GetString()).ShouldBe(
            ("INVITED", "Bola")
        );
        // A repeat invites nobody else.
        (await lender.Manager.PostAsync("admin/staff", body, key: "invite-bola")).Body.ShouldBe(invited.Body);
        (await Mailbox.CountAsync("bola@lender.example", "INVITATION")).ShouldBe(1);
        (await lender.Manager.PostAsync("admin/staff", body)).ShouldBeRefused(409, "EMAIL_TAKEN");

        using var http = new HttpClient { BaseAddress = server.Address };
        (await LoginAsync(http, "bola@lender.example")).ShouldBeRefused(401, "INVALID_CREDENTIALS");
        var token = await Mailbox.TokenAsync("bola@lender.example", "INVITATION");
        invited.Body.ShouldNotContain(token);
        (await AcceptAsync(http, token, "password")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await AcceptAsync(http, token, Password)).ShouldSucceed();
        (await AcceptAsync(http, token, Password)).ShouldBeRefused(422, "ONE_TIME_TOKEN_INVALID");
        var signedIn = (await LoginAsync(http, "bola@lender.example")).ShouldSucceed();
        signedIn.GetProperty("user").GetProperty("role").GetString().ShouldBe("CASHIER");

        var shown = (await lender.Manager.GetAsync($"admin/staff/{id}")).ShouldSucceed();
        shown.GetProperty("state").GetString().ShouldBe("ACTIVE");
        shown.GetProperty("lastSignedInAt").GetDateTimeOffset().ShouldBe(server.Now, TimeSpan.FromMinutes(1));
        var all = (await lender.Manager.GetAsync("admin/staff?page=1&size=1")).ShouldSucceed();
        all[0].GetProperty("id").GetGuid().ShouldBe(id);
        (await ActionsAsync(id)).ShouldBe(["INVITATION_ACCEPTED", "STAFF_INVITED"]);
    }

    [Fact]
    public async Task All_errors_of_an_employee_are_listed()
    {
        var body = new
        {
            email = "nobody",
            firstName = "1",
            lastName = "",
            role = "CASHIER",
        };
        var refused = await server.Lender.Manager.PostAsync("admin/staff", body);
        refused.ShouldBeRefused(422, "VALIDATION_ERROR");
        refused
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldBe(["email", "firstName", "lastName"]);
        (
            await server.Lender.Manager.PostAsync(
                "admin/staff",
                new
                {
                    email = "a@b.example",
                    firstName = "Ada",
                    lastName = "Eze",
                    role = "CUSTOMER",
                }
            )
        ).ShouldBeRefused(422, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_changed_role_counts_at_once_on_every_server()
    {
        var lender = server.Lender;
        await using var second = await server.StartSecondAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var (id, email) = await AddActiveAsync(http, "CASHIER");
        var access = (await LoginAsync(http, email)).AccessToken;
        var body = new
        {
            email = $"new-{email}",
            firstName = "Bisi",
            lastName = "Agent",
            role = "AGENT",
        };

        var changed = (await lender.Manager.PutAsync($"admin/staff/{id}", body)).ShouldSucceed();
        (changed.GetProperty("role").GetString(), changed.GetProperty("firstName").GetString()).ShouldBe(
            ("AGENT", "Bisi")
        );
        await ShouldEndAsync(access, second);
        (await LoginAsync(http, email)).ShouldBeRefused(401, "INVALID_CREDENTIALS");
        (await LoginAsync(http, $"new-{email}")).ShouldSucceed();
        (await lender.Manager.PutAsync($"admin/staff/{id}", body)).ShouldSucceed();
        (await ActionsAsync(id)).ShouldBe(["STAFF_CHANGED", "INVITATION_ACCEPTED", "STAFF_INVITED"]);
        var taken = body with { email = await Mailbox.AddressOfAsync(lender.Cashier.UserId) };
        (await lender.Manager.PutAsync($"admin/staff/{id}", taken)).ShouldBeRefused(409, "EMAIL_TAKEN");
    }

    [Fact]
    public async Task A_disabled_employee_is_out_at_once_and_back_when_enabled()
    {
        var lender = server.Lender;
        await using var second = await server.StartSecondAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var (id, email) = await AddActiveAsync(http, "CASHIER");
        var signedIn = await LoginAsync(http, email);
        (
            await TestUser.Holding(signedIn.AccessToken, second.Address).GetAsync("admin/repayments/list")
        ).ShouldSucceed();

        var disabled = (await lender.Manager.PutAsync($"admin/staff/{id}/disable")).ShouldSucceed();
        disabled.GetProperty("state").GetString().ShouldBe("DISABLED");
        await ShouldEndAsync(signedIn.AccessToken, second);
        (await SignInServer.RefreshAsync(http, signedIn.RefreshToken)).Status.ShouldBe(401);
        (await LoginAsync(http, email)).ShouldBeRefused(401, "INVALID_CREDENTIALS");
        (await lender.Manager.PutAsync($"admin/staff/{id}/disable")).ShouldSucceed();
        (await lender.Manager.PutAsync($"admin/staff/{id}/reset-sign-in")).ShouldBeRefused(409, "STAFF_DISABLED");

        (await lender.Manager.PutAsync($"admin/staff/{id}/enable")).ShouldSucceed();
        (await LoginAsync(http, email)).ShouldSucceed();
        (await ActionsAsync(id))[..2].ShouldBe(["STAFF_ENABLED", "STAFF_DISABLED"]);
    }

    [Fact]
    public async Task The_last_active_manager_stays()
    {
        var lender = await server.AddOrganisationAsync();
        var (first, second) = (lender.Manager, lender.SecondManager);
        (await first.PutAsync($"admin/staff/{second.UserId}/disable")).ShouldSucceed();
        (await first.PutAsync($"admin/staff/{first.UserId}/disable")).ShouldBeRefused(409, "LAST_MANAGER");
        (await first.PutAsync($"admin/staff/{first.UserId}/reset-sign-in")).ShouldBeRefused(409, "LAST_MANAGER");
        var demoted = new
        {
            email = "last@lender.example",
            firstName = "Last",
            lastName = "Manager",
            role = "AGENT",
        };
        (await first.PutAsync($"admin/staff/{first.UserId}", demoted)).ShouldBeRefused(409, "LAST_MANAGER");
        // One who has not accepted yet does not count.
        (
            await first.PostAsync(
                "admin/staff",
                new
                {
                    email = "third@lender.example",
                    firstName = "Third",
                    lastName = "Manager",
                    role = "MANAGER",
                }
            )
        ).ShouldSucceed();
        (await first.PutAsync($"admin/staff/{first.UserId}/disable")).ShouldBeRefused(409, "LAST_MANAGER");
        (await first.PutAsync($"admin/staff/{second.UserId}/enable")).ShouldSucceed();

        // Two managers who disable each other at the same moment: one of them stays.
        var both = await Task.WhenAll(
            first.PutAsync($"admin/staff/{second.UserId}/disable"),
            second.PutAsync($"admin/staff/{first.UserId}/disable")
        );
        both.Count(reply => reply.Status == 200).ShouldBe(1, string.Join('\n', both.Select(reply => reply.Body)));
    }

    [Fact]
    public async Task A_reset_sign_in_takes_a_new_invitation()
    {
        var lender = server.Lender;
        using var http = new HttpClient { BaseAddress = server.Address };
        var (id, email) = await AddActiveAsync(http, "MANAGER");
        var access = (await LoginAsync(http, email)).AccessToken;

        var reset = (await lender.Manager.PutAsync($"admin/staff/{id}/reset-sign-in")).ShouldSucceed();
        reset.GetProperty("state").GetString().ShouldBe("INVITED");
        await ShouldEndAsync(access, server);
        (await LoginAsync(http, email)).ShouldBeRefused(401, "INVALID_CREDENTIALS");
        var token = await Mailbox.TokenAsync(email, "INVITATION");
        (await AcceptAsync(http, token, "Coffee-At-8-Abuja")).ShouldSucceed();
        (await LoginAsync(http, email, "Coffee-At-8-Abuja")).ShouldSucceed();
    }

    [Fact]
    public async Task A_manager_unlocks_an_employee()
    {
        var lender = server.Lender;
        using var http = new HttpClient { BaseAddress = server.Address };
        var id = lender.SecondCashier.UserId;
        var email = await Mailbox.AddressOfAsync(id);
        for (var i = 0; i < 5; i++)
            (await LoginAsync(http, email, "Wrong@Pass1", lender)).ShouldBeRefused(401, "INVALID_CREDENTIALS");
        (await LoginAsync(http, email, TestOrganisation.Password, lender)).ShouldBeRefused(403, "ACCOUNT_LOCKED");
        (await lender.Manager.GetAsync($"admin/staff/{id}"))
            .ShouldSucceed()
            .GetProperty("lockedUntil")
            .GetDateTimeOffset()
            .ShouldBe(server.Now.AddMinutes(15), TimeSpan.FromMinutes(1));
        var unlocked = (await lender.Manager.PutAsync($"admin/staff/{id}/unlock")).ShouldSucceed();
        unlocked.GetProperty("lockedUntil").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await LoginAsync(http, email, TestOrganisation.Password, lender)).ShouldSucceed();
    }

    [Fact]
    public async Task Only_managers_of_the_lender_see_and_change_employees()
    {
        var (lender, other) = (server.Lender, server.OtherLender);
        (await lender.Cashier.GetAsync("admin/staff")).ShouldBeRefused(403, "FORBIDDEN");
        (await other.Manager.GetAsync($"admin/staff/{lender.Cashier.UserId}")).ShouldBeRefused(404, "NOT_FOUND");
        (await other.Manager.PutAsync($"admin/staff/{lender.Cashier.UserId}/disable")).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        // A customer is no employee.
        (await lender.Manager.GetAsync($"admin/staff/{lender.Customer.UserId}")).ShouldBeRefused(404, "NOT_FOUND");
        (await lender.Manager.PutAsync($"admin/staff/{lender.Customer.UserId}/unlock")).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        var (_, token) = await lender.AddApiTokenAsync(ScopeWords.Read(ScopeWords.All));
        (await server.HolderOf(token).GetAsync("admin/staff")).ShouldBeRefused(403, "FORBIDDEN");
    }

    private async Task<(Guid Id, string Email)> AddActiveAsync(HttpClient http, string role)
    {
        var email = $"{server.Ids.Next():N}@lender.example";
        var invited = await server.Lender.Manager.PostAsync(
            "admin/staff",
            new
            {
                email,
                firstName = "Bola",
                lastName = "Staff",
                role,
            }
        );
        (await AcceptAsync(http, await Mailbox.TokenAsync(email, "INVITATION"), Password)).ShouldSucceed();
        return (invited.ShouldSucceed().GetProperty("id").GetGuid(), email);
    }

    private async Task<List<string>> ActionsAsync(Guid id) =>
        [
            .. (await server.Lender.Manager.GetAsync($"admin/audit?subjectId={id}"))
                .ShouldSucceed()
                .EnumerateArray()
                .Select(entry => entry.GetProperty("action").GetString()!),
        ];

    // The other servers are notified by the commit.
    private static Task ShouldEndAsync(string accessToken, TestServer at) =>
        Wait.UntilAsync(
            async () => (await TestUser.Holding(accessToken, at.Address).GetAsync("user/list-products")).Status == 401,
            () => "The session is still accepted."
        );

    private static Task<Reply> LoginAsync(
        HttpClient http,
        string email,
        string password = Password,
        TestOrganisation? lender = null
    ) =>
        SignInServer.SendAsync(
            http,
            HttpMethod.Put,
            "securitymanagement/login",
            lender is null
                ? new { email, currentPassword = password }
                : new
                {
                    email,
                    currentPassword = password,
                    organisationId = lender.Id.Value,
                }
        );

    private static Task<Reply> AcceptAsync(HttpClient http, string token, string password) =>
        SignInServer.SendAsync(
            http,
            HttpMethod.Post,
            "usermanagement/accept-invitation",
            new
            {
                token,
                password,
                confirmPassword = password,
            }
        );
}
