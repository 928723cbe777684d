using System.Diagnostics;

namespace Paydown.Server.Commands;

/// <summary>Shows the progress of a long task: a bar with its rate on a terminal, elsewhere a line per tenth.</summary>
internal sealed class ProgressBar(TextWriter output, int total, string unit, bool isTerminal)
{
    private const int Width = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan shownAt;
    private int shown;

    /// <summary>Shows the number of units that are done. Any thread may call this.</summary>
    public void Show(int done)
    {
        lock (gate)
        {
            if (done <= shown || !IsDue(done))
                return;
            (shown, shownAt) = (done, clock.Elapsed);
            var filled = (int)((long)Width * done / total);
            var bar = new string('█', filled) + new string('░', Width - filled);
            var text = $"{bar} {done:N0} of {total:N0} {unit}, {done / clock.Elapsed.TotalSeconds:N0} per second";
            if (isTerminal)
                output.Write($"\r\u001b[K  {text}{(done == total ? Environment.NewLine : "")}");
            else
                output.WriteLine($"  {text}");
            output.Flush();
        }
    }

    private bool IsDue(int done) =>
        done == total || (isTerminal ? clock.Elapsed - shownAt > Pause : done * 10L / total > shown * 10L / total);
}
