using System.ComponentModel;
using System.Diagnostics;

namespace Paydown.Server.Platform.Storage;

/// <summary>Runs a short-lived program of the operating system and waits until it ends.</summary>
internal static class ChildProgram
{
    /// <summary>The output of a program (both streams), and its exit code.</summary>
    public readonly record struct Outcome(int ExitCode, string Output)
    {
        /// <summary>True for exit code 0.</summary>
        public bool IsSuccess => ExitCode == 0;
    }

    /// <summary>Runs a program with arguments, without a shell, and with a text on its standard input and more
    /// environment variables.</summary>
    /// <exception cref="OperatingException">There is no such program.</exception>
    public static async Task<Outcome> RunAsync(
        IReadOnlyList<string> commandLine,
        CancellationToken token,
        string input = "",
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A directory that all users can enter, because the program may run as another user.
            WorkingDirectory = "/",
        };
        // The output is parsed here, so it must not depend on the operator's language.
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
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

    /// <summary>Sends a signal (INT, QUIT, …). It is no error if the process has ended.</summary>
    public static Task SignalAsync(string signal, int processId, CancellationToken token) =>
        // The kill of the shell, because not every machine has the program.
        RunAsync(["/bin/sh", "-c", $"kill -{signal} {processId} 2>/dev/null || true"], token);

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new OperatingException($"Cannot run {start.FileName}: {exception.Message}", exception);
        }
    }
}
