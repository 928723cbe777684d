using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Paydown.Server.SignIn;
using Paydown.Server.Tests.SignIn;
using Shouldly;
using Xunit;
using static Paydown.Server.Tests.SignIn.SignInServer;

namespace Paydown.Server.Tests.Customers;

/// <summary>RegisterCustomer, on a server with one lender.</summary>
public sealed class RegisterCustomerTests(SignInServer server) : IClassFixture<SignInServer>
{
    private const string Path = "/api/v6/services/usermanagement/register-customer";

    [Fact]
    public async Task A_registered_person_is_a_customer_and_can_sign_in_at_once()
    {
        var (status, answer) = await RegisterAsync(Form("ada.new@example.com"));
        status.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
        var customer = answer["data"]!;
        customer["firstName"]!.ToString().ShouldBe("Ada");
        customer["phone"]!.ToString().ShouldBe("8005550100");
        customer["address"]!["countryIso3"]!.ToString().ShouldBe("NGA");
        answer.ToJsonString().ShouldNotContain("assword@1");

        var reply = await LoginAsync(server.Second, "ADA.New@example.com", "Password@1");
        reply.Status.ShouldBe(200);
        var user = reply.Data.GetProperty("user");
        user.GetProperty("id").GetString().ShouldBe(customer["id"]!.ToString());
        user.GetProperty("role").GetString().ShouldBe("CUSTOMER");

        var client = TestUser.Holding(reply.AccessToken, server.First.BaseAddress!);
        var profile = (await client.GetAsync($"user/profile/{customer["id"]}")).ShouldSucceed();
        JsonNode.DeepEquals(JsonNode.Parse(profile.GetRawText())!["address"], customer["address"]).ShouldBeTrue();
        profile.GetProperty("dob").GetString().ShouldBe("1990-05-17");
        await using var connection = await server.Database.OpenConnectionAsync();
        (
            await connection.ExecuteScalarAsync<long>(
                """
                select count(*) from audit_entry
                where subject_id = @id and actor_id = @id and action = 'CUSTOMER_REGISTERED'
                """,
                new { id = Guid.Parse(customer["id"]!.ToString()) }
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Registration_works_under_v1_too()
    {
        using var response = await server.First.PostAsJsonAsync(
            Path.Replace("v6", "v1", StringComparison.Ordinal),
            Form("v1@example.com")
        );
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("taken@example.com")]
    [InlineData("TAKEN@Example.com")]
    public async Task An_email_can_register_only_once(string email)
    {
        await RegisterAsync(Form("taken@example.com"));
        var (status, answer) = await RegisterAsync(Form(email));
        ((int)status, answer["code"]!.ToString()).ShouldBe((409, "EMAIL_TAKEN"));
    }

    [Fact]
    public async Task Of_concurrent_registrations_of_one_email_one_wins_and_the_others_are_refused()
    {
        var clients = new[] { server.First, server.Second };
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => RegisterAsync(Form("race@example.com"), clients[i % 2]))
        );
        answers.Count(one => one.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(one => one.Status != HttpStatusCode.OK).ShouldAllBe(one => one.Status == HttpStatusCode.Conflict);
        await using var connection = await server.Database.OpenConnectionAsync();
        (
            await connection.ExecuteScalarAsync<long>(
                """
                select count(*) from app_user u join customer_profile p on p.customer_id = u.id
                where u.email = 'race@example.com'
                """
            )
        ).ShouldBe(1);
    }

    [Fact]
    public async Task All_errors_are_returned_at_once_and_nothing_is_written()
    {
        var form = Form("not an address");
        (form["firstName"], form["dob"], form["password"]) = ("R2", "2020-01-01", "password");
        form["address"]!["countryIso3"] = "QQQ";
        form["organisationId"] = "01957ad2-7c00-7000-8000-0000000000ff";
        var (status, answer) = await RegisterAsync(form);
        ((int)status, answer["code"]!.ToString()).ShouldBe((422, "VALIDATION_ERROR"));
        answer["errors"]!
            .AsArray()
            .Select(error => error!["field"]!.ToString())
            .ShouldBe([
                "firstName",
                "email",
                "dob",
                "password",
                "confirmPassword",
                "address.countryIso3",
                "organisationId",
            ]);
    }

    [Fact]
    public async Task Empty_fields_are_reported_with_all_other_errors()
    {
        var form = Form("@");
        (form["firstName"], form["lastName"], form["password"]) = ("A1", "", "short");
        (form["address"]!["address1"], form["address"]!["countryCommonName"]) = (" ", "");
        var (status, answer) = await RegisterAsync(form);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer["errors"]!
            .AsArray()
            .Select(error => error!["field"]!.ToString())
            .ShouldBe([
                "firstName",
                "lastName",
                "email",
                "password",
                "confirmPassword",
                "address.address1",
                "address.countryCommonName",
            ]);
    }

    [Fact]
    public async Task Registrations_over_the_limit_of_an_address_get_429_before_any_password_is_hashed()
    {
        using var limited = await server.StartAsync(new SignInOptions { RegistrationsPerAddressAMinute = 2 });
        for (var i = 0; i < 2; i++)
            (await RegisterAsync(Form($"often{i}@example.com"), limited)).Status.ShouldBe(HttpStatusCode.OK);
        var (status, answer) = await RegisterAsync(Form("often2@example.com"), limited);
        ((int)status, answer["code"]!.ToString()).ShouldBe((429, "RATE_LIMIT_EXCEEDED"));
        // An invalid form costs nothing and is not counted.
        (await RegisterAsync(Form("wrong"), limited)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task All_registrations_of_a_server_together_have_a_limit_too()
    {
        using var limited = await server.StartAsync(new SignInOptions { RegistrationsAMinute = 1 });
        (await RegisterAsync(Form("first@example.com"), limited)).Status.ShouldBe(HttpStatusCode.OK);
        (await RegisterAsync(Form("second@example.com"), limited)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    internal static JsonObject Form(string email) =>
        new()
        {
            ["customerType"] = "INDIVIDUAL",
            ["firstName"] = "Ada",
            ["lastName"] = "O'Neil-Example",
            ["email"] = email,
            ["dialingCode"] = "+234",
            ["phone"] = "800 555-0100",
            ["dob"] = "1990-05-17",
            ["password"] = "Password@1",
            ["confirmPassword"] = "Password@1",
            ["address"] = new JsonObject
            {
                ["address1"] = "1 Example Street",
                ["address2"] = "Flat 2",
                ["countryCommonName"] = "Nigeria",
                ["postcode"] = "100001",
                ["countryIso3"] = "NGA",
            },
        };

    private async Task<(HttpStatusCode Status, JsonObject Answer)> RegisterAsync(
        JsonObject form,
        HttpClient? client = null
    )
    {
        using var response = await (client ?? server.First).PostAsJsonAsync(Path, form);
        var body = await response.Content.ReadAsStringAsync();
        await WireContract.ShouldHoldAsync(HttpMethod.Post, Path, (int)response.StatusCode, body);
        return (response.StatusCode, JsonNode.Parse(body)!.AsObject());
    }
}
