using System.Diagnostics;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A folder for real processes. However the run ends, a separate shell kills every process whose working directory is
/// in the folder, unmounts the small disk in it and removes it. So no test leaves anything behind.
/// </summary>
internal sealed class ScratchFolder : IAsyncDisposable
{
    private const string CleanUp = """
        read -r _
        for round in 1 2 3; do
          for process in /proc/[0-9]*; do
            case $(readlink "$process/cwd" 2>/dev/null) in
              "$1" | "$1"/*) kill -9 "${process#/proc/}" 2>/dev/null ;;
            esac
          done
        done
        if mountpoint -q "$1/disk"; then umount -l "$1/disk"; fi
        rm -rf "$1"
        """;

    private readonly Process cleaner;

    public ScratchFolder()
    {
        Path = Directory.CreateTempSubdirectory("paydown-end-").FullName;
        // PostgreSQL's user must be able to enter.
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherExecute);
        var start = new ProcessStartInfo("setsid", ["sh", "-c", CleanUp, "sh", Path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        cleaner = Process.Start(start)!;
    }

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <summary>The mount point of a small disk, for the test that needs one.</summary>
    public string Disk => System.IO.Path.Combine(Path, "disk");

    public async ValueTask DisposeAsync()
    {
        cleaner.StandardInput.Close();
        await cleaner.WaitForExitAsync();
        cleaner.Dispose();
    }
}
