using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Repayments;

/// <summary>The terms of a repayment that count once it is verified.</summary>
/// <param name="Amount">In the loan's currency.</param>
/// <param name="PaidOn">The day from which it counts.</param>
public readonly record struct RepaymentTerms(Money Amount, DateOnly PaidOn);

/// <summary>What an officer who verifies a repayment says in place of what was reported.</summary>
/// <param name="Amount">In major units, as sent; null: as reported.</param>
/// <param name="PaidOn">In the organisation's time zone; null: as reported.</param>
/// <param name="Reason">Why; the customer is shown it.</param>
public sealed record Correction(decimal? Amount, DateOnly? PaidOn, string? Reason)
{
    /// <summary>Nothing is corrected.</summary>
    public static Correction None { get; } = new(null, null, null);
}

/// <summary>Decides which terms of a repayment an officer approves.</summary>
public static class CorrectionRules
{
    /// <summary>
    /// The terms that are approved: as reported, unless the officer names others. All errors are refused at once.
    /// </summary>
    /// <remarks>
    /// An amount may be more than is payable: the rest is an overpayment. The officer who approves the same corrected
    /// terms as the first one needs no reason of their own.
    /// </remarks>
    public static Result<RepaymentTerms> Approved(RepaymentCase repayment, Correction correction, DateOnly today)
    {
        var reported = repayment.Reported;
        var (errors, amount) = (new List<FieldError>(), reported.Amount);
        if (
            correction.Amount is { } major
            && RepaymentRules.CheckAmount("amount", major, amount.Currency, out amount) is { } wrongAmount
        )
        {
            errors.Add(wrongAmount);
        }

        if (
            correction.PaidOn is { } paidOn
            && paidOn != reported.PaidOn
            && RepaymentRules.CheckPaidOn(paidOn, repayment.DisbursedOn, today) is { } wrongDate
        )
        {
            errors.Add(wrongDate);
        }

        var terms = new RepaymentTerms(amount, correction.PaidOn ?? reported.PaidOn);
        var isNew = terms != reported && terms != repayment.FirstTerms;
        if (correction is { Amount: null, PaidOn: null, Reason: not null })
            errors.Add(new("reason", "belongs to a correction: name the right amount or paymentDate with it."));
        if (isNew && correction.Reason is null)
            errors.Add(new("reason", "is required if amount or paymentDate differ from the report."));
        if (errors.Count > 0)
            return Refusals.ValidationFailed(errors);
        // Money of a later day would lower the balance of today.
        return terms.PaidOn > today ? Refusals.PaymentDateAhead(terms.PaidOn) : terms;
    }
}
