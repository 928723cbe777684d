using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Applications;

/// <summary>What is known of a loan that is to be paid out, or paid out further.</summary>
public sealed record DisbursementCase
{
    public required ApplicationStatus Status { get; init; }

    public required bool TermsAreAccepted { get; init; }

    /// <summary>The business day of the payout.</summary>
    public required DateOnly On { get; init; }

    /// <summary>
    /// All that the customer agreed to pay back, as the offer showed it on the day of acceptance; null before.
    /// </summary>
    public required Money? AcceptedTotal { get; init; }

    public required LoanTerms Terms { get; init; }

    public required IReadOnlyList<OfferedFee> Fees { get; init; }

    /// <summary>The version that was applied for.</summary>
    public required LoanProduct Product { get; init; }

    /// <summary>The running loan; null before the first disbursement.</summary>
    public Loan? Loan { get; init; }
}

/// <summary>Decides what is paid out, and what of it the customer gets.</summary>
public static class Disbursement
{
    /// <summary>The amount to pay out now. The order of the refusals is tested.</summary>
    /// <param name="wanted">The application, locked.</param>
    /// <param name="amount">In major units, as it was sent; null: all that is left.</param>
    public static Result<Money> Decide(DisbursementCase wanted, decimal? amount)
    {
        var isFurther = wanted.Status == ApplicationStatus.Disbursed && wanted.Product.DisbursementsMax > 1;
        if (!isFurther && ApplicationStates.Check(wanted.Status, ApplicationStatus.Disbursed) is { } refusal)
            return refusal;
        if (!wanted.TermsAreAccepted)
            return Refusals.TermsNotAccepted();
        if (isFurther && wanted.Loan is not { Status: LoanStatus.Active or LoanStatus.InArrears })
            return Refusals.LoanNotRunning();
        if (isFurther && wanted.Loan!.ChargedOffOn is not null)
            return Refusals.LoanGivenUp();

        var currency = wanted.Terms.Currency;
        var left = wanted.Terms.Principal - (wanted.Loan?.Disbursed ?? Money.Zero(currency));
        var made = wanted.Loan?.Transactions.Count(IsDisbursement) ?? 0;
        if (!left.IsPositive || made >= wanted.Product.DisbursementsMax)
            return Refusals.FullyDisbursed();
        if (made == 0 && FirstDueRules.Check(wanted.Product, wanted.Terms.FirstDueOn, wanted.On) is { } wrong)
            return Refusals.FirstDueDateOutOfRange(wanted.Terms.FirstDueOn!.Value, wrong.Message);
        if (made == 0 && CheckAccepted(wanted) is { } outgrown)
            return outgrown;

        var (least, most) = (LeastOf(wanted, left, isFirst: made == 0), left);
        var paidOut = most;
        if (
            amount is { } major
            && (!Money.TryFromMajor(major, currency, out paidOut) || paidOut < least || paidOut > most)
        )
            return Refusals.DisbursementOutOfRange(least, most);
        return paidOut;
    }

    /// <summary>
    /// A loan never costs more than its customer accepted: due dates move with the day of payout, and with them the
    /// interest. Further parts of a running loan are not checked: they bear interest for less time than was accepted.
    /// </summary>
    private static Refusal? CheckAccepted(DisbursementCase wanted)
    {
        if (wanted.AcceptedTotal is not { } accepted)
            return null;
        var total = LoanOffer.Of(wanted.Terms, wanted.Fees, wanted.On).TotalRepayment;
        return total <= accepted ? null : Refusals.OfferExceeded(total, accepted);
    }

    /// <summary>
    /// The events of a loan that is paid out for the first time: its fees that are added fall due with the first
    /// installment.
    /// </summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="fees">What was offered.</param>
    /// <param name="amount">What is paid out.</param>
    /// <param name="on">Value date.</param>
    /// <param name="nextId">Gives an id for each event.</param>
    public static IReadOnlyList<LoanEvent> FirstEvents(
        LoanTerms terms,
        IReadOnlyList<OfferedFee> fees,
        Money amount,
        DateOnly on,
        Func<LoanEventId> nextId
    )
    {
        var events = new List<LoanEvent>
        {
            DownPayments.Collect(
                terms,
                recorded: [],
                new()
                {
                    Id = nextId(),
                    Sequence = 1,
                    On = on,
                    Amount = amount,
                }
            ),
        };
        if (!fees.Any(IsAdded))
            return events;
        var firstDueOn = Loan.Replay(terms, events, on).Installments.First(row => !row.IsDownPayment).DueOn;
        foreach (var fee in fees.Where(IsAdded))
        {
            events.Add(
                new ChargeApplied
                {
                    Id = nextId(),
                    Sequence = events.Count + 1,
                    On = on,
                    Amount = fee.Amount,
                    Charge = ChargeKind.Fee,
                    DueOn = firstDueOn,
                }
            );
        }

        return events;
    }

    /// <summary>
    /// Whether fees that are kept back, and the down payment, leave the customer anything of a loan of a product.
    /// </summary>
    public static bool LeavesSomething(LoanProduct product, Money principal)
    {
        var terms = ProductTerms.Of(
            product,
            principal,
            product.DurationMin,
            product.AnnualRatePercent,
            DateOnly.MinValue
        );
        var kept = DeductedOf(LoanOffer.FeesOf(product, principal), principal.Currency);
        return principal > kept + DownPaymentOf(terms, principal);
    }

    /// <summary>What is kept back of the first disbursement.</summary>
    public static Money DeductedOf(IReadOnlyList<OfferedFee> fees, Currency currency) =>
        Money.Sum(fees.Where(fee => fee.Charged == FeeCharged.Deducted).Select(fee => fee.Amount), currency);

    private static Money DownPaymentOf(LoanTerms terms, Money principal) =>
        new(ScheduleRules.DownPaymentOf(terms, principal.MinorUnits), principal.Currency);

    private static bool IsAdded(OfferedFee fee) => fee.Charged == FeeCharged.Added;

    private static bool IsDisbursement(LoanTransaction transaction) =>
        transaction is { Kind: LoanEventKind.Disbursement, IsReversed: false };

    // A part must pay the fees that are kept back of it, and its down payment where that is collected at once. What
    // is left grows with the amount, so the least is found by halving.
    private static Money LeastOf(DisbursementCase wanted, Money left, bool isFirst)
    {
        var isWhole = wanted.Product.DisbursementsMax == 1 || !TrancheRules.CanBeSplit(wanted.Terms);
        var (least, most) = (isWhole ? left.MinorUnits : 1, left.MinorUnits);
        while (least < most)
        {
            var middle = least + (most - least) / 2;
            if (CreditedOf(wanted, new Money(middle, left.Currency), isFirst).MinorUnits >= 0)
                most = middle;
            else
                least = middle + 1;
        }

        return new Money(least, left.Currency);
    }

    // What of an amount comes to the customer.
    private static Money CreditedOf(DisbursementCase wanted, Money amount, bool isFirst)
    {
        var none = Money.Zero(amount.Currency);
        var isCollected = wanted.Terms.DownPayment is { Automatic: true };
        var downPayment = isCollected ? DownPaymentOf(wanted.Terms, amount) : none;
        return amount - downPayment - (isFirst ? DeductedOf(wanted.Fees, amount.Currency) : none);
    }
}
