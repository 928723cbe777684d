using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>
/// One history of one loan: its terms and steps follow from the seed. Every law is checked after every step; see
/// <see cref="LoanLaws"/> and <see cref="LedgerChain"/> for those that hold by themselves.
/// </summary>
internal sealed class Simulation
{
    private readonly SimulatedLoan loan;
    private readonly LedgerChain ledger = new();
    private readonly Dice dice;

    private Simulation(LoanTerms terms, long seed)
    {
        dice = new Dice(seed ^ 0x5EED);
        loan = new SimulatedLoan(terms, new Dice(seed));
    }

    /// <summary>Lives one history.</summary>
    /// <returns>How many steps were checked.</returns>
    /// <exception cref="LawBrokenException">A law does not hold; what the rules throw becomes one.</exception>
    public static int Run(LoanTerms terms, IReadOnlyList<Step> steps, long seed) => Run(terms, steps, seed, out _);

    /// <summary>
    /// Like <see cref="Run(LoanTerms, IReadOnlyList{Step}, long)"/>, and returns the events recorded until then.
    /// </summary>
    public static int Run(LoanTerms terms, IReadOnlyList<Step> steps, long seed, out Func<SimulatedLoan?> lived)
    {
        Simulation? simulation = null;
        lived = () => simulation?.loan;
        try
        {
            simulation = new Simulation(terms, seed);
            simulation.CheckAll();
            foreach (var step in steps)
            {
                simulation.loan.Take(step);
                if (simulation.loan.IsChanged)
                    simulation.CheckAll();
            }

            return steps.Count + 1;
        }
        catch (Exception e) when (e is not LawBrokenException)
        {
            throw new LawBrokenException($"the rules never throw, but {e.GetType().Name}", $"{e}");
        }
    }

    private void CheckAll()
    {
        LoanLaws.Check(loan.State);
        CheckEvents();
        ledger.Book(loan.State);
        CheckOrder();
        CheckReversals();
        CheckPayoff();
    }

    // What was recorded is there once, with its amount: nothing is lost.
    private void CheckEvents()
    {
        foreach (var loanEvent in loan.Events)
        {
            if (!loanEvent.HasTransaction)
                continue;
            var count = 0;
            foreach (var one in loan.State.Transactions)
            {
                if (one.EventId != loanEvent.Id)
                    continue;
                count++;
                LoanLaws.Must(
                    !LoanLaws.IsPayment(one.Kind)
                        || (
                            one.Amount.MinorUnits == ((MoneyEvent)loanEvent).Amount.MinorUnits && one.On == loanEvent.On
                        ),
                    "a payment keeps its amount and its day",
                    one
                );
            }

            LoanLaws.Must(count == 1, "every event counts once", $"{loanEvent.Kind} {loanEvent.Sequence}: {count}");
        }
    }

    // Given in any order, and recorded in the order of value dates: the same loan.
    private void CheckOrder()
    {
        var sorted = loan
            .Events.OrderBy(CountsOn)
            .ThenBy(loanEvent => loanEvent.Sequence)
            .Select((loanEvent, i) => loanEvent with { Sequence = i + 1 })
            .ToArray();
        var again = Loan.Replay(loan.Terms, dice.Shuffled<LoanEvent>(sorted), loan.Today);
        LoanLaws.MustBeSame(loan.State, again, "the order of recording does not matter");
    }

    private void CheckReversals()
    {
        HashSet<LoanEventId>? reversed = null;
        foreach (var loanEvent in loan.Events)
            if (loanEvent is EventReversed reversal)
                (reversed ??= []).Add(reversal.EventId);
        if (reversed is null)
            return;
        var without = loan.Events.Where(one => one is not EventReversed && !reversed.Contains(one.Id));
        // What the fold makes by itself can only be taken back by a reversal, so that one stays.
        var derived = loan.Events.Where(one => one is EventReversed reversal && IsDerived(reversal.EventId));
        var never = Loan.Replay(loan.Terms, [.. without, .. derived], loan.Today);
        LoanLaws.MustBeSame(loan.State, never, "what is reversed is as if it had never come");
    }

