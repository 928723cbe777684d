using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Identity;

public sealed class PasswordHashingLimitTests
{
    [Fact]
    public async Task At_most_the_limit_runs_at_the_same_time()
    {
        using var gate = new PasswordHashingLimit(atOnceMax: 2);
        using var open = new ManualResetEventSlim();
        var (running, most) = (0, 0);
        int Hash()
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            open.Wait();
            return Interlocked.Decrement(ref running);
        }

        var all = Enumerable.Range(0, 20).Select(_ => gate.RunAsync(Hash, default).AsTask()).ToArray();
        await Wait.UntilAsync(() => Volatile.Read(ref running) == 2);
        open.Set();
        (await Task.WhenAll(all)).ShouldAllBe(result => !result.IsRefused);
        most.ShouldBe(2);
    }

    [Fact]
    public async Task A_request_behind_a_full_queue_is_refused()
    {
        using var gate = new PasswordHashingLimit(atOnceMax: 1);
        using var open = new ManualResetEventSlim();
        var first = gate.RunAsync(
                () =>
                {
                    open.Wait();
                    return 1;
                },
                default
            )
            .AsTask();
        var waiting = Enumerable.Range(0, 64).Select(_ => gate.RunAsync(() => 1, default).AsTask()).ToArray();
        var refused = await gate.RunAsync(() => 1, default);
        refused.Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Unavailable);
        (await gate.RunAsync(() => 1, default, isKnown: true)).IsRefused.ShouldBeFalse(
            "Strangers do not delay known clients."
        );
        open.Set();
        (await Task.WhenAll([first, .. waiting])).ShouldAllBe(result => !result.IsRefused);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; seen < value; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
