namespace Paydown.Server.Commands;

/// <summary>Plays scenarios of loans through the rules, without any database.</summary>
internal static class Simulate
{
    /// <summary>Runs the files; with <paramref name="check"/> compares with what each of them expects.</summary>
    /// <returns>The exit code: 0 where all is as expected.</returns>
    public static int Run(IReadOnlyList<string> files, bool check, TextWriter output, TextWriter error)
    {
        error.WriteLine("simulate is not built yet.");
        return 1;
    }
}
