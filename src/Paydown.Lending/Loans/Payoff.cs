using Paydown.Lending.Amounts;
using Paydown.Lending.Interest;

namespace Paydown.Lending.Loans;

/// <summary>The amount that closes a loan on the day of its replay, and how long it holds.</summary>
internal static class Payoff
{
    /// <summary>
    /// The amount by component. Asked last, because the rows may then show what is payable instead of what falls due.
    /// </summary>
    public static ComponentAmounts Of(Replay replay)
    {
        if (replay.Disbursed == 0)
            return default;
        var outstanding = replay.Book.Outstanding();
        if (replay.IsWrittenOff)
            return outstanding + WriteOffs.Total(replay.Book);
        if (IsAhead(replay) && replay.Interest is ProgressiveInterest)
            return BesideMoneyAhead(replay, outstanding);
        return replay.Interest.ClosingOn(replay.AsOf, amount => Paying(replay, amount));
    }

    /// <summary>The last day on which the amount closes the loan; null: no day changes it.</summary>
    public static DateOnly? HoldsThrough(Replay replay)
    {
        if (replay.Disbursed == 0 || replay.Book.Outstanding().IsZero || replay.IsWrittenOff)
            return null;
        if (IsAhead(replay))
            return replay.AsOf;
        var restOn = replay.Interest.ClosingHoldsThrough(replay.AsOf);
        return Penalties.LastDayBeforeNext(replay) is { } lastOn && (restOn is null || lastOn < restOn)
            ? lastOn
            : restOn;
    }

    // Money dated tomorrow saves less interest once the rest is paid today, and from tomorrow on another amount closes.
    private static bool IsAhead(Replay replay) =>
        Array.Exists(
            replay.Order.Events,
            loanEvent =>
                loanEvent is not (EventReversed or ArrearsPaused or ArrearsResumed or InterestPaused)
                && !replay.Order.IsReversed(loanEvent.Id)
                && EventOrder.EffectiveOn(loanEvent) > replay.AsOf
        );

    // Money dated tomorrow may come to a loan that is closed today: then it is the customer's.
    private static ComponentAmounts BesideMoneyAhead(Replay replay, ComponentAmounts outstanding) =>
        ClosingSearch.Find(outstanding.Total, amount => Paying(replay, amount).Left) is { } found
            ? Paying(replay, found).Settled
            : outstanding;

    private static PaymentEffect Paying(Replay replay, long amount)
    {
        var payment = new PaymentReceived
        {
            Id = DerivedId.Payoff(replay.Order.FirstDisbursement),
            Sequence = int.MaxValue,
            On = replay.AsOf,
            Amount = new Money(amount, replay.Terms.Currency),
        };
        var paid = Replay.Of(replay.Terms, [.. replay.Events, payment], replay.AsOf, replay.EndOfDayOn);
        return new PaymentEffect(paid.Log.Find(payment.Id)!.Components, paid.Book.Outstanding().Total - paid.Overpaid);
    }
}
