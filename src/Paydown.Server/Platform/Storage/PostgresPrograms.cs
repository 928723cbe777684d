using System.Text.RegularExpressions;

namespace Paydown.Server.Platform.Storage;

/// <summary>The installed PostgreSQL programs of one major version.</summary>
/// <param name="Folder">The folder of the programs.</param>
/// <param name="Version">The major version.</param>
internal sealed partial record PostgresPrograms(string Folder, int Version)
{
    /// <summary>The oldest supported major version.</summary>
    public const int VersionMin = 15;

    /// <summary>The server program.</summary>
    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>The program that creates a cluster.</summary>
    public string Initdb => Path.Combine(Folder, "initdb");

    /// <summary>
    /// Finds the programs: for an existing cluster those of its version, because no other can read it; for a new
    /// cluster the newest.
    /// </summary>
    /// <exception cref="OperatingException">They are not installed; the message says what to install.</exception>
    public static async Task<PostgresPrograms> FindAsync(int? clusterVersion, CancellationToken token)
    {
        var packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
                .Select(folder => new PostgresPrograms(
                    Path.Combine(folder, "bin"),
                    int.Parse(Path.GetFileName(folder))
                ))
            : [];
        if (Choose(packaged, clusterVersion) is { } found)
            return found;

        var elsewhere = new List<PostgresPrograms>();
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathRooted))
        {
            if (await AskAsync(folder, token) is { } programs)
                elsewhere.Add(programs);
        }
        return Choose(elsewhere, clusterVersion)
            ?? throw new OperatingException(
                clusterVersion is { } version
                    ? $"The database was created by PostgreSQL {version}, which is not installed. "
                        + $"Install it (Debian: apt-get install postgresql-{version})."
                    : $"PostgreSQL {VersionMin} or later is not installed. Install it (Debian: apt-get install postgresql), "
                        + $"or name a database of your own with --database."
            );
    }

    private static PostgresPrograms? Choose(IEnumerable<PostgresPrograms> found, int? clusterVersion) =>
        found
            .Where(programs =>
                clusterVersion is { } version ? programs.Version == version : programs.Version >= VersionMin
            )
            .Where(programs => File.Exists(programs.Postgres) && File.Exists(programs.Initdb))
            .MaxBy(programs => programs.Version);

    private static async Task<PostgresPrograms?> AskAsync(string folder, CancellationToken token)
    {
        var programs = new PostgresPrograms(folder, 0);
        if (!File.Exists(programs.Postgres) || !File.Exists(programs.Initdb))
            return null;
        var answer = await ChildProgram.RunAsync([programs.Postgres, "--version"], token);
        var version = VersionPattern().Match(answer.Output);
        return version.Success ? programs with { Version = int.Parse(version.ValueSpan) } : null;
    }

    [GeneratedRegex(@"(?<=\(PostgreSQL\) )\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionPattern();
}
