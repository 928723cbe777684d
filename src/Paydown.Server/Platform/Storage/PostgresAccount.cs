namespace Paydown.Server.Platform.Storage;

/// <summary>
/// The ordinary user as whom PostgreSQL runs if the server runs as root, because PostgreSQL refuses to run as root.
/// </summary>
/// <param name="UserId">The id of the user.</param>
/// <param name="GroupId">The id of its primary group.</param>
internal sealed record PostgresAccount(uint UserId, uint GroupId)
{
    // Debian's package creates the first user; the second one exists everywhere.
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>Returns the account to use; null if the server itself runs as an ordinary user.</summary>
    /// <param name="clusterFolder">The cluster; if it exists, only its owner can run it.</param>
    /// <param name="token">Cancels the search.</param>
    public static async Task<PostgresAccount?> ChooseAsync(string clusterFolder, CancellationToken token)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        if (!Directory.Exists(clusterFolder))
            return FromPasswd();

        var owner = await ChildProgram.RunAsync(["stat", "-c", "%u %g", clusterFolder], token);
        var ids = owner.Output.Split(' ');
        if (!owner.IsSuccess || !uint.TryParse(ids[0], out var user) || !uint.TryParse(ids[^1], out var group))
            throw new OperatingException($"Cannot determine the owner of {clusterFolder}: {owner.Output}");
        if (user == 0)
            throw new OperatingException(
                $"{clusterFolder} belongs to root, and PostgreSQL refuses to run as root. "
                    + "Change its owner to an ordinary user (chown -R postgres)."
            );
        return new PostgresAccount(user, group);
    }

    /// <summary>Returns the command line that runs a program as this account.</summary>
    public string[] Wrap(params ReadOnlySpan<string> commandLine) =>
        ["setpriv", "--reuid", $"{UserId}", "--regid", $"{GroupId}", "--clear-groups", "--", .. commandLine];

    /// <summary>True if the account can enter a folder and all folders above it.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken token) =>
        (await ChildProgram.RunAsync(Wrap("test", "-x", folder), token)).IsSuccess;

    /// <summary>Makes the account the owner of an empty folder.</summary>
    public async Task GiveAsync(string folder, CancellationToken token)
    {
        var given = await ChildProgram.RunAsync(["chown", $"{UserId}:{GroupId}", folder], token);
        if (!given.IsSuccess)
            throw new OperatingException($"Cannot make PostgreSQL's user the owner of {folder}: {given.Output}");
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
                "PostgreSQL refuses to run as root, and there is no user named postgres or nobody to run it. "
                    + "Start Paydown as an ordinary user."
            );
        return new PostgresAccount(uint.Parse(entry[2]), uint.Parse(entry[3]));
    }
}
