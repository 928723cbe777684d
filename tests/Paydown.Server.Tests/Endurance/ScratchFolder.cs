using System.Diagnostics;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A folder for real processes. However the run ends, a shell beside it ends every process that stands in it, unmounts
/// the small disk in it and removes it: so no test can leave anything behind.
/// </summary>
internal sealed class ScratchFolder : IAsyncDisposable
{
    private const string ClearUp = """
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

    private readonly Process undertaker;

    public ScratchFolder()
    {
        Path = Directory.CreateTempSubdirectory("paydown-end-").FullName;
        // PostgreSQL's user passes through.
        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherExecute);
        var start = new ProcessStartInfo("setsid", ["sh", "-c", ClearUp, "sh", Path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        undertaker = Process.Start(start)!;
    }

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <summary>Where a small disk is mounted, by the test that needs one.</summary>
    public string Disk => System.IO.Path.Combine(Path, "disk");

    public async ValueTask DisposeAsync()
    {
        undertaker.StandardInput.Close();
        await undertaker.WaitForExitAsync();
        undertaker.Dispose();
    }
}
