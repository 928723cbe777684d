namespace Paydown.Server.Platform.Storage;

/// <summary>
/// The ordinary user that PostgreSQL runs as where the server itself is root, which PostgreSQL refuses to be.
/// </summary>
/// <param name="UserId">The user's number.</param>
/// <param name="GroupId">The number of its first group.</param>
internal sealed record PostgresAccount(uint UserId, uint GroupId)
{
    // Debian's package makes the first; the second is everywhere.
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>The account to use; null where the server is an ordinary user, whom PostgreSQL runs as too.</summary>
    /// <param name="clusterFolder">The cluster; where it exists its owner is the only one who can run it.</param>
    /// <param name="token">Gives up.</param>
    public static async Task<PostgresAccount?> ChooseAsync(string clusterFolder, CancellationToken token)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        if (!Directory.Exists(clusterFolder))
            return FromPasswd();

        var owner = await ChildProgram.RunAsync(["stat", "-c", "%u %g", clusterFolder], token);
        var ids = owner.Output.Split(' ');
        if (!owner.IsSuccess || !uint.TryParse(ids[0], out var user) || !uint.TryParse(ids[^1], out var group))
            throw new OperatingException($"The owner of {clusterFolder} cannot be told: {owner.Output}");
        if (user == 0)
            throw new OperatingException(
                $"{clusterFolder} belongs to root, and PostgreSQL refuses to run as root. "
                    + "Give it to an ordinary user (chown -R postgres)."
            );
        return new PostgresAccount(user, group);
    }

    /// <summary>The same command line, run as this account.</summary>
    public string[] Wrap(params ReadOnlySpan<string> commandLine) =>
        ["setpriv", "--reuid", $"{UserId}", "--regid", $"{GroupId}", "--clear-groups", "--", .. commandLine];

    /// <summary>Whether the account can get into a folder: all the folders above it must let it through.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken token) =>
        (await ChildProgram.RunAsync(Wrap("test", "-x", folder), token)).IsSuccess;

    /// <summary>Gives it a folder, which is empty.</summary>
    public async Task GiveAsync(string folder, CancellationToken token)
    {
        var given = await ChildProgram.RunAsync(["chown", $"{UserId}:{GroupId}", folder], token);
        if (!given.IsSuccess)
            throw new OperatingException($"{folder} cannot be given to PostgreSQL's user: {given.Output}");
    }

    private static PostgresAccount FromPasswd()
    {
        var entries = File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length > 3)
            .ToLookup(fields => fields[0]);
        var entry =
            Candidates.SelectMany(name => entries[name]).FirstOrDefault()
            ?? throw new OperatingException(
                "PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as. "
                    + "Start Paydown as an ordinary user."
            );
        return new PostgresAccount(uint.Parse(entry[2]), uint.Parse(entry[3]));
    }
}
