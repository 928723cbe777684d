namespace Paydown.Server.Platform.Storage;

/// <summary>
/// The ownership of a data directory: one server at a time. The operating system gives it back when the process ends,
/// however it ends, so that a killed server leaves nothing to clean up.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string LockFile = "lock";

    // Beside the lock, since nobody else can read a locked file.
    private const string OwnerFile = "owner.pid";

    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the ownership, or returns null where another process has it.</summary>
    /// <exception cref="OperatingException">The folder belongs to another user.</exception>
    public static DataFolderLock? Take(string folder)
    {
        try
        {
            var path = Path.Combine(folder, LockFile);
            var taken = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Path.Combine(folder, OwnerFile), $"{Environment.ProcessId}\n");
            return new DataFolderLock(taken);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new OperatingException(
                $"{folder} belongs to another user. "
                    + "Start Paydown as that user, or name another folder with --data.",
                exception
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The process that took the ownership last, for people to read; null where it has not said.</summary>
    public static string? FindOwner(string folder)
    {
        var path = Path.Combine(folder, OwnerFile);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    /// <summary>Gives the ownership back.</summary>
    public void Dispose() => file.Dispose();
}
