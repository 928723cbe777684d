using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>The debt that an officer forgives.</summary>
public enum WaivedDebt
{
    Charge,
    Interest,
}

/// <summary>A request to forgive the unpaid part of a charge, or unpaid interest.</summary>
/// <param name="Debt">Which of the two.</param>
/// <param name="ChargeId">Which charge; null for interest.</param>
/// <param name="Amount">In major units, as it was sent; null: all that is unpaid of it.</param>
public sealed record WaiverRequest(WaivedDebt Debt, LoanEventId? ChargeId, decimal? Amount);

/// <summary>Decides whether unpaid charges and interest may be forgiven.</summary>
public static class WaiverRules
{
    /// <summary>The amount forgiven. The order of the refusals is tested.</summary>
    /// <param name="loan">As of the day of the waiver; null: the officer's organisation has none of this id.</param>
    /// <param name="events">What the loan was replayed from.</param>
    /// <param name="request">The request.</param>
    public static Result<Money> Waive(Loan? loan, IReadOnlyList<LoanEvent> events, WaiverRequest request)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (request is { Debt: WaivedDebt.Charge, ChargeId: null })
            return Refusals.ChargeIdMissing();
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return Refusals.LoanNotRunning();
        if (!CanWaive(loan.Terms, request.Debt))
            return Refusals.WaiverNotAvailable();
        var chargeId = request.Debt == WaivedDebt.Charge ? request.ChargeId : null;
        if (chargeId is { } id && !loan.Transactions.Any(one => IsStandingCharge(one) && one.EventId == id))
            return Refusals.NotFound("charge");
        var unpaid = Unpaid(loan, events, chargeId);
        if (unpaid.IsZero)
            return Refusals.NothingToWaive();
        if (request.Amount is not { } amount)
            return unpaid;
        return Money.TryFromMajor(amount, loan.Terms.Currency, out var money) && money.IsPositive && money <= unpaid
            ? money
            : Refusals.WaiverAmountOutOfRange(unpaid);
    }

    /// <summary>The unpaid part of a charge, or all unpaid interest: the limit of a waiver.</summary>
    /// <param name="loan">As of the day in question.</param>
    /// <param name="events">What it was replayed from.</param>
    /// <param name="chargeId">Null: of interest.</param>
    public static Money Unpaid(Loan loan, IReadOnlyList<LoanEvent> events, LoanEventId? chargeId)
    {
        var all = Money.Zero(loan.Terms.Currency);
        var waiver = NewWaiver(DerivedId.Waiver(events[0].Id), int.MaxValue, loan.AsOf, chargeId, all);
        var waived = Loan.Replay(loan.Terms, [.. events, waiver], loan.AsOf);
        return waived.Transactions.First(one => one.EventId == waiver.Id).Amount;
    }

    /// <summary>The event that forgives a charge, or interest.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="sequence">Its place in the order of recording.</param>
    /// <param name="on">The day from which it counts.</param>
    /// <param name="chargeId">The charge; null: interest.</param>
    /// <param name="amount">0: all that is unpaid.</param>
    public static LoanEvent NewWaiver(LoanEventId id, int sequence, DateOnly on, LoanEventId? chargeId, Money amount) =>
        chargeId is { } charge
            ? new ChargeWaived
            {
                Id = id,
                Sequence = sequence,
                On = on,
                ChargeId = charge,
                Amount = amount,
            }
            : new InterestWaived
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Amount = amount,
            };

    /// <summary>A charge that was not reversed.</summary>
    public static bool IsStandingCharge(LoanTransaction one) =>
        one is { Kind: LoanEventKind.Charge, IsReversed: false };

    // Interest that is computed from what is really outstanding would come back with the next computation; and rows
    // that are made from all that was paid are made from the charges too.
    private static bool CanWaive(LoanTerms terms, WaivedDebt debt) =>
        !terms.RecalculatesInterest || (debt == WaivedDebt.Charge && !terms.RecalculatesRows);
}
