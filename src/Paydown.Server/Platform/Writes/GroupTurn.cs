namespace Paydown.Server.Platform.Writes;

/// <summary>
/// One group while it runs in its lane. A group that is reading and deciding has the turn: no other group of its queue
/// begins until it hands the turn over or ends.
/// </summary>
public sealed class GroupTurn
{
    private readonly Action<GroupTurn> handOver;

    internal GroupTurn(int lane, Action<GroupTurn> handOver) => (Lane, this.handOver) = (lane, handOver);

    /// <summary>The lane in which the group runs, from 0. A lane runs one group at a time.</summary>
    public int Lane { get; }

    /// <summary>Guarded by the queue.</summary>
    internal GroupPhase Phase { get; set; } = GroupPhase.Deciding;

    /// <summary>True once the group has run for <see cref="GroupTimes.SlowAfter"/>; guarded by the queue.</summary>
    internal bool IsSlow { get; set; }

    /// <summary>
    /// Lets the next group begin beside this one. It begins on this thread, so call this after the writes were sent.
    /// Further calls do nothing.
    /// </summary>
    public void HandOver() => handOver(this);
}

/// <summary>What a running group is doing. It only moves forward.</summary>
internal enum GroupPhase
{
    /// <summary>It has the turn: it locks, reads and decides.</summary>
    Deciding,

    /// <summary>It has handed the turn over and waits for its commit.</summary>
    Writing,

    /// <summary>Its lane is free again.</summary>
    Ended,
}

/// <summary>How long requests and groups may take.</summary>
public static class GroupTimes
{
    /// <summary>
    /// A group that runs longer is slow: requests are refused rather than queued behind it. Under load, a group takes
    /// less than 30 ms.
    /// </summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The requests of a group that runs longer fail, with an unknown outcome. It is the time limit of a group's
    /// reading (<see cref="GroupConnections.StepSecondsMax"/>) and the longest wait for its commit
    /// (<see cref="Storage.WriteTransaction.AnswerMax"/>) together.
    /// </summary>
    public static readonly TimeSpan RunMax =
        TimeSpan.FromSeconds(GroupConnections.StepSecondsMax) + Storage.WriteTransaction.AnswerMax;
}
