using System.Diagnostics;
using Paydown.Lending.Amounts;
using Paydown.Lending.Interest;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// Acts of an officer that change the installments to come. The days of the rows are changed here, and the way of
/// computing interest follows with the amounts. An act that meets nothing to change changes nothing.
/// </summary>
internal static class PlanActs
{
    public static void Apply(Replay replay, LoanAct act)
    {
        switch (act)
        {
            case LoanRescheduled change:
                Reschedule(replay, change);
                break;
            case LoanReAged change:
                replay.Record(change, ReAge(replay, change));
                break;
            case LoanReAmortized change:
                replay.Record(change, ReAmortize(replay, change));
                break;
            case LoanChargedOff:
                ChargeOff(replay, act.On);
                ChargeOffs.Apply(replay, act);
                break;
            case ContractTerminated:
                if (CanChange(replay))
                    Accelerate(replay, act.On);
                replay.Record(act, replay.Book.Outstanding());
                break;
            default:
                throw new UnreachableException($"The replay has no case for {act.GetType().Name}.");
        }
    }

    /// <summary>Whether the installments to come can be changed: not if they follow from the payments alone.</summary>
    public static bool CanChange(LoanTerms terms) => !terms.RecalculatesRows;

    private static bool CanChange(Replay replay) =>
        CanChange(replay.Terms) && !replay.IsWrittenOff && replay.Book.Outstanding().Principal > 0;

    private static void Reschedule(Replay replay, LoanRescheduled change)
    {
        var (terms, book) = (replay.Terms, replay.Book);
        if (!CanChange(replay) || RowChanges.FirstDueFrom(book, change.From) is not { } first)
            return;
        var done = RowChanges.NumberBefore(book, first);
        var isMoved = change.NewDueOn > book.Rows[first].FromOn && change.NewDueOn > EventOrder.EffectiveOn(change);
        if (isMoved)
            RowChanges.Move(book, terms, first, change.NewDueOn!.Value);
        if (change.ExtraInstallments > 0)
            RowChanges.Extend(book, terms, change.ExtraInstallments);
        if (isMoved || change.ExtraInstallments > 0)
            Disbursements.MergeAfterMaturity(replay, first);
        var graces = (
            Principal: Math.Max(change.GracePrincipal, terms.GracePrincipal - done),
            Interest: Math.Max(change.GraceInterest, terms.GraceInterest - done)
        );
        var isOtherRate = change.AnnualRatePercent is not null && terms.InterestMethod != InterestMethod.Flat;
        replay.Interest.Replan(
            new PlanChange(first, terms with { FirstDueOn = book.Rows[first].DueOn })
            {
                HasNewDays = isMoved || change.ExtraInstallments > 0,
                IsReckonedAnew =
                    change.ExtraInstallments > 0 || graces.Principal > 0 || graces.Interest > 0 || isOtherRate,
                AnnualRatePercent = change.AnnualRatePercent,
                RateAfter = change.From.AddDays(-1),
                GracePrincipal = Math.Max(0, graces.Principal),
                GraceInterest = Math.Max(0, graces.Interest),
            }
        );
        book.MarkMet(EventOrder.EffectiveOn(change));
    }

    private static ComponentAmounts ReAge(Replay replay, LoanReAged change)
    {
        var (terms, book, on) = (replay.Terms, replay.Book, change.On);
        if (!CanChange(replay) || change.FirstDueOn <= on)
            return default;
        var last = RowChanges.FirstDueFrom(book, on);
        var isCut = last is { } cut && book.Rows[cut].DueOn > on;
        var earned = isCut ? replay.Interest.EarnedBeside(last!.Value, on) : 0;
        var index = last ?? RowChanges.EndOf(book) - 1;
        EndAt(replay, index, isCut ? on : book.Rows[index].DueOn);
        var (principal, interest) = (0L, earned);
        for (var i = 0; i <= index; i++)
        {
            var unpaid = RowChanges.TakeUnpaid(ref book.Rows[i], on);
            principal += unpaid.Principal;
            interest += isCut && i == index ? 0 : unpaid.Interest;
        }

        var interval = terms with
        {
            RepayEvery = change.RepayEvery,
            RepayUnit = change.RepayUnit,
            FirstDueOn = change.FirstDueOn,
            FixedLength = null,
        };
        RowChanges.Append(book, interval, change.FirstDueOn, change.Installments);
        var moved = replay.Interest.Replan(
            new PlanChange(index + 1, interval)
            {
                HasNewDays = true,
                IsReckonedAnew = true,
                Principal = principal,
                Interest = interest,
                MovedInterest = change.MovedInterest,
                EndsEarlierRows = true,
            }
        );
        book.MarkMet(on);
        return new ComponentAmounts(principal, moved, 0, 0);
    }

    private static ComponentAmounts ReAmortize(Replay replay, LoanReAmortized change)
    {
        var (terms, book, on) = (replay.Terms, replay.Book, change.On);
        if (!CanChange(replay) || RowChanges.FirstOwingAfter(book, on) is not { } first)
            return default;
        var (principal, interest) = (0L, 0L);
        for (var i = 0; i < first; i++)
        {
            if (book.Rows[i].DueOn >= on)
                continue;
            var unpaid = RowChanges.TakeUnpaid(ref book.Rows[i], on);
            principal += unpaid.Principal;
            interest += unpaid.Interest;
        }

        if (principal == 0 && interest == 0)
            return default;
        var done = RowChanges.NumberBefore(book, first);
        replay.Interest.Replan(
            new PlanChange(first, terms with { FirstDueOn = book.Rows[first].DueOn })
            {
                IsReckonedAnew = true,
                Principal = principal,
                Interest = interest,
                MovedInterest = change.MovedInterest,
                GracePrincipal = Math.Max(0, terms.GracePrincipal - done),
                GraceInterest = Math.Max(0, terms.GraceInterest - done),
            }
        );
        book.MarkMet(on);
        return new ComponentAmounts(principal, interest, 0, 0);
    }

    private static void ChargeOff(Replay replay, DateOnly on)
    {
        if (!CanChange(replay))
            return;
        if (replay.Terms.ChargeOff == ChargeOffEffect.ZeroInterest)
            replay.Interest.StopInterest(on);
        else if (replay.Terms.ChargeOff == ChargeOffEffect.AccelerateMaturity)
            Accelerate(replay, on);
    }

    private static void Accelerate(Replay replay, DateOnly on)
    {
        if (RowChanges.FirstDueFrom(replay.Book, on) is not { } index)
            return;
        var before = replay.Book.Rows[index];
        EndAt(replay, index, on);
        replay.Interest.Accelerate(index, before, on);
        replay.Book.MarkMet(on);
    }

    private static void EndAt(Replay replay, int index, DateOnly dueOn)
    {
        RowChanges.EndAt(replay.Book, index);
        replay.Log.EndAt(index + 1);
        ref var row = ref replay.Book.Rows[index];
        row.DueOn = dueOn;
        if (!row.Outstanding.IsZero)
            row.PaidOn = null;
    }
}
