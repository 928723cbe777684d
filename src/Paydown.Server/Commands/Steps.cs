using System.Diagnostics;

namespace Paydown.Server.Commands;

/// <summary>
/// Shows the steps of a start, one line per step. A terminal shows a step while it runs; elsewhere it is printed when
/// it has ended.
/// </summary>
internal sealed class Steps(TextWriter output, bool isTerminal)
{
    private const string EraseLine = "\r\u001b[K";

    /// <summary>Runs a step. It may rename itself while it runs, for example if it has more to do than usual.</summary>
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
