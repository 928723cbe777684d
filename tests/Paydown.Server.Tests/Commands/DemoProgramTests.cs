using System.Diagnostics;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>
/// <c>paydown demo --loans</c> as a separate process, because the socket setting that would make it hang applies to a
/// whole process.
/// </summary>
public sealed class DemoProgramTests(TestCluster cluster)
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task It_fills_a_database_even_if_it_inherits_the_servers_socket_setting()
    {
        var connectionString = await cluster.CreateDatabaseAsync();
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(ServerOptions).Assembly.Location, "demo", "--loans", "3000", "--database", connectionString]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        using var program = Process.Start(start)!;
        using var patience = new CancellationTokenSource(PatienceMax);
        try
        {
            var output = await program.StandardOutput.ReadToEndAsync(patience.Token);
            await program.WaitForExitAsync(patience.Token);
            program.ExitCode.ShouldBe(0, output);
        }
        finally
        {
            if (!program.HasExited)
                program.Kill(entireProcessTree: true);
        }

        await using var database = Database.Open(connectionString);
        await using var count = database.CreateCommand("select count(*) from loan_account");
        (await count.ExecuteScalarAsync()).ShouldBe(3000L);
    }
}
