using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>Runs PostgreSQL's programs for dumps against a database.</summary>
internal static class PostgresClient
{
    private const string Packaged = "/usr/lib/postgresql";

    /// <summary>Runs a program.</summary>
    /// <param name="program"><c>pg_dump</c> or <c>pg_restore</c>.</param>
    /// <param name="connection">
    /// The database. The program gets it by its environment, because others can list its arguments.
    /// </param>
    /// <param name="serverVersion">The major version of the server. The program should have the same.</param>
    /// <param name="arguments">The arguments of the program.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="OperatingException">The program is missing or fails.</exception>
    public static async Task RunAsync(
        string program,
        NpgsqlConnectionStringBuilder? connection,
        int serverVersion,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    )
    {
        var path =
            Find(program, serverVersion)
            ?? throw new OperatingException(
                $"{program} is not installed. Install it (Debian: apt-get install postgresql-client)."
            );
        var environment = connection is null ? [] : EnvironmentOf(connection);
        var outcome = await ChildProgram.RunAsync([path, .. arguments], cancellation, environment: environment);
        if (!outcome.IsSuccess)
            throw new OperatingException($"{program} failed: {Shortened(outcome.Output)}");
    }

    // A dump of a newer pg_dump may contain settings that an older server does not know.
    private static string? Find(string program, int serverVersion)
    {
        var packaged = Directory.Exists(Packaged)
            ? Directory
                .GetDirectories(Packaged)
                .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
                .OrderByDescending(folder => int.Parse(Path.GetFileName(folder)) == serverVersion)
                .ThenByDescending(folder => int.Parse(Path.GetFileName(folder)))
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        var others = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathRooted);
        return packaged.Concat(others).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    private static Dictionary<string, string> EnvironmentOf(NpgsqlConnectionStringBuilder connection)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PGHOST"] = connection.Host!,
            ["PGPORT"] = $"{connection.Port}",
            ["PGAPPNAME"] = "paydown",
            ["PGSSLMODE"] = connection.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var mode => $"{mode}".ToLowerInvariant(),
            },
        };
        Add("PGUSER", connection.Username);
        Add("PGDATABASE", connection.Database);
        Add("PGPASSWORD", connection.Password);
        Add("PGPASSFILE", connection.Passfile);
        Add("PGSSLROOTCERT", connection.RootCertificate);
        return environment;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                environment[name] = value;
        }
    }

    private static string Shortened(string output)
    {
        const int LengthMax = 1_000;
        return output.Length <= LengthMax ? output : output[..LengthMax] + " …";
    }
}
