using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Bench;

/// <summary>
/// Repayments reported with each setting of <c>synchronous_commit</c>, with a standby on the same disk.
/// </summary>
public static class CommitBench
{
    private const string Unit = "repayments/s";
    private const string Base = "local";

    private static readonly string[] Modes = ["off", Base, "on", "remote_apply"];
    private static readonly int[] ClientCounts = [1, 32];

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        var loanCount = stage.IsQuick ? 2_000 : 100_000;
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        await using var standby = await Standby.StartAsync(database.ConnectionString);
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var mode in Modes)
                servers.Add(await database.StartPaydownOnAsync(ConnectionOf(mode)));
            await using var load = await RepayLoad.StartAsync(stage, database, loanCount);
            var results = new List<BenchCase>();
            foreach (var clients in ClientCounts.Where(one => stage.Clients is null || stage.Clients == one))
            {
                var figures = await Rounds.RunAsync(
                    stage,
                    async () =>
                    {
                        foreach (var server in servers)
                            await load.RunAsync(clients, stage.WarmUpSeconds / 4 + 1, server);
                    },
                    [
                        .. servers.Select<ServerProcess, Func<Task<double>>>(server =>
                            () => load.RunAsync(clients, stage.Seconds, server)
                        ),
                    ]
                );
                var sides = figures.Select(side => Side.Of(side, Unit)).ToList();
                var local = sides[Array.IndexOf(Modes, Base)];
                for (var i = 0; i < Modes.Length; i++)
                {
                    if (Modes[i] == Base)
                        continue;
                    var name = $"{Modes[i]} against {Base}, {clients} clients";
                    results.Add(BenchCase.AtLeast(name, sides[i], local, times: null));
                }
            }

            await standby.StopAsync();
            await load.CheckAsync();
            return results;
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }

        // The options of the connections win over those of the cluster's command line.
        string ConnectionOf(string mode) =>
            new NpgsqlConnectionStringBuilder(database.ConnectionString)
            {
                Options = $"-c synchronous_commit={mode}",
            }.ConnectionString;
    }

    /// <summary>A standby of the stage's cluster; commits wait for it.</summary>
    private sealed class Standby : IAsyncDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("paydown-bench-");
        private readonly string primary;
        private PostgresAccount? account;
        private PostgresPrograms programs = null!;
        private bool isRunning;

        private Standby(string connectionString) => primary = new NpgsqlConnectionStringBuilder(connectionString).Host!;

        public static async Task<Standby> StartAsync(string connectionString)
        {
            var standby = new Standby(connectionString);
            try
            {
                await standby.MakeAsync();
                return standby;
            }
            catch
            {
                await standby.DisposeAsync();
                throw;
            }
        }

        /// <summary>Stops it, and lets commits no longer wait.</summary>
        public async Task StopAsync()
        {
            if (!isRunning)
                return;
            isRunning = false;
            await ExecuteAsync("alter system reset synchronous_standby_names");
            await ExecuteAsync("select pg_reload_conf()");
            await RunAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", folder.FullName);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            folder.Delete(recursive: true);
        }

        private async Task MakeAsync()
        {
            account = await PostgresAccount.ChooseAsync(folder.FullName + "/none", default);
            programs = await PostgresPrograms.FindAsync(clusterVersion: null, default);
            if (account is not null)
                await account.GiveAsync(folder.FullName, default);
            await RunAsync("pg_basebackup", "-D", folder.FullName, "-h", primary, "-U", "postgres", "-c", "fast", "-R");
            var settings = $"-c listen_addresses='' -c unix_socket_directories='{folder.FullName}'";
            var log = Path.Combine(folder.FullName, "standby.log");
            await RunAsync("pg_ctl", "start", "-w", "-D", folder.FullName, "-l", log, "-o", settings);
            isRunning = true;
            await ExecuteAsync("alter system set synchronous_standby_names = '*'");
            await ExecuteAsync("select pg_reload_conf()");
        }

        private async Task ExecuteAsync(string sql)
        {
            await using var administrator = NpgsqlDataSource.Create(
                $"Host={primary};Port=5432;Username=postgres;Database=postgres;Pooling=false"
            );
            await using var command = administrator.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        private async Task RunAsync(string program, params string[] arguments)
        {
            string[] commandLine = [Path.Combine(programs.Folder, program), .. arguments];
            var outcome = await ChildProgram.RunAsync(account?.Wrap(commandLine) ?? commandLine, default);
            if (!outcome.IsSuccess)
                throw new BenchException($"{program}: {outcome.Output}");
        }
    }
}
