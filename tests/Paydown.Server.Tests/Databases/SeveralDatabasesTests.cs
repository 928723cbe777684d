using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Customers;
using Paydown.Server.Tests.Pages;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Databases;

public sealed class SeveralDatabasesTests(TwoDatabases both) : IClassFixture<TwoDatabases>
{
    [Fact]
    public async Task Both_lenders_lend_and_are_repaid_through_one_server()
    {
        foreach (var server in new[] { both.North, both.South })
        {
            var borrower = await Borrower.CreateAsync(server);
            var first = await borrower.ReportAsync(100, "the-same-key");
            first.ShouldSucceed();
            var second = await borrower.ReportAsync(100, "the-same-key");
            second.IsReplayed.ShouldBeTrue();
            second.Body.ShouldBe(first.Body);
            await server.ShouldAuditCleanAsync();
            (await server.ScalarAsync<long>("select count(*) from organisation")).ShouldBe(2);
        }
    }

    [Fact]
    public async Task Ids_of_a_lender_on_the_other_database_look_like_ids_that_do_not_exist()
    {
        var theirs = await Borrower.CreateAsync(both.South);
        var ours = both.North.Lender.Manager;
        foreach (var path in new[] { "admin/loans/{0}/charges", "admin/customers/{0}", "admin/loans/{0}/acts" })
        {
            var id = path.Contains("customers", StringComparison.Ordinal)
                ? theirs.Customer.UserId
                : theirs.Loan.Id.Value;
            var foreign = await ours.GetAsync(path.Replace("{0}", $"{id}", StringComparison.Ordinal));
            var missing = await ours.GetAsync(
                path.Replace("{0}", "01993f5e-0000-7000-8000-0000000000aa", StringComparison.Ordinal)
            );
            foreign.Status.ShouldBe(404);
            (foreign.Status, foreign.Code).ShouldBe((missing.Status, missing.Code));
        }
    }

    [Fact]
    public async Task A_sign_in_finds_the_database_by_the_email_address()
    {
        foreach (var server in new[] { both.North, both.South })
        {
            var user = server.Lender.Customer;
            var signedIn = await both.LoginAsync($"{user.UserId}@TEST.example");
            signedIn.ShouldSucceed();
            var holder = server.HolderOf(signedIn.AccessToken);
            (await holder.GetAsync($"user/profile/{user.UserId}")).Status.ShouldNotBe(401);
            var refreshed = await both.SendAsync(
                HttpMethod.Put,
                "/api/v1/services/securitymanagement/refresh-token",
                new { refresh_token = signedIn.RefreshToken }
            );
            refreshed.ShouldSucceed();
            (await both.LoginAsync($"{user.UserId}@test.example", "Wrong@Password1")).Status.ShouldBe(401);
        }

        (await both.LoginAsync("nobody@test.example")).ShouldBeRefused(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task One_address_at_lenders_of_both_databases_signs_in_where_the_password_is_right()
    {
        const string Email = "twice@test.example";
        foreach (var server in new[] { both.North, both.South })
            await AddAsync(server, Email, $"Password@{server.Lender.Id}");
        foreach (var server in new[] { both.North, both.South })
        {
            var signedIn = await both.LoginAsync(Email, $"Password@{server.Lender.Id}");
            var lender = signedIn.ShouldSucceed().GetProperty("user").GetProperty("organisationId").GetGuid();
            lender.ShouldBe(server.Lender.Id.Value);
        }

        (await both.LoginAsync(Email, "Wrong@Password1")).ShouldBeRefused(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task API_tokens_work_on_both_databases()
    {
        foreach (var server in new[] { both.North, both.South })
        {
            var (_, token) = await server.Lender.AddApiTokenAsync(Scopes.LoansRead);
            for (var i = 0; i < 2; i++)
                (await server.HolderOf(token).GetAsync("admin/loans")).ShouldSucceed();
        }

        var invented = both.North.HolderOf(ApiTokenSecret.Create());
        (await invented.GetAsync("admin/loans")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Pages_keep_the_session_of_both_databases()
    {
        foreach (var server in new[] { both.North, both.South })
        {
            var browser = await TestBrowser.SignInAsync(server.Lender.Manager, server);
            (await browser.GetAsync("/office")).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_token_that_was_forged_for_a_lender_is_refused_by_its_database()
    {
        var caller = both.South.Lender.Manager.Caller;
        var forged = both.North.HolderOf(both.North.TokenOf(caller));
        (await forged.GetAsync("admin/loans")).Status.ShouldBe(401);
        (await both.North.HolderOf("not-a-token").GetAsync("admin/loans")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_registration_must_name_its_lender()
    {
        (await RegisterAsync(null)).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await RegisterAsync(both.South.Lender.Id.Value)).ShouldSucceed();
        (await both.South.ScalarAsync<long>("select count(*) from app_user where email = 'new@test.example'")).ShouldBe(
            1
        );
    }

    private Task<Reply> RegisterAsync(Guid? lender)
    {
        var form = RegisterCustomerTests.Form("new@test.example");
        if (lender is not null)
            form["organisationId"] = lender;
        return both.SendAsync(HttpMethod.Post, "/api/v1/services/usermanagement/register-customer", form);
    }

    private static async Task AddAsync(TestServer server, string email, string password)
    {
        var id = server.Ids.Next<UserId>();
        await using var connection = await server.Database.OpenConnectionAsync();
        var user = new User(id, server.Lender.Id, Role.Customer, "Ada", "Example", email);
        await UserStore.AddAsync(connection, user, PasswordHash.Create(password, iterations: 1), default, default);
    }
}
