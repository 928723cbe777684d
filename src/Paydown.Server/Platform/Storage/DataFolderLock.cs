namespace Paydown.Server.Platform.Storage;

/// <summary>
/// The lock of a data directory, which one server at a time holds. The operating system releases it when the process
/// ends in any way, so a killed server leaves nothing to clean up.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string LockFile = "lock";

    // A second file, because no other process can read a locked file.
    private const string OwnerFile = "owner.pid";

    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock; returns null if another process has it.</summary>
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

    /// <summary>The process id of the last holder, for messages; null if it is unknown.</summary>
    public static string? FindOwner(string folder)
    {
        var path = Path.Combine(folder, OwnerFile);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => file.Dispose();
}
