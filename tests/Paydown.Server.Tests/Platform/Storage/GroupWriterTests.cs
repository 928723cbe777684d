using System.Threading.Channels;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

public sealed class GroupWriterTests
{
    [Fact]
    public async Task A_poisoned_request_in_a_group_of_a_hundred_harms_none_of_the_others()
    {
        var gate = new TaskCompletionSource();
        var sizes = new List<int>();
        await using var writer = new GroupWriter<int, int>(
            async (group, _) =>
            {
                await gate.Task;
                lock (sizes)
                    sizes.Add(group.Count);
                return group.Contains(66)
                    ? throw new InvalidOperationException("poison")
                    : [.. group.Select(n => n * 2)];
            },
            sizeMax: 128,
            waitingMax: 1000
        );
        // The first is under way alone while the hundred gather behind it.
        var first = writer.SubmitAsync(-1, default);
        var hundred = Enumerable.Range(0, 100).Select(n => writer.SubmitAsync(n, default)).ToArray();
        gate.SetResult();

        (await first).Value.Answer.ShouldBe(-2);
        for (var n = 0; n < 100; n++)
        {
            if (n == 66)
                await Should.ThrowAsync<InvalidOperationException>(() => hundred[66]);
            else
                (await hundred[n]).Value.Answer.ShouldBe(n * 2);
        }

        sizes.Count(size => size > 1).ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task One_more_than_may_wait_is_refused_with_a_time_to_try_again()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var writer = new GroupWriter<int, int>(
            async (group, _) =>
            {
                started.TrySetResult();
                await gate.Task;
                return group;
            },
            sizeMax: 1,
            waitingMax: 2
        );
        var running = writer.SubmitAsync(1, default);
        await started.Task;
        var waiting = new[] { writer.SubmitAsync(2, default), writer.SubmitAsync(3, default) };
        var refused = await writer.SubmitAsync(4, default);

        refused.Refusal!.Code.ShouldBe("SERVICE_UNAVAILABLE");
        refused.Refusal.RetryAfterSeconds.ShouldNotBeNull();
        gate.SetResult();
        (await running).Value.Answer.ShouldBe(1);
        (await Task.WhenAll(waiting)).Select(answer => answer.Value.Answer).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Cancellation_counts_until_the_group_starts()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var seen = new List<int>();
        await using var writer = new GroupWriter<int, int>(
            async (group, _) =>
            {
                seen.AddRange(group);
                started.TrySetResult();
                await gate.Task;
                return group;
            },
            sizeMax: 8,
            waitingMax: 8
        );
        using var cancellation = new CancellationTokenSource();
        var running = writer.SubmitAsync(1, cancellation.Token);
        await started.Task;
        var waiting = writer.SubmitAsync(2, cancellation.Token);
        await cancellation.CancelAsync();
        gate.SetResult();

        (await running).Value.Answer.ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        seen.ShouldBe([1]);
    }

    [Fact]
    public async Task Shutdown_finishes_what_waits_and_takes_no_more()
    {
        var gate = new TaskCompletionSource();
        var writer = new GroupWriter<int, int>(
            async (group, _) =>
            {
                await gate.Task;
                return group;
            },
            sizeMax: 4,
            waitingMax: 100
        );
        var waiting = Enumerable.Range(0, 20).Select(n => writer.SubmitAsync(n, default)).ToArray();
        var closing = writer.DisposeAsync();
        (await writer.SubmitAsync(99, default)).Refusal!.Code.ShouldBe("SERVICE_UNAVAILABLE");
        gate.SetResult();
        await closing;
        (await Task.WhenAll(waiting)).Select(answer => answer.Value.Answer).ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task Behind_a_group_that_is_stuck_nobody_waits_until_it_ends()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var writer = new GroupWriter<int, int>(
            async (group, _) =>
            {
                started.TrySetResult();
                await gate.Task;
                return group;
            },
            sizeMax: 4,
            waitingMax: 100
        );
        var stuck = writer.SubmitAsync(1, default);
        await started.Task;
        var behind = await writer.SubmitAsync(2, default);
        behind.Refusal!.Code.ShouldBe("SERVICE_UNAVAILABLE");
        // Of the stuck one nobody knows: it is no refusal that says that nothing was done.
        await Should.ThrowAsync<TimeoutException>(() => stuck);
        gate.SetResult();
        (await writer.SubmitAsync(3, default)).Value.Answer.ShouldBe(3);
    }

