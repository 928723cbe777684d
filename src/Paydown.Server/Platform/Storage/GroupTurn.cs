namespace Paydown.Server.Platform.Storage;

/// <summary>
/// A group's turn: until it hands over or ends, no other group of its writer begins.
/// </summary>
/// <param name="lane">
/// Which of the groups that may be under way at once it is, from 0. No two groups run in one lane at a time.
/// </param>
/// <param name="end">Lets the next one begin.</param>
public sealed class GroupTurn(int lane, Action<GroupTurn> end)
{
    public int Lane => lane;

    /// <summary>
    /// Lets the next group begin beside this one. It begins on this thread, so what this group waits for should have
    /// been sent before. Said again, it does nothing.
    /// </summary>
    public void HandOver() => end(this);
}
