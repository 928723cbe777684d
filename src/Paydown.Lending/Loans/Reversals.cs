namespace Paydown.Lending.Loans;

/// <summary>A reversed event has no effect, but its transaction shows the one it had.</summary>
internal static class Reversals
{
    /// <summary>
    /// Shows each reversed transaction as it stood right before its reversal: in a replay of what had been recorded
    /// until then.
    /// </summary>
    public static void ShowAsTheyStood(Replay replay)
    {
        if (!replay.Order.HasReversals)
            return;
        for (var i = 0; i < replay.Log.Count; i++)
        {
            var (id, isReversed) = (replay.Log[i].Id, replay.Log[i].IsReversed);
            if (!isReversed || replay.Order.FindReversal(id) is not { } reversal)
                continue;
            var before = replay.Events.Where(loanEvent => loanEvent.Sequence < reversal.Sequence).ToArray();
            var shown = Replay.Of(replay.Terms, before, reversal.On, replay.EndOfDayOn).Log.Find(id);
            if (shown is null)
                continue;
            shown.IsReversed = true;
            replay.Log[i] = shown;
        }
    }
}
