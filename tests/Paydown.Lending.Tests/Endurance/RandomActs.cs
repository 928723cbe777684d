using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>Acts of an officer on a running loan, as far as the rules allow them, and their undoing.</summary>
internal static class RandomActs
{
    public static LoanEvent? Of(Loan loan, IReadOnlyList<LoanEvent> events, LoanEventId id, Dice dice)
    {
        if (loan.Disbursed.IsZero)
            return null;
        var sequence = events.Count + 1;
        var on = dice.OnceIn(3) ? loan.AsOf.AddDays(-dice.Below(40)) : loan.AsOf;
        return dice.Below(10) switch
        {
            0 => Undo(loan, events, id, dice),
            1 => Allowed(PlanActRules.ReAge(loan, ReAging(id, sequence, on, dice))),
            2 => Allowed(PlanActRules.ReAmortize(loan, ReAmortization(id, sequence, on, dice))),
            3 => ArrearsPause(loan, id, sequence, on, dice),
            4 => InterestPause(loan, id, sequence, on, dice),
            5 => Allowed(
                PlanActRules.ChargeOff(
                    loan,
                    new LoanChargedOff
                    {
                        Id = id,
                        Sequence = sequence,
                        On = on,
                    }
                )
            ),
            6 => Allowed(
                PlanActRules.Terminate(
                    loan,
                    new ContractTerminated
                    {
                        Id = id,
                        Sequence = sequence,
                        On = on,
                    }
                )
            ),
            7 => Adjustment(loan, events, id, sequence, on, dice),
            _ => Allowed(PlanActRules.Reschedule(loan, Rescheduling(loan, id, sequence, on, dice))),
        };
    }

    private static LoanRescheduled Rescheduling(Loan loan, LoanEventId id, int sequence, DateOnly on, Dice dice)
    {
        var row = loan.Installments[dice.Below(loan.Installments.Count)];
        return new LoanRescheduled
        {
            Id = id,
            Sequence = sequence,
            On = on,
            From = row.DueOn.AddDays(-dice.Below(20)),
            NewDueOn = dice.OnceIn(2) ? row.DueOn.AddDays(dice.Between(-10, 60)) : null,
            ExtraInstallments = dice.OnceIn(3) ? dice.Below(6) : 0,
            GracePrincipal = dice.OnceIn(4) ? dice.Below(4) : 0,
            GraceInterest = dice.OnceIn(4) ? dice.Below(4) : 0,
            AnnualRatePercent = dice.OnceIn(3) ? dice.Pick(0m, 4m, 12.5m, 48m) : null,
        };
    }

    private static LoanReAged ReAging(LoanEventId id, int sequence, DateOnly on, Dice dice) =>
        new()
        {
            Id = id,
            Sequence = sequence,
            On = on,
            FirstDueOn = on.AddDays(dice.Between(1, 60)),
            Installments = dice.Between(1, 12),
            RepayEvery = dice.Between(1, 3),
            RepayUnit = dice.Pick<PeriodUnit>(Enum.GetValues<PeriodUnit>()),
            MovedInterest = dice.Pick(MovedInterest.WithNext, MovedInterest.SplitEvenly),
        };

    private static LoanReAmortized ReAmortization(LoanEventId id, int sequence, DateOnly on, Dice dice) =>
        new()
        {
            Id = id,
            Sequence = sequence,
            On = on,
            MovedInterest = dice.Pick(MovedInterest.WithNext, MovedInterest.SplitEvenly),
        };

    private static LoanEvent? ArrearsPause(Loan loan, LoanEventId id, int sequence, DateOnly on, Dice dice)
    {
        if (dice.OnceIn(2) && !PauseRules.ResumeArrears(loan, on).IsRefused)
            return new ArrearsResumed
            {
                Id = id,
                Sequence = sequence,
                On = on,
            };
        var through = on.AddDays(dice.Below(90));
        return PauseRules.PauseArrears(loan, on, through).IsRefused
            ? null
            : new ArrearsPaused
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Through = through,
            };
    }

    private static InterestPaused? InterestPause(Loan loan, LoanEventId id, int sequence, DateOnly on, Dice dice)
    {
        var from = on.AddDays(dice.Below(30));
        var through = from.AddDays(dice.Below(90));
        return PauseRules.PauseInterest(loan, from, through).IsRefused
            ? null
            : new InterestPaused
            {
                Id = id,
                Sequence = sequence,
                On = from,
                Through = through,
            };
    }

    private static ChargeAdjusted? Adjustment(
        Loan loan,
        IReadOnlyList<LoanEvent> events,
        LoanEventId id,
        int sequence,
        DateOnly on,
        Dice dice
    )
    {
        if (loan.Charges.Count == 0)
            return null;
        var charge = loan.Charges[dice.Below(loan.Charges.Count)];
        var asked = loan.Money(1 + dice.Below(charge.Amount.MinorUnits));
        var amount = LenderCreditRules.AdjustCharge(loan, events, charge.EventId, asked.Major);
        var disbursedOn = loan.Transactions.First(one => one.Kind == LoanEventKind.Disbursement).On;
        return amount.IsRefused || on < disbursedOn
            ? null
            : new ChargeAdjusted
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = amount.Value,
                ChargeId = charge.EventId,
            };
    }

    private static EventReversed? Undo(Loan loan, IReadOnlyList<LoanEvent> events, LoanEventId id, Dice dice)
    {
        var acts = events.OfType<LoanAct>().ToArray();
        if (acts.Length == 0)
            return null;
        var act = acts[dice.Below(acts.Length)];
        return PlanActRules.TakeBack(loan, events, act.Id).IsRefused
            ? null
            : new EventReversed
            {
                Id = id,
                Sequence = events.Count + 1,
                On = loan.AsOf,
                EventId = act.Id,
            };
    }

    private static T? Allowed<T>(Result<T> result)
        where T : LoanEvent => result.IsRefused ? null : result.Value;
}
