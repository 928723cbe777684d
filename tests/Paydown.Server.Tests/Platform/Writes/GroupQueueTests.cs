using System.Threading.Channels;
using Paydown.Server.Platform.Writes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Writes;

public sealed class GroupQueueTests
{
    [Fact]
    public async Task A_request_that_fails_harms_none_of_the_hundred_in_its_group()
    {
        var gate = new TaskCompletionSource();
        var sizes = new List<int>();
        await using var queue = new GroupQueue<int, int>(
            async (group, _) =>
            {
                await gate.Task;
                lock (sizes)
                    sizes.Add(group.Count);
                return group.Contains(66)
                    ? throw new InvalidOperationException("poison")
                    : [.. group.Select(n => n * 2)];
            },
            groupSizeMax: 128,
            queueMax: 1000
        );
        // The first request runs alone while the hundred are queued behind it.
        var first = queue.SubmitAsync(-1, default);
        var hundred = Enumerable.Range(0, 100).Select(n => queue.SubmitAsync(n, default)).ToArray();
        gate.SetResult();

        (await first).Value.ShouldBe(-2);
        for (var n = 0; n < 100; n++)
        {
            if (n == 66)
                await Should.ThrowAsync<InvalidOperationException>(() => hundred[66]);
            else
                (await hundred[n]).Value.ShouldBe(n * 2);
        }

        sizes.Count(size => size > 1).ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_request_that_finds_the_queue_full_is_refused_with_a_retry_time()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var queue = new GroupQueue<int, int>(
            async (group, _) =>
            {
                started.TrySetResult();
                await gate.Task;
                return group;
            },
            groupSizeMax: 1,
            queueMax: 2
        );
        var running = queue.SubmitAsync(1, default);
        await started.Task;
        var waiting = new[] { queue.SubmitAsync(2, default), queue.SubmitAsync(3, default) };
        var refused = await queue.SubmitAsync(4, default);

        refused.Refusal!.Code.ShouldBe("SERVICE_UNAVAILABLE");
        refused.Refusal.RetryAfterSeconds.ShouldNotBeNull();
        gate.SetResult();
        (await running).Value.ShouldBe(1);
        (await Task.WhenAll(waiting)).Select(answer => answer.Value).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Cancellation_counts_until_the_group_starts()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var seen = new List<int>();
        await using var queue = new GroupQueue<int, int>(
            async (group, _) =>
            {
                seen.AddRange(group);
                started.TrySetResult();
                await gate.Task;
                return group;
            },
            groupSizeMax: 8,
            queueMax: 8
        );
        using var cancellation = new CancellationTokenSource();
        var running = queue.SubmitAsync(1, cancellation.Token);
        await started.Task;
        var waiting = queue.SubmitAsync(2, cancellation.Token);
        await cancellation.CancelAsync();
        gate.SetResult();

        (await running).Value.ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        seen.ShouldBe([1]);
    }

    [Fact]
    public async Task Shutdown_runs_queued_requests_and_refuses_new_ones()
    {
        var gate = new TaskCompletionSource();
        var queue = new GroupQueue<int, int>(
            async (group, _) =>
            {
                await gate.Task;
                return group;
            },
            groupSizeMax: 4,
            queueMax: 100
        );
        var waiting = Enumerable.Range(0, 20).Select(n => queue.SubmitAsync(n, default)).ToArray();
        var closing = queue.DisposeAsync();
        (await queue.SubmitAsync(99, default)).Refusal!.Code.ShouldBe("SERVICE_UNAVAILABLE");
        gate.SetResult();
        await closing;
        (await Task.WhenAll(waiting)).Select(answer => answer.Value).ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task A_request_behind_a_stuck_group_is_refused_before_the_group_ends()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var queue = new GroupQueue<int, int>(
            async (group, _) =>
            {
                started.TrySetResult();
                await gate.Task;
                return group;
            },
            groupSizeMax: 4,
            queueMax: 100
        );
        var stuck = queue.SubmitAsync(1, default);
        await started.Task;
        var behind = await queue.SubmitAsync(2, default);
        behind.Refusal!.Code.ShouldBe("SERVICE_UNAVAILABLE");
        // The outcome of the stuck request is unknown, so it is not refused: a refusal says that nothing was done.
        await Should.ThrowAsync<TimeoutException>(() => stuck);
        gate.SetResult();
        (await queue.SubmitAsync(3, default)).Value.ShouldBe(3);
    }

