using System.Runtime.InteropServices;
using System.Text;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Files that other programs read from a folder. Each appears as a whole or not at all, and survives a loss of power.
/// </summary>
public static class DurableFile
{
    /// <summary>
    /// Writes a file under a hidden name, flushes it to disk and renames it. An existing file is replaced.
    /// </summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(path)!;
        var hidden = Path.Combine(folder, $".{Path.GetFileName(path)}.part");
        await using (var stream = new FileStream(hidden, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(content, cancellation);
            stream.Flush(flushToDisk: true);
        }

        File.Move(hidden, path, overwrite: true);
        SyncFolder(folder);
    }

    // The name of a file is stored in its folder, which .NET cannot flush to disk.
    private static void SyncFolder(string folder)
    {
        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), 0);
        if (handle < 0)
            throw new IOException($"Cannot open {folder}: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Sync(handle) < 0)
                throw new IOException($"Cannot flush {folder} to disk: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
