using System.Text.RegularExpressions;

namespace Paydown.Server.Platform.Storage;

/// <summary>The installed PostgreSQL programs of one major version.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Version">Their major version.</param>
internal sealed partial record PostgresPrograms(string Folder, int Version)
{
    /// <summary>The oldest major version that Paydown runs on.</summary>
    public const int VersionMin = 15;

    /// <summary>The server program.</summary>
    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>The program that makes a cluster.</summary>
    public string Initdb => Path.Combine(Folder, "initdb");

    /// <summary>
    /// Finds the programs: for a cluster that exists, those of its own version, since no other can read it; for a new
    /// one, the newest.
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
                    ? $"The database was made by PostgreSQL {version}, which is not installed (any longer). "
                        + $"Install it (Debian: apt-get install postgresql-{version})."
                    : $"PostgreSQL {VersionMin} or later is not installed. Install it (Debian: apt-get install postgresql), "
                        + $"or name a database of your own with --database or {Database.EnvironmentVariable}."
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
