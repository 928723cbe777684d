using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Commands;
using Paydown.Server.Platform;
using Paydown.Server.Tests.Customers;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.SignIn;

/// <summary>
/// Two lenders on one server, each with a host name: the same e-mail is a customer of both, and neither reveals the
/// other.
/// </summary>
public sealed class SeveralLendersTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Register = "/api/v6/services/usermanagement/register-customer";
    private const string Login = "/api/v6/services/securitymanagement/login";
    private const string One = "one.lender.example";
    private const string Other = "other.lender.example";

    [Fact]
    public async Task The_same_email_registers_and_signs_in_at_both()
    {
        await NameHostsAsync();
        const string email = "twice@example.com";
        foreach (var (host, password) in ((string, string)[])[(One, "Password@1"), (Other, "Password@2")])
            (await RegisterAsync(host, email, password)).Status.ShouldBe(200);
        (await RegisterAsync(One, email, "Password@1")).Code.ShouldBe("EMAIL_TAKEN");

        (await LoginAsync(One, email, "Password@1")).Organisation.ShouldBe(server.Lender.Id.Value);
        (await LoginAsync(Other, email, "Password@2")).Organisation.ShouldBe(server.OtherLender.Id.Value);
        (await LoginAsync(One, email, "Password@2")).Code.ShouldBe("INVALID_CREDENTIALS");
        // With the lender's id under an unassigned host name, and with the password only.
        (await LoginAsync("127.0.0.1", email, "Password@2", server.OtherLender.Id)).Organisation.ShouldBe(
            server.OtherLender.Id.Value
        );
        (await LoginAsync("127.0.0.1", email, "Password@1")).Organisation.ShouldBe(server.Lender.Id.Value);
        (await LoginAsync("127.0.0.1", email, "Password@2")).Organisation.ShouldBe(server.OtherLender.Id.Value);
    }

    [Fact]
    public async Task A_sign_in_with_the_same_password_at_both_must_name_the_lender()
    {
        await NameHostsAsync();
        const string email = "alike@example.com";
        foreach (var host in (string[])[One, Other])
            (await RegisterAsync(host, email, "Password@1")).Status.ShouldBe(200);
        var answer = await LoginAsync("127.0.0.1", email, "Password@1");
        (answer.Status, answer.Message.Contains("several lenders", StringComparison.Ordinal)).ShouldBe((422, true));
        (await LoginAsync("127.0.0.1", email, "Password@9")).Code.ShouldBe("INVALID_CREDENTIALS");
        (await LoginAsync(Other, email, "Password@1")).Organisation.ShouldBe(server.OtherLender.Id.Value);
    }

    [Fact]
    public async Task A_lockout_at_one_lender_leaves_the_other_open()
    {
        await NameHostsAsync();
        const string email = "locked@example.com";
        await RegisterAsync(One, email, "Password@1");
        await RegisterAsync(Other, email, "Password@2");
        for (var i = 0; i < SignInFailuresMax; i++)
            (await LoginAsync(One, email, $"Wrong@Pass{i}")).Code.ShouldBe("INVALID_CREDENTIALS");
        var locked = await LoginAsync(One, email, "Password@1");
        locked.Code.ShouldBe("ACCOUNT_LOCKED");
        locked.Message.ShouldContain($"{SignInFailuresMax} times within 15 minutes");
        (await LoginAsync(Other, email, "Password@2")).Organisation.ShouldBe(server.OtherLender.Id.Value);
        // Without a lender, a locked-out user counts as unknown; the other still signs in.
        (await LoginAsync("127.0.0.1", email, "Password@1")).Code.ShouldBe("INVALID_CREDENTIALS");
        (await LoginAsync("127.0.0.1", email, "Password@2")).Organisation.ShouldBe(server.OtherLender.Id.Value);
    }

    [Fact]
    public async Task Guesses_that_name_no_lender_count_at_every_lender()
    {
        await NameHostsAsync();
        const string email = "guessed@example.com";
        await RegisterAsync(One, email, "Password@1");
        for (var i = 0; i < SignInFailuresMax; i++)
            (await LoginAsync("127.0.0.1", email, $"Wrong@Pass{i}")).Code.ShouldBe("INVALID_CREDENTIALS");
        (await LoginAsync("127.0.0.1", email, "Password@1")).Code.ShouldBe("ACCOUNT_LOCKED");
        (await LoginAsync(One, email, "Password@1")).Code.ShouldBe("ACCOUNT_LOCKED");
        // It makes no difference whether the e-mail exists there.
        (await LoginAsync(Other, email, "Password@1")).Code.ShouldBe("ACCOUNT_LOCKED");
    }

    [Fact]
    public async Task An_attackers_own_account_elsewhere_allows_no_further_guesses()
    {
        await NameHostsAsync();
        const string email = "victim@example.com";
        await RegisterAsync(One, email, "Password@1");
        await RegisterAsync(Other, email, "Attacker@1");
        for (var i = 0; i < SignInFailuresMax; i++)
            (await LoginAsync("127.0.0.1", email, "Attacker@1")).Organisation.ShouldBe(server.OtherLender.Id.Value);
        (await LoginAsync(One, email, "Password@1")).Code.ShouldBe("ACCOUNT_LOCKED");
        (await LoginAsync("127.0.0.1", email, "Attacker@1")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_registration_without_a_lender_is_refused_with_what_is_missing()
    {
        await NameHostsAsync();
        var nobodys = await RegisterAsync("127.0.0.1", "where@example.com", "Password@1");
        nobodys.Status.ShouldBe(422);
        nobodys.Message.ShouldContain("this server has several lenders, and the host name 127.0.0.1 belongs to none");
        (await RegisterAsync("127.0.0.1", "where@example.com", "Password@1", server.OtherLender.Id)).Status.ShouldBe(
            200
        );
        (await RegisterAsync(One, "there@example.com", "Password@1", server.OtherLender.Id)).Message.ShouldContain(
            "is not the lender of the host name"
        );
        (await LoginAsync(One, "there@example.com", "Password@1", server.OtherLender.Id)).Status.ShouldBe(422);
        (
            await LoginAsync(One, "there@example.com", "Password@1", server.Ids.Next<OrganisationId>())
        ).Message.ShouldContain("is no organisation of this server");
    }

    [Fact]
    public async Task An_encrypted_payload_is_refused_and_sets_no_password()
    {
        await NameHostsAsync();
        var form = RegisterCustomerTests.Form("encrypted@example.com");
        form["payloadEncrypted"] = true;
        var answer = await SendAsync(HttpMethod.Post, Register, One, form);
        (answer.Status, answer.Code).ShouldBe((422, "VALIDATION_ERROR"));
        answer.Message.ShouldContain("payloadEncrypted");
        form["payloadEncrypted"] = false;
        (await SendAsync(HttpMethod.Post, Register, One, form)).Status.ShouldBe(200);
        var login = new JsonObject
        {
            ["email"] = "encrypted@example.com",
            ["currentPassword"] = "Password@1",
            ["payloadEncrypted"] = true,
        };
        (await SendAsync(HttpMethod.Put, Login, One, login)).Code.ShouldBe("VALIDATION_ERROR");
    }

    [Fact]
    public async Task An_operator_adds_and_removes_host_names()
    {
        const string host = "Third.Lender.example.";
        (await HostAsync(host, server.Lender.Id)).ShouldContain("third.lender.example belongs to Test Lender");
        (await HostAsync(host, server.Lender.Id)).ShouldContain("belongs to");
        (await HostAsync(null, null)).ShouldContain($"third.lender.example  {server.Lender.Id}");
        var taken = await Should.ThrowAsync<OperatingException>(() => HostAsync(host, server.OtherLender.Id));
        taken.Message.ShouldContain("belongs to the organisation");
        await Should.ThrowAsync<OperatingException>(() => HostAsync(host, null));
        await Should.ThrowAsync<OperatingException>(() => HostAsync("https://x.example/", server.Lender.Id));
        var listed = JsonNode.Parse(await HostAsync(null, null, json: true))!.AsArray();
        var third = listed.Single(one => one!["host"]!.ToString() == "third.lender.example")!;
        third["organisationId"]!.ToString().ShouldBe(server.Lender.Id.ToString());
        third["organisationName"]!.ToString().ShouldBe("Test Lender");
        (await HostAsync(host, null, isRemoved: true)).ShouldContain("is removed");
        await Should.ThrowAsync<OperatingException>(() => HostAsync(host, null, isRemoved: true));
    }

    private const int SignInFailuresMax = Paydown.Lending.Outcomes.Refusals.SignInFailuresMax;

    private async Task NameHostsAsync()
    {
        await HostAsync(One, server.Lender.Id);
        await HostAsync(Other, server.OtherLender.Id);
    }

    private async Task<string> HostAsync(
        string? name,
        OrganisationId? organisationId,
        bool isRemoved = false,
        bool json = false
    )
    {
        using var output = new StringWriter();
        await Hosts.RunAsync(server.Database, name, organisationId, isRemoved, json, output, default);
        return output.ToString();
    }

    private Task<Reply> RegisterAsync(string host, string email, string password, OrganisationId? organisationId = null)
    {
        var form = RegisterCustomerTests.Form(email);
        (form["password"], form["confirmPassword"]) = (password, password);
        if (organisationId is { } id)
            form["organisationId"] = id.Value;
        return SendAsync(HttpMethod.Post, Register, host, form);
    }

    private Task<Reply> LoginAsync(string host, string email, string password, OrganisationId? organisationId = null)
    {
        var body = new JsonObject { ["email"] = email, ["currentPassword"] = password };
        if (organisationId is { } id)
            body["organisationId"] = id.Value;
        return SendAsync(HttpMethod.Put, Login, host, body);
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string host, JsonObject body)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Host = host;
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        await WireContract.ShouldHoldAsync(method, path, (int)response.StatusCode, text);
        return new((int)response.StatusCode, JsonNode.Parse(text)!);
    }

    private sealed record Reply(int Status, JsonNode Json)
    {
        public string? Code => Json["code"]?.ToString();

        public string Message => Json["message"]?.ToString() ?? "";

        public Guid? Organisation => Json["data"]?["user"]?["organisationId"]?.GetValue<Guid>();
    }
}
