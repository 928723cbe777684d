using System.Text.Json.Nodes;
using Paydown.Server.Commands;
using Paydown.Server.Tests.SignIn;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary><c>paydown staff</c>, while a server is running.</summary>
public sealed class StaffVerbTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Password = "Tea-At-7-Lagos";

    [Fact]
    public async Task An_operator_manages_the_employees_of_a_lender()
    {
        var lender = await server.AddOrganisationAsync();
        Task<(int ExitCode, string Output, string Error)> StaffAsync(params string[] arguments) =>
            RunAsync([
                "staff",
                .. arguments,
                "--organisation",
                lender.Id.ToString(),
                "--database",
                server.ConnectionString,
            ]);
        const string email = "bola@operator.example";

        var (exitCode, output, _) = await StaffAsync([
            "invite",
            email,
            "--first-name",
            "Bola",
            "--last-name",
            "Eze",
            "--role",
            "cashier",
            "--json",
        ]);
        exitCode.ShouldBe(0);
        var invited = JsonNode.Parse(output)!;
        var id = invited["member"]!["id"]!.ToString();
        await AcceptAsync(invited["invitation"]!.ToString());
        (await StaffAsync("list")).Output.ShouldContain($"{id}  CASHIER  ACTIVE    {email}  Bola Eze");

        (await StaffAsync("change", email, "--role", "MANAGER")).Output.ShouldContain("MANAGER");
        (await StaffAsync("disable", id)).Output.ShouldContain("DISABLED");
        (await LoginAsync(email)).Status.ShouldBe(401);
        (await StaffAsync("enable", email)).Output.ShouldContain("ACTIVE");
        (await StaffAsync("unlock", email)).ExitCode.ShouldBe(0);
        (await LoginAsync(email)).ShouldSucceed();
        var reset = (await StaffAsync("reset-sign-in", email)).Output;
        reset.ShouldContain("INVITED");
        (await LoginAsync(email)).Status.ShouldBe(401);
        await AcceptAsync(reset.Trim().Split('\n')[^1]);
        (await LoginAsync(email)).ShouldSucceed();
        (await lender.Manager.GetAsync($"admin/audit?subjectId={id}&action=STAFF_DISABLED"))
            .ShouldSucceed()[0]
            .GetProperty("interactionId")
            .GetString()
            .ShouldBe("paydown staff");
    }

    [Fact]
    public async Task Mistakes_are_reported_with_what_would_be_right()
    {
        var lender = await server.AddOrganisationAsync();
        string[] on = ["--organisation", lender.Id.ToString(), "--database", server.ConnectionString];
        var (exitCode, _, error) = await RunAsync(["staff", "invite", "nobody", "--role", "CASHIER", .. on]);
        exitCode.ShouldBe(2);
        error.ShouldContain("email must be an e-mail address");
        (exitCode, _, error) = await RunAsync(["staff", "invite", "a@b.example", "--role", "CUSTOMER", .. on]);
        exitCode.ShouldBe(2);
        error.ShouldContain("--role: 'CUSTOMER' is not AGENT, CASHIER or MANAGER.");
        (exitCode, _, error) = await RunAsync(["staff", "disable", "nobody@nowhere.example", .. on]);
        exitCode.ShouldBe(1);
        error.ShouldContain("paydown staff list");
        (await RunAsync(["staff", "disable", lender.SecondManager.UserId.ToString(), .. on])).ExitCode.ShouldBe(0);
        (exitCode, _, error) = await RunAsync(["staff", "disable", lender.Manager.UserId.ToString(), .. on]);
        exitCode.ShouldBe(1);
        error.ShouldContain("This is the last active manager");
        // Only an operator may reset the last manager, because the operator sees the invitation.
        (await RunAsync(["staff", "reset-sign-in", lender.Manager.UserId.ToString(), .. on])).ExitCode.ShouldBe(0);
    }

    private async Task AcceptAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var body = new
        {
            token,
            password = Password,
            confirmPassword = Password,
        };
        (await SignInServer.SendAsync(http, HttpMethod.Post, "usermanagement/accept-invitation", body)).ShouldSucceed();
    }

    private async Task<Reply> LoginAsync(string email)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        return await SignInServer.LoginAsync(http, email, Password);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
