using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

public sealed class CallerLimitsTests
{
    private readonly ManualTime time = new();
    private readonly Ids ids = new(TimeProvider.System);

    [Fact]
    public void A_burst_of_two_seconds_is_allowed_and_then_a_steady_rate()
    {
        var (limits, caller) = (new CallerLimits(new() { RequestsPerSecond = 100 }, time), CallerAs(Role.Customer));
        Count(limits, caller, 1_000).ShouldBe(200);
        limits.Check(caller)!.RetryAfterSeconds.ShouldBe(1);

        for (var second = 0; second < 5; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Count(limits, caller, 1_000).ShouldBe(100);
        }

        time.Advance(TimeSpan.FromHours(1));
        Count(limits, caller, 1_000).ShouldBe(200);
    }

    [Fact]
    public void Staff_and_api_tokens_may_call_ten_times_as_often()
    {
        var limits = new CallerLimits(new() { RequestsPerSecond = 10 }, time);
        Count(limits, CallerAs(Role.Cashier), 1_000).ShouldBe(200);
        Count(limits, CallerAs(Role.Manager) with { Scopes = Scopes.RepaymentsRead }, 1_000).ShouldBe(200);
        Count(limits, CallerAs(Role.Customer), 1_000).ShouldBe(20);
    }

    [Fact]
    public void A_low_rate_returns_how_long_to_wait()
    {
        var (limits, caller) = (new CallerLimits(new() { RequestsPerSecond = 1 }, time), CallerAs(Role.Customer));
        Count(limits, caller, 10).ShouldBe(2);
        time.Advance(TimeSpan.FromMilliseconds(1));
        limits.Check(caller)!.RetryAfterSeconds.ShouldBe(1);
        time.Advance(TimeSpan.FromMilliseconds(999));
        limits.Check(caller).ShouldBeNull();
    }

    [Fact]
    public void Without_a_limit_nobody_is_refused() =>
        Count(new(new() { RequestsPerSecond = CallerLimitOptions.Unlimited }, time), CallerAs(Role.Customer), 100_000)
            .ShouldBe(100_000);

    [Fact]
    public void The_highest_rate_is_also_a_limit()
    {
        var limits = new CallerLimits(new() { RequestsPerSecond = int.MaxValue }, time);
        Count(limits, CallerAs(Role.Manager), 1_000).ShouldBe(1_000);
    }

    [Fact]
    public void Concurrent_calls_are_each_counted_once()
    {
        var (limits, caller) = (new CallerLimits(new() { RequestsPerSecond = 5_000 }, time), CallerAs(Role.Customer));
        var passed = 0;
        Parallel.For(
            0,
            50_000,
            _ =>
            {
                if (limits.Check(caller) is null)
                    Interlocked.Increment(ref passed);
            }
        );
        passed.ShouldBe(10_000);
    }

    [Fact]
    public void Counting_allocates_no_memory()
    {
        var (limits, caller) = (
            new CallerLimits(new() { RequestsPerSecond = 1_000_000 }, time),
            CallerAs(Role.Customer)
        );
        Count(limits, caller, 1_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Count(limits, caller, 50_000);
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(1_000);
    }

    private static int Count(CallerLimits limits, Caller caller, int calls) =>
        Enumerable.Range(0, calls).Count(_ => limits.Check(caller) is null);

    private Caller CallerAs(Role role) => new(new(ids.Next()), new(ids.Next()), role, new(ids.Next()));
}
