using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Demo;
using Paydown.Server.Payments;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>
/// Runs the commands of docs/journey.md and README.md in bash, against a server with the demo lender on a freshly
/// migrated database.
/// </summary>
public sealed partial class JourneyTests(TestCluster cluster)
{
    private const string Address = "http://127.0.0.1:5080";
    private static readonly TimeSpan RoundPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Every_block_of_the_page_can_be_pasted_in_order()
    {
        await using var server = await StartAsync();
        var database = server.Services.GetRequiredService<NpgsqlDataSource>();
        var blocks = Blocks("docs/journey.md");
        var said = await RunAsync(blocks, server.Urls.Single());

        said.Count.ShouldBe(blocks.Count, said[^1]);
        for (var i = 0; i < blocks.Count; i++)
        {
            var wanted = Marked().Matches(blocks[i]).Select(mark => mark.Groups["code"].Value);
            Refused()
                .Matches(said[i])
                .Select(answer => answer.Groups["code"].Value)
                .ShouldBe(wanted, $"{blocks[i]}\n{said[i]}");
        }

        said.Count(block => block.Contains("\"CLOSED\"") && block.Contains("\"PAID_OFF\"")).ShouldBe(2);
        await ShouldHaveEndedAsync(database);
        await server.StopAsync();
        using var output = new StringWriter();
        (await Audit.RunAsync(database, output, json: false, default)).ShouldBe(0, output.ToString());
    }

    [Fact]
    public async Task The_first_repayment_of_the_readme_can_be_pasted()
    {
        await using var server = await StartAsync();
        var blocks = Blocks("README.md").Where(block => block.Contains("curl")).ToList();

        var said = await RunAsync(blocks, server.Urls.Single());

        said.Count.ShouldBe(blocks.Count, said[^1]);
        Refused().Matches(string.Concat(said)).ShouldBeEmpty(string.Concat(said));
        said[0].ShouldContain("\"verificationStatus\":\"PENDING_VERIFICATION\"");
        await server.StopAsync();
    }

    private async Task<WebApplication> StartAsync()
    {
        var server = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = await cluster.CreateBareDatabaseAsync(),
                Limits = TestServer.NoLimits,
                Payments = new PaymentOptions
                {
                    Kind = PaymentKind.Sandbox,
                    Pause = RoundPause,
                    SandboxDuration = TimeSpan.Zero,
                },
            }
        );
        await server.Services.GetRequiredService<Migrator>().ApplyAsync(default);
        await DemoLender.LoadOnceAsync(
            server.Services.GetRequiredService<NpgsqlDataSource>(),
            TimeProvider.System,
            default
        );
        await server.StartAsync();
        return server;
    }

    private static List<string> Blocks(string page) =>
        [
            .. ShellBlock()
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
                .Select(block => block.Groups["commands"].Value),
        ];

    // A marker line after each block separates their output.
    private static async Task<IReadOnlyList<string>> RunAsync(List<string> blocks, string url)
    {
        const string End = "=== the block has ended ===";
        blocks[0].ShouldContain(Address);
        var script = string.Concat(blocks.Select(block => $"{block.Replace(Address, url)}echo; echo '{End}'\n"));
        var start = new ProcessStartInfo("bash", ["-c", $"set -euo pipefail\nexec 2>&1\n{script}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using var bash = Process.Start(start)!;
        bash.StandardInput.Close();
        using var patience = new CancellationTokenSource(PatienceMax);
        try
        {
            var said = await bash.StandardOutput.ReadToEndAsync(patience.Token);
            await bash.WaitForExitAsync(patience.Token);
            bash.ExitCode.ShouldBe(0, said);
            return [.. said.Split($"{End}\n", StringSplitOptions.RemoveEmptyEntries)];
        }
        finally
        {
            if (!bash.HasExited)
                bash.Kill(entireProcessTree: true);
        }
    }

    // Checks only the customer that the page registers.
    private static async Task ShouldHaveEndedAsync(NpgsqlDataSource database)
    {
        (
            await ListAsync(
                database,
                """
                select product_name || ' ' || state from loan_account a join app_user u on u.id = a.customer_id
                where u.email like 'ada.%' order by a.recorded_at
                """
            )
        ).ShouldBe(["Salary Loan CLOSED", "Business Loan CLOSED"]);
        (
            await ListAsync(
                database,
                """
                select a.status from loan_application a join app_user u on u.id = a.customer_id
                where u.email like 'ada.%' order by a.recorded_at
                """
            )
        ).ShouldBe(["DISBURSED", "DISBURSED", "REJECTED"]);
        (
            await ListAsync(
                database,
                """
                select t.amount || ' ' || s.status from wallet_transfer t
                join wallet_transfer_standing s on s.customer_id = t.customer_id and s.transfer_id = t.id
                join app_user u on u.id = t.customer_id
                where u.email like 'ada.%' order by t.recorded_at limit 2
                """
            )
        ).ShouldBe(["1000000 COMPLETED", "500000 FAILED"]);
        (await ListAsync(database, "select 'below zero' from wallet where balance < 0")).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> ListAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    [GeneratedRegex("^```sh\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("# refused: (?<code>[A-Z_]+)")]
    private static partial Regex Marked();

    [GeneratedRegex("\"status\":\"FAILED\".*?\"code\":\"(?<code>[A-Z_]+)\"")]
    private static partial Regex Refused();
}