    private bool IsDerived(LoanEventId id)
    {
        foreach (var loanEvent in loan.Events)
            if (loanEvent.Id == id)
                return false;
        return true;
    }

    private void CheckPayoff()
    {
        var state = loan.State;
        if (state.Payoff.IsZero)
            return;
        PayOff(loan.Today, state.Payoff.Total, "the payoff closes the loan to the cent");
        PayOneLess();
        if (dice.OnceIn(3))
            PayAsQuotedAhead();
        var holds = state.PayoffHoldsThrough;
        var last = holds ?? loan.Today.AddDays(dice.Between(1, 500));
        LoanLaws.Must(last >= loan.Today, "a quote holds on its own day", $"{last}");
        if (last == loan.Today)
            return;
        var day = dice.OnceIn(2) ? last : loan.Today.AddDays(1 + dice.Below(last.DayNumber - loan.Today.DayNumber));
        PayOff(day, state.Payoff.Total, "the payoff closes the loan as long as it holds");
    }

    private void PayAsQuotedAhead()
    {
        var on = loan.Today.AddDays(dice.Between(2, 400));
        var quote = PayoffQuote.For(loan.Terms, loan.Events, on);
        if (quote.Total.MinorUnits == 0)
            return;
        PayOff(on, quote.Total.MinorUnits, "what is quoted for a day to come closes the loan on it");
    }

    private void PayOff(DateOnly on, long amount, string law)
    {
        var (payment, closed) = Pay(on, amount);
        // Money dated tomorrow may come to a loan that is closed today: no more than that is left over.
        var ahead = loan
            .Events.OfType<MoneyEvent>()
            .Where(loanEvent => loanEvent.On > loan.Today)
            .Sum(loanEvent => loanEvent.Amount.MinorUnits);
        LoanLaws.Must(
            closed.Outstanding.IsZero && closed.WrittenOff.IsZero && closed.Overpaid.MinorUnits <= ahead,
            law,
            $"{payment.Amount.MinorUnits} on {on:o} leaves {closed.Outstanding}, overpaid {closed.Overpaid.MinorUnits}"
        );
    }

    // If closing costs interest up to the next rest date and principal is paid before interest, paying the interest up
    // to today may already close the loan.
    private void PayOneLess()
    {
        if (loan.State.Payoff.Total == 1 || loan.Events.Any(loanEvent => loanEvent.On > loan.Today))
            return;
        if (loan.Terms is { RecalculatesInterest: true, Recalculation.PreClosure: PreClosure.TillRestFrequencyDate })
            return;
        var (payment, open) = Pay(loan.Today, loan.State.Payoff.Total - 1);
        LoanLaws.Must(
            !open.Outstanding.IsZero || !open.WrittenOff.IsZero,
            "a minor unit less does not close the loan",
            $"{payment.Amount.MinorUnits} on {payment.On:o} leaves {open.Outstanding}, overpaid {open.Overpaid.MinorUnits}"
        );
    }

    private (PaymentReceived Payment, Loan After) Pay(DateOnly on, long amount)
    {
        var payment = new PaymentReceived
        {
            Id = new(new Guid(2_000_000, 0, 0, new byte[8])),
            Sequence = loan.Events.Count + 1,
            On = on,
            Amount = loan.State.Money(amount),
        };
        return (payment, Loan.Replay(loan.Terms, [.. loan.Events, payment], on));
    }

    private static DateOnly CountsOn(LoanEvent loanEvent) =>
        loanEvent switch
        {
            ChargeApplied charge when charge.DueOn < charge.On => charge.DueOn,
            LoanRescheduled change when change.From <= change.On => change.From.AddDays(-1),
            _ => loanEvent.On,
        };
}
