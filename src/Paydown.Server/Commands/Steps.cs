using System.Diagnostics;

namespace Paydown.Server.Commands;

/// <summary>
/// Shows a person what is being done, one line a step: on a terminal already while it lasts, elsewhere when it is done.
/// </summary>
internal sealed class Steps(TextWriter output, bool isTerminal)
{
    private const string EraseLine = "\r\u001b[K";

    /// <summary>Does a step. It may rename itself while it runs, when it turns out to be more than usual.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Action<string>, Task<T>> step)
    {
        var clock = Stopwatch.StartNew();
        var current = name;
        Begin(current);
        try
        {
            var result = await step(Rename);
            End("✓", current, clock.Elapsed);
            return result;
        }
        catch
        {
            End("✗", current, clock.Elapsed);
            throw;
        }

        void Rename(string other)
        {
            current = other;
            Begin(other);
        }
    }

    private void Begin(string name)
    {
        if (isTerminal)
            output.Write($"{EraseLine}  … {name}");
        output.Flush();
    }

    private void End(string mark, string name, TimeSpan taken)
    {
        output.WriteLine($"{(isTerminal ? EraseLine : "")}  {mark} {name} ({taken.TotalSeconds:0.00} s)");
        output.Flush();
    }
}