    [Fact]
    public async Task With_the_database_away_the_whole_group_fails_at_once()
    {
        var gate = new TaskCompletionSource();
        var runs = 0;
        await using var queue = new GroupQueue<int, int>(
            async (_, _) =>
            {
                await gate.Task;
                Interlocked.Increment(ref runs);
                throw new Npgsql.NpgsqlException("connection refused");
            },
            groupSizeMax: 128,
            queueMax: 1000
        );
        var all = Enumerable.Range(0, 50).Select(n => queue.SubmitAsync(n, default)).ToArray();
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
        await using var queue = new GroupQueue<int, int>(
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
            groupSizeMax: 4,
            queueMax: 100,
            laneCount: 2
        );
        var first = queue.SubmitAsync(1, default);
        var second = queue.SubmitAsync(2, default);
        (await begun.Reader.ReadAsync()).ShouldBe((1, 0));
        second.IsCompleted.ShouldBeFalse();
        begun.Reader.TryRead(out _).ShouldBeFalse();

        decided.SetResult();
        (await second).Value.ShouldBe(2);
        (await begun.Reader.ReadAsync()).ShouldBe((2, 1));
        first.IsCompleted.ShouldBeFalse();
        written.SetResult();
        (await first).Value.ShouldBe(1);
        // A single request runs in the first lane again.
        (await queue.SubmitAsync(3, default)).Value.ShouldBe(3);
        (await begun.Reader.ReadAsync()).ShouldBe((3, 0));
    }

    [Fact]
    public async Task A_second_group_begins_after_a_hand_over_if_enough_requests_are_queued()
    {
        var gate = new TaskCompletionSource();
        await using var queue = HandingOverAtOnce(gate.Task);
        var first = queue.SubmitAsync(1, default);
        var two = new[] { queue.SubmitAsync(2, default), queue.SubmitAsync(3, default) };
        two.ShouldAllBe(one => !one.IsCompleted);
        (await queue.SubmitAsync(4, default)).Value.ShouldBe(4);
        (await Task.WhenAll(two)).Select(answer => answer.Value).ShouldBe([2, 3]);
        first.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await first).Value.ShouldBe(1);
    }

    [Fact]
    public async Task A_group_that_is_stuck_after_its_hand_over_delays_no_other_request()
    {
        var gate = new TaskCompletionSource();
        await using var queue = HandingOverAtOnce(gate.Task);
        var stuck = queue.SubmitAsync(1, default);
        (await queue.SubmitAsync(2, default)).Value.ShouldBe(2);
        stuck.IsCompleted.ShouldBeFalse();
        await Should.ThrowAsync<TimeoutException>(() => stuck);
        (await queue.SubmitAsync(3, default)).Value.ShouldBe(3);
        gate.SetResult();
    }

    [Fact]
    public async Task A_request_behind_a_group_that_is_stuck_before_its_hand_over_is_refused()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var queue = new GroupQueue<int, int>(
            async (group, _) =>
            {
                started.TrySetResult();
                await gate.Task;
                return group;
            },
            groupSizeMax: 4,
            queueMax: 100,
            laneCount: 2
        );
        var stuck = queue.SubmitAsync(1, default);
        await started.Task;
        (await queue.SubmitAsync(2, default)).Refusal!.Code.ShouldBe("SERVICE_UNAVAILABLE");
        gate.SetResult();
        (await stuck).Value.ShouldBe(1);
        (await queue.SubmitAsync(3, default)).Value.ShouldBe(3);
    }

    [Fact]
    public async Task Twenty_thousand_groups_that_end_at_once_run_in_sequence()
    {
        var gate = new TaskCompletionSource();
        await using var queue = new GroupQueue<int, int>(
            async (group, _) =>
            {
                await gate.Task;
                return group;
            },
            groupSizeMax: 1,
            queueMax: 20_000
        );
        var all = Enumerable.Range(0, 20_000).Select(n => queue.SubmitAsync(n, default)).ToArray();
        gate.SetResult();
        (await Task.WhenAll(all)).Select(answer => answer.Value).ShouldBe(Enumerable.Range(0, 20_000));
    }

    [Fact]
    public async Task A_second_hand_over_does_not_end_the_turn_of_the_next_group()
    {
        var (begun, gate) = (Channel.CreateUnbounded<int>(), new TaskCompletionSource());
        GroupTurn? first = null;
        await using var queue = new GroupQueue<int, int>(
            async (group, turn) =>
            {
                begun.Writer.TryWrite(group[0]);
                first ??= turn;
                if (group[0] == 1)
                    turn.HandOver();
                await gate.Task;
                return group;
            },
            groupSizeMax: 1,
            queueMax: 100,
            laneCount: 3
        );
        var all = Enumerable.Range(1, 3).Select(n => queue.SubmitAsync(n, default)).ToArray();
        (await begun.Reader.ReadAsync()).ShouldBe(1);
        (await begun.Reader.ReadAsync()).ShouldBe(2);

        first!.HandOver();

        begun.Reader.TryRead(out _).ShouldBeFalse("the group of request 2 has the turn");
        gate.SetResult();
        (await Task.WhenAll(all)).Select(answer => answer.Value).ShouldBe([1, 2, 3]);
    }

    // The group of request 1 ends with the gate. A second group needs three queued requests.
    private static GroupQueue<int, int> HandingOverAtOnce(Task gate) =>
        new(
            async (group, turn) =>
            {
                turn.HandOver();
                if (group[0] == 1)
                    await gate;
                return group;
            },
            groupSizeMax: 4,
            queueMax: 100,
            laneCount: 2,
            parallelGroupSizeMin: 3
        );
}
