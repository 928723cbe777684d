using System.ComponentModel;
using System.Diagnostics;

namespace Paydown.Server.Platform.Storage;

/// <summary>Runs a program of the operating system to its end. Not for programs that stay.</summary>
internal static class ChildProgram
{
    /// <summary>What it said (both streams together), and how it ended.</summary>
    public readonly record struct Outcome(int ExitCode, string Output)
    {
        /// <summary>True for exit code 0.</summary>
        public bool IsSuccess => ExitCode == 0;
    }

    /// <summary>Runs it with these arguments (no shell, no quoting) and this text on its standard input.</summary>
    /// <exception cref="OperatingException">There is no such program.</exception>
    public static async Task<Outcome> RunAsync(
        IReadOnlyList<string> commandLine,
        CancellationToken token,
        string input = ""
    )
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A directory that everybody can enter: the program may run as another user.
            WorkingDirectory = "/",
        };
        // What these programs print is read here, so it must not depend on the operator's language.
        start.Environment["LC_ALL"] = "C";
        using var process = Start(start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(token);
            var error = process.StandardError.ReadToEndAsync(token);
            await process.StandardInput.WriteAsync(input.AsMemory(), token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(token);
            return new Outcome(process.ExitCode, (await output + await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Sends a signal (INT, QUIT, …). One that died meanwhile is no trouble.</summary>
    public static Task SignalAsync(string signal, int processId, CancellationToken token) =>
        // The shell's own kill: the program of that name is not on every machine.
        RunAsync(["/bin/sh", "-c", $"kill -{signal} {processId} 2>/dev/null || true"], token);

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new OperatingException($"{start.FileName} cannot be run: {exception.Message}", exception);
        }
    }
}
