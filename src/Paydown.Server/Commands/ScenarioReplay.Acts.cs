using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <content>Acts of an officer, their undoing, and refunds of interest that follow from other events.</content>
internal sealed partial class ScenarioReplay
{
    private void Act(LoanAct act)
    {
        events.Add(act with { Id = NextId, Sequence = NextSequence });
        // Income is booked until the lender gives the loan up.
        if (act is LoanChargedOff or ContractTerminated)
            givenUpOn = act.On;
    }

    // The last event of a kind that counts.
    private LoanEventId UndoLast(ScenarioStep step, Predicate<LoanEvent> isWanted)
    {
        var last = events.FindLast(one => isWanted(one) && !events.Exists(by => IsReversal(by, one.Id)));
        if (last is null)
            throw new ScenarioException($"steps[{step.Index}]", "there is nothing of this kind to undo");
        Reverse(last.Id);
        givenUpOn = last is LoanChargedOff ? null : givenUpOn;
        return last.Id;
    }

    private static bool IsReversal(LoanEvent loanEvent, LoanEventId id) =>
        loanEvent is EventReversed reversal && reversal.EventId == id;

    private void Adjust(ScenarioStep step) =>
        events.Add(
            new ChargeAdjusted
            {
                Id = NextId,
                Sequence = NextSequence,
                On = step.On!.Value,
                Amount = step.Amount!.Value,
                ChargeId = ChargeAt(step).Id,
            }
        );

    private ChargeApplied ChargeAt(ScenarioStep step)
    {
        var charges = events.OfType<ChargeApplied>().ToArray();
        return step.Number <= charges.Length
            ? charges[step.Number - 1]
            : throw new ScenarioException($"steps[{step.Index}].chargeNr", $"there are only {charges.Length} charges");
    }

    private void RefundInterest(PaymentReceived refund)
    {
        var interest = InterestRefundRules.Amount(terms, events[..^1], refund);
        if (interest.IsPositive)
            interestRefunds[refund.Id] = Pay(PaymentSource.InterestRefund, refund.On, interest).Id;
    }

    // An event that counts before a refund changes what the money had cost.
    private void RefreshInterestRefunds()
    {
        foreach (var (refundId, interestId) in interestRefunds)
        {
            var refund = (PaymentReceived)events.Find(one => one.Id == refundId)!;
            var at = events.FindIndex(one => one.Id == interestId);
            var known = events.FindAll(one => one.Id != refundId && one.Id != interestId && !IsAfter(one, refund));
            var interest = InterestRefundRules.Amount(terms, known, refund);
            if (interest != ((PaymentReceived)events[at]).Amount)
                events[at] = (PaymentReceived)events[at] with { Amount = interest };
        }
    }

    private static bool IsAfter(LoanEvent one, LoanEvent refund) =>
        one is not EventReversed && (one.On > refund.On || (one.On == refund.On && one.Sequence > refund.Sequence));
}