    [Fact]
    public async Task With_the_database_away_the_whole_group_fails_at_once()
    {
        var gate = new TaskCompletionSource();
        var runs = 0;
        await using var writer = new GroupWriter<int, int>(
            async (_, _) =>
            {
                await gate.Task;
                Interlocked.Increment(ref runs);
                throw new Npgsql.NpgsqlException("connection refused");
            },
            sizeMax: 128,
            waitingMax: 1000
        );
        var all = Enumerable.Range(0, 50).Select(n => writer.SubmitAsync(n, default)).ToArray();
        gate.SetResult();
        foreach (var one in all)
            await Should.ThrowAsync<Npgsql.NpgsqlException>(() => one);
        runs.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task The_next_group_begins_when_one_hands_over_and_not_before()
    {
        var begun = Channel.CreateUnbounded<(int Request, int Lane)>();
        var (decided, written) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var writer = new GroupWriter<int, int>(
            async (group, turn) =>
            {
                begun.Writer.TryWrite((group[0], turn.Lane));
                if (group[0] != 1)
                    return group;
                await decided.Task;
                turn.HandOver();
                await written.Task;
                return group;
            },
            sizeMax: 4,
            waitingMax: 100,
            laneCount: 2
        );
        var first = writer.SubmitAsync(1, default);
        var second = writer.SubmitAsync(2, default);
        (await begun.Reader.ReadAsync()).ShouldBe((1, 0));
        second.IsCompleted.ShouldBeFalse();
        begun.Reader.TryRead(out _).ShouldBeFalse();

        decided.SetResult();
        (await second).Value.Answer.ShouldBe(2);
        (await begun.Reader.ReadAsync()).ShouldBe((2, 1));
        first.IsCompleted.ShouldBeFalse();
        written.SetResult();
        (await first).Value.Answer.ShouldBe(1);
        // Alone again: the same lane as ever.
        (await writer.SubmitAsync(3, default)).Value.Answer.ShouldBe(3);
        (await begun.Reader.ReadAsync()).ShouldBe((3, 0));
    }

    [Fact]
    public async Task Beside_a_group_that_handed_over_another_begins_where_enough_wait()
    {
        var gate = new TaskCompletionSource();
        await using var writer = HandingOverAtOnce(gate.Task);
        var first = writer.SubmitAsync(1, default);
        var two = new[] { writer.SubmitAsync(2, default), writer.SubmitAsync(3, default) };
        two.ShouldAllBe(one => !one.IsCompleted);
        (await writer.SubmitAsync(4, default)).Value.Answer.ShouldBe(4);
        (await Task.WhenAll(two)).Select(answer => answer.Value.Answer).ShouldBe([2, 3]);
        first.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await first).Value.Answer.ShouldBe(1);
    }

    [Fact]
    public async Task A_group_that_is_stuck_after_it_handed_over_holds_up_nobody_however_few_wait()
    {
        var gate = new TaskCompletionSource();
        await using var writer = HandingOverAtOnce(gate.Task);
        var stuck = writer.SubmitAsync(1, default);
        (await writer.SubmitAsync(2, default)).Value.Answer.ShouldBe(2);
        stuck.IsCompleted.ShouldBeFalse();
        await Should.ThrowAsync<TimeoutException>(() => stuck);
        (await writer.SubmitAsync(3, default)).Value.Answer.ShouldBe(3);
        gate.SetResult();
    }

    [Fact]
    public async Task Behind_a_group_that_is_stuck_before_it_hands_over_nobody_waits()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var writer = new GroupWriter<int, int>(
            async (group, _) =>
            {
                started.TrySetResult();
                await gate.Task;
                return group;
            },
            sizeMax: 4,
            waitingMax: 100,
            laneCount: 2
        );
        var stuck = writer.SubmitAsync(1, default);
        await started.Task;
        (await writer.SubmitAsync(2, default)).Refusal!.Code.ShouldBe("SERVICE_UNAVAILABLE");
        gate.SetResult();
        (await stuck).Value.Answer.ShouldBe(1);
        (await writer.SubmitAsync(3, default)).Value.Answer.ShouldBe(3);
    }

    [Fact]
    public async Task Groups_that_end_at_once_are_run_one_after_the_other_however_many_wait()
    {
        var gate = new TaskCompletionSource();
        await using var writer = new GroupWriter<int, int>(
            async (group, _) =>
            {
                await gate.Task;
                return group;
            },
            sizeMax: 1,
            waitingMax: 20_000
        );
        var all = Enumerable.Range(0, 20_000).Select(n => writer.SubmitAsync(n, default)).ToArray();
        gate.SetResult();
        (await Task.WhenAll(all)).Select(answer => answer.Value.Answer).ShouldBe(Enumerable.Range(0, 20_000));
    }

    // The group of 1 ends with the gate. Beside another at least three begin.
    private static GroupWriter<int, int> HandingOverAtOnce(Task gate) =>
        new(
            async (group, turn) =>
            {
                turn.HandOver();
                if (group[0] == 1)
                    await gate;
                return group;
            },
            sizeMax: 4,
            waitingMax: 100,
            laneCount: 2,
            parallelGroupSizeMin: 3
        );
}
