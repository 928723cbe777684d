using Npgsql;
using Paydown.Server.Demo;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>Loads the demo lender into a database, after migrating it.</summary>
internal static class Demo
{
    /// <summary>Loads the demo lender, unless it is there already.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(NpgsqlDataSource dataSource, TextWriter output, CancellationToken token)
    {
        await new Migrator(dataSource, TimeProvider.System).ApplyAsync(token);
        var isNew = await DemoLender.LoadOnceAsync(dataSource, TimeProvider.System, token);
        await DemoStatement.LoadOnceAsync(dataSource, TimeProvider.System, token);
        await output.WriteLineAsync(isNew ? "The demo lender is loaded." : "The demo lender was already there.");
        return 0;
    }
}
