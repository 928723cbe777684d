using System.Collections.Frozen;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Databases;

/// <summary>
/// One database of the server, with an application of its own: its pools, writers, caches and keys. While the database
/// is away at the start, it is tried again and again; the other databases do not wait for it.
/// </summary>
internal sealed class Place(NamedDatabase database, ServerOptions options, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // How long the first start waits, so a server that says that it listens usually has all its databases.
    private static readonly TimeSpan FirstStartMax = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task running = Task.CompletedTask;
    private volatile Running? current;
    private volatile Lenders lenders = Lenders.None;

    /// <summary>The name in the file.</summary>
    public string Name => database.Name;

    /// <summary>The services of the application; null while it does not run.</summary>
    public IServiceProvider? Services => current?.Application.Services;

    /// <summary>The application's server; null while it does not run.</summary>
    public InnerServer? Server => current?.Server;

    /// <summary>The lenders of the database, as last seen.</summary>
    public Lenders Lenders => lenders;

    /// <summary>True once the lenders were read.</summary>
    public bool IsKnown => !ReferenceEquals(lenders, Lenders.None);

    /// <summary>Starts the application, and waits until it runs or its database is away.</summary>
    public async Task StartAsync()
    {
        running = RunAsync();
        await Task.WhenAny(tried.Task, Task.Delay(FirstStartMax, stopping.Token));
    }

    /// <summary>Reads the lenders again. If the database is away, those seen last stay.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (Services is not { } services)
            return;
        try
        {
            lenders = await Lenders.ReadAsync(services.GetRequiredService<NpgsqlDataSource>(), cancellation);
        }
        catch (Exception exception) when (DatabaseFailures.IsAway(exception) || exception is ObjectDisposedException)
        {
            // The next round sees them.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Also what is not an outage, such as a schema of a later version: the other lenders must not suffer.
                DatabasesLog.NotStarted(logger, Name, DatabaseFailures.Describe(exception));
            }

            tried.TrySetResult();
            await Task.Delay(Pause, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunOnceAsync()
    {
        await using (var owner = Database.OpenAsOwner(database.ConnectionString))
            await new Migrator(owner, TimeProvider.System).ApplyAsync(stopping.Token);
        using var server = new InnerServer();
        await using var application = ServerHost.BuildInner(options, server);
        await application.StartAsync(stopping.Token);
        current = new Running(application, server);
        try
        {
            await RefreshAsync(stopping.Token);
            DatabasesLog.Started(logger, Name, lenders.Ids.Count);
            tried.TrySetResult();
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(
                stopping.Token,
                application.Lifetime.ApplicationStopping
            );
            await Task.Delay(Timeout.Infinite, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            current = null;
            await application.StopAsync(CancellationToken.None);
        }
    }

    private sealed record Running(WebApplication Application, InnerServer Server);
}

/// <summary>The lenders of a database.</summary>
/// <param name="Ids">Those that it serves.</param>
/// <param name="Hosts">Their host names.</param>
/// <param name="Moving">Those that go, or have gone, to another database.</param>
internal sealed record Lenders(FrozenSet<OrganisationId> Ids, FrozenSet<string> Hosts, FrozenSet<OrganisationId> Moving)
{
    /// <summary>Before they were read.</summary>
    public static Lenders None { get; } = new([], [], []);

    /// <summary>Reads them.</summary>
    public static async Task<Lenders> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select coalesce(o.id, m.organisation_id) as id, h.host, m.organisation_id is not null as is_moving,
                   o.id is not null and m.switched_at is null as is_here
            from organisation o
            left join organisation_host h on h.organisation_id = o.id
            full join organisation_move m on m.organisation_id = o.id
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (ids, hosts) = (new HashSet<OrganisationId>(), new HashSet<string>(StringComparer.Ordinal));
        var moving = new HashSet<OrganisationId>();
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.Id<OrganisationId>("id");
            if (reader.Boolean("is_moving"))
                moving.Add(id);
            if (!reader.Boolean("is_here"))
                continue;
            ids.Add(id);
            if (!reader.IsNull("host"))
                hosts.Add(reader.Text("host"));
        }

        return new Lenders(ids.ToFrozenSet(), hosts.ToFrozenSet(StringComparer.Ordinal), moving.ToFrozenSet());
    }
}
