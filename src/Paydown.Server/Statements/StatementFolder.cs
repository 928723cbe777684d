using System.Text;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>The operator's configuration of the folder of bank statements.</summary>
public sealed record StatementFolderOptions
{
    /// <summary>The maximum size of a file.</summary>
    public const long FileBytesMax = 256 * 1024 * 1024;

    /// <summary>The folder; null if none is watched.</summary>
    public string? Path { get; init; }
}

/// <summary>
/// A folder to which a bank or a transfer program brings bank statements. A file is taken once two looks have found it
/// unchanged. It leaves to <c>imported</c> or, with a file that says why, to <c>rejected</c>. Folders, links, hidden
/// files and the temporary names of transfer programs are ignored.
/// </summary>
public sealed class StatementFolder(string folder, TimeProvider time)
{
    /// <summary>The shortest time between the two looks.</summary>
    public static readonly TimeSpan UnchangedMin = TimeSpan.FromSeconds(2);

    private const int NameMax = 255;
    private static readonly string[] TemporaryEndings = [".part", ".tmp", ".filepart", ".crdownload", ".partial"];

    private readonly Dictionary<string, Look> seen = new(StringComparer.Ordinal);
    private readonly string imported = System.IO.Path.Combine(folder, "imported");
    private readonly string rejected = System.IO.Path.Combine(folder, "rejected");

    /// <summary>Returns the files that are complete, oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<FileInfo> ListComplete()
    {
        var now = time.GetUtcNow();
        var files = new DirectoryInfo(folder).EnumerateFiles().Where(IsWanted).ToList();
        var names = files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in seen.Keys.Where(name => !names.Contains(name)).ToList())
            seen.Remove(name);
        return
        [
            .. files
                .Where(file => IsComplete(file, now))
                .OrderBy(file => file.LastWriteTimeUtc)
                .ThenBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Ignores a file that cannot be moved, until it changes or the program starts again.</summary>
    public void Ignore(FileInfo file) => seen[file.Name] = seen[file.Name] with { IsIgnored = true };

    /// <summary>Moves an imported file, with a note beside it for what needs an officer.</summary>
    /// <returns>False if another worker has moved it.</returns>
    public Task<bool> CloseAsync(FileInfo file, string? note, CancellationToken cancellation) =>
        MoveAsync(file, imported, ".held.txt", note, cancellation);

    /// <summary>Moves a file that cannot be imported, with the reason beside it.</summary>
    /// <returns>False if another worker has moved it.</returns>
    public Task<bool> RejectAsync(FileInfo file, string reason, CancellationToken cancellation) =>
        MoveAsync(file, rejected, ".reason.txt", reason, cancellation);

    /// <summary>The name of a file as people see it: without control characters, and not too long.</summary>
    public static string ShownName(FileInfo file)
    {
        var name = string.Concat(file.Name.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '_' : c));
        return name.Length <= NameMax ? name : name[..NameMax];
    }

    // The note is complete before the file moves, so a crash between leaves a note too many and never one too few.
    private static async Task<bool> MoveAsync(
        FileInfo file,
        string target,
        string ending,
        string? note,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(target);
        var path = FreePath(target, file.Name, ending);
        if (note is not null)
            await DurableFile.WriteAsync(path + ending, Encoding.UTF8.GetBytes(note + "\n"), cancellation);
        try
        {
            File.Move(file.FullName, path);
            return true;
        }
        catch (FileNotFoundException)
        {
            if (note is not null)
                File.Delete(path + ending);
            return false;
        }
    }

    // A bank may use a file name twice, so earlier files are never overwritten.
    private static string FreePath(string target, string name, string ending)
    {
        var path = System.IO.Path.Combine(target, name);
        for (var i = 2; File.Exists(path) || File.Exists(path + ending); i++)
            path = System.IO.Path.Combine(target, $"{name}.{i}");
        return path;
    }

    // A link could point at any file that this program may read.
    private static bool IsWanted(FileInfo file) =>
        !file.Name.StartsWith('.')
        && file.LinkTarget is null
        && !Array.Exists(TemporaryEndings, ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private bool IsComplete(FileInfo file, DateTimeOffset now)
    {
        // It may have gone since it was listed.
        if (!file.Exists)
            return false;
        if (
            !seen.TryGetValue(file.Name, out var look)
            || look.Length != file.Length
            || look.ChangedAt != file.LastWriteTimeUtc
        )
        {
            seen[file.Name] = new(file.Length, file.LastWriteTimeUtc, now, IsIgnored: false);
            return false;
        }

        return !look.IsIgnored && now - look.FirstSeen >= UnchangedMin;
    }

    private sealed record Look(long Length, DateTime ChangedAt, DateTimeOffset FirstSeen, bool IsIgnored);
}
