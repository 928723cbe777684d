using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>Waits for the effect of another thread or process. Tests that must wait use this and never sleep.</summary>
internal static class Wait
{
    /// <summary>After this time a wait fails. A working server needs a fraction of it.</summary>
    public static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Returns once the condition holds; fails after <see cref="PatienceMax"/>.</summary>
    /// <param name="condition">Checked every few milliseconds; an exception ends the wait.</param>
    /// <param name="otherwise">Explains the failure; null for the text of the condition.</param>
    /// <param name="text">The text of the condition.</param>
    public static async Task UntilAsync(
        Func<Task<bool>> condition,
        Func<string>? otherwise = null,
        [CallerArgumentExpression(nameof(condition))] string text = ""
    )
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > PatienceMax)
                Assert.Fail($"Not within {PatienceMax}: {otherwise?.Invoke() ?? text}");
            await Task.Delay(Pause);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, Func{string}?, string)"/>
    public static Task UntilAsync(
        Func<bool> condition,
        Func<string>? otherwise = null,
        [CallerArgumentExpression(nameof(condition))] string text = ""
    ) => UntilAsync(() => Task.FromResult(condition()), otherwise, text);
}
