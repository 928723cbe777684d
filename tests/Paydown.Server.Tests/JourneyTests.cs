using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Demo;
using Paydown.Server.Payments;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests.Endurance;
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
        await ShouldPassAsync(server);
    }

    [Theory]
    [InlineData("transaction", ";Max Auto Prepare=0")]
    [InlineData("session", "")]
    public async Task The_journey_passes_through_a_connection_pooler(string mode, string settings)
    {
        PgBouncer.SkipIfMissing();
        var direct = await cluster.CreateBareDatabaseAsync();
        await using var pooler = await PgBouncer.StartAsync(direct, mode);
        await using (var server = await StartAsync(pooler.ConnectionString + settings, pooler.ConnectionString))
            await ShouldPassAsync(server);
        (await pooler.ListChangedSettingsAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Needs", "Citus")]
    public async Task The_journey_passes_on_Citus()
    {
        var connectionString = Environment.GetEnvironmentVariable("PAYDOWN_CITUS");
        Assert.SkipWhen(connectionString is null, "PAYDOWN_CITUS has no connection string.");
        await using var server = await StartAsync(connectionString, connectionString);
        await ShouldPassAsync(server);
    }

    private static async Task ShouldPassAsync(WebApplication server)
    {
        var database = server.Services.GetRequiredService<NpgsqlDataSource>();
        var blocks = BlocksOf(Page("docs/journey.md"));
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
        // The chapter "For real" has a lender of its own, and its own test.
        var blocks = BlocksOf(Page("README.md").Replace(RealChapter().Value, ""))
            .Where(block => block.Contains("curl"))
            .ToList();

        var said = await RunAsync(blocks, server.Urls.Single());

        said.Count.ShouldBe(blocks.Count, said[^1]);
        Refused().Matches(string.Concat(said)).ShouldBeEmpty(string.Concat(said));
        said[0].ShouldContain("\"verificationStatus\":\"PENDING_VERIFICATION\"");
        await server.StopAsync();
    }

    [Fact]
    public async Task A_real_lender_comes_from_a_fresh_machine_to_a_verified_repayment()
    {
        await using var folder = new ScratchFolder();
        var program = Path.Combine(folder.Path, "paydown");
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        await File.WriteAllTextAsync(
            program,
            $"#!/bin/sh\nPAYDOWN__URLS={url} exec dotnet {typeof(ServerOptions).Assembly.Location} \"$@\"\n"
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "docs"), Path.Combine(Repository.Root, "docs"));
        var blocks = BlocksOf(RealChapter().Value);
        // The server runs in a terminal of its own.
        var serve = blocks.FindIndex(block => block.StartsWith("./paydown serve", StringComparison.Ordinal));
        blocks[serve] =
            $"{blocks[serve].TrimEnd()} > serve.log 2>&1 &\n"
            + $"until curl -s -f -o ready.txt {url}/health/ready; do sleep 0.2; done\n";
        // Payments go out in rounds.
        blocks.Add("until ls payments/out/*.xml; do sleep 0.2; done; kill $!; wait; ./paydown audit --data real\n");

        var said = await RunAsync(blocks, url, folder.Path);

        said.Count.ShouldBe(blocks.Count, said[^1]);
        Refused().Matches(string.Concat(said)).ShouldBeEmpty(string.Concat(said));
        said[0].ShouldContain("Okun Credit is set up.");
        said[^2].ShouldContain("\"verificationStatus\":\"VERIFIED\"");
        Directory.GetFiles(Path.Combine(folder.Path, "payments", "out")).ShouldNotBeEmpty();
    }

    private async Task<WebApplication> StartAsync()
    {
        var connectionString = await cluster.CreateBareDatabaseAsync();
        return await StartAsync(connectionString, connectionString);
    }

    private static async Task<WebApplication> StartAsync(string connectionString, string ownerConnectionString)
    {
        var server = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = connectionString,
                Limits = TestServer.NoLimits,
                Payments = new PaymentOptions
                {
                    Kind = PaymentKind.Sandbox,
                    Pause = RoundPause,
                    SandboxDuration = TimeSpan.Zero,
                },
            }
        );
        await TestCluster.MigrateAsync(ownerConnectionString);
        await DemoLender.LoadOnceAsync(
            server.Services.GetRequiredService<NpgsqlDataSource>(),
            TimeProvider.System,
            default
        );
        await DemoStatement.LoadOnceAsync(
            server.Services.GetRequiredService<NpgsqlDataSource>(),
            TimeProvider.System,
            default
        );
        await server.StartAsync();
        return server;
    }

    private static string Page(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));

    private static List<string> BlocksOf(string text) =>
        [.. ShellBlock().Matches(text).Select(block => block.Groups["commands"].Value)];

    private static Match RealChapter() => Chapter().Match(Page("README.md"));

    // A marker line after each block separates their output.
    private static async Task<IReadOnlyList<string>> RunAsync(List<string> blocks, string url, string folder = "/")
    {
        const string End = "=== the block has ended ===";
        string.Concat(blocks).ShouldContain(Address);
        var script = string.Concat(blocks.Select(block => $"{block.Replace(Address, url)}echo; echo '{End}'\n"));
        var start = new ProcessStartInfo("bash", ["-c", $"set -euo pipefail\nexec 2>&1\n{script}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
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
        ).ShouldBe(["Salary Loan CLOSED", "Business Loan CLOSED", "Salary Loan ACTIVE"]);
        (
            await ListAsync(
                database,
                """
                select a.status from loan_application a join app_user u on u.id = a.customer_id
                where u.email like 'ada.%' order by a.recorded_at
                """
            )
        ).ShouldBe(["DISBURSED", "DISBURSED", "REJECTED", "DISBURSED"]);
        (
            await ListAsync(
                database,
                """
                select s.state from statement_entry e
                join entry_standing s on s.entry_id = e.id
                join bank_statement b on b.id = e.statement_id
                join statement_file f on f.organisation_id = b.organisation_id and f.hash = b.file_hash
                where f.name <> 'demo.sta' order by e.statement_id, e.position
                """
            )
        ).ShouldBe(["MATCHED", "MATCHED", "ASSIGNED", "NOT_A_REPAYMENT"]);
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

    [GeneratedRegex("^## For real\n.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Chapter();

    [GeneratedRegex("# refused: (?<code>[A-Z_]+)")]
    private static partial Regex Marked();

    [GeneratedRegex("\"status\":\"FAILED\".*?\"code\":\"(?<code>[A-Z_]+)\"")]
    private static partial Regex Refused();
}
