using Paydown.Lending.Applications;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Products;

/// <summary>
/// The last word on a product: loans of its smallest and largest amounts, durations and rates are made and left unpaid
/// to their end. A product of which one of them cannot be reckoned, or pays nothing back in time, is refused. What lies
/// between is tried when it is approved.
/// </summary>
internal static class ProductTrial
{
    /// <summary>The day on which the loans of a trial are paid out: the end of a month of 31 days.</summary>
    public static readonly DateOnly Start = new(2027, 1, 31);

    private static readonly Guid Disbursement = new("01900000-0000-7000-8000-000000000001");

    public static void Check(LoanProduct product, ProductErrors errors)
    {
        foreach (var amount in (long[])[product.AmountMinMinor, product.AmountMaxMinor])
        {
            foreach (var duration in (int[])[product.DurationMin, product.DurationMax])
            {
                foreach (var rate in (decimal[])[product.AnnualRatePercentMin, product.AnnualRatePercentMax])
                {
                    if (FindAnyTrouble(product, amount, duration, rate) is not { } exception)
                        continue;
                    var field = amount == product.AmountMinMinor ? "minimumAmount" : "maximumAmount";
                    var loan = $"{new Money(amount, product.Currency)} in {duration} installments at {rate} % a year";
                    errors.Unless(false, field, $"{exception}, for example in a loan of {loan}.");
                    return;
                }
            }
        }
    }

    /// <summary>
    /// Why no loan can be made of these terms, though each of them is within the product; null: one can.
    /// </summary>
    /// <param name="product">The version that was applied for.</param>
    /// <param name="terms">What would be approved.</param>
    /// <param name="on">The day of the offer.</param>
    public static FieldError? FindMisfit(LoanProduct product, ApprovedTerms terms, DateOnly on)
    {
        if (TroubleOf(terms.Duration) is not { } exception)
            return null;
        for (var fewer = terms.Duration - 1; fewer >= product.DurationMin; fewer--)
        {
            if (TroubleOf(fewer) is null)
                return new FieldError(
                    "duration",
                    $"is too long for this amount and rate: {exception}. At most {fewer} installments fit."
                );
        }

        return new FieldError("amount", $"does not fit the product at this rate: {exception}.");

        string? TroubleOf(int duration) =>
            FindTrouble(product, terms.AmountMinor, duration, terms.AnnualRatePercent, on, terms.FirstDueOn);
    }

    // Without a first due date of its own, and with the nearest and the farthest that can be agreed.
    private static string? FindAnyTrouble(LoanProduct product, long amount, int duration, decimal rate)
    {
        var found = FindTrouble(product, amount, duration, rate, Start, firstDueOn: null);
        if (found is not null || product.FirstDue is not { } range)
            return found;
        var (from, to) = range.Of(Start);
        return FindTrouble(product, amount, duration, rate, Start, from)
            ?? FindTrouble(product, amount, duration, rate, Start, to);
    }

    private static string? FindTrouble(
        LoanProduct product,
        long amount,
        int duration,
        decimal rate,
        DateOnly on,
        DateOnly? firstDueOn
    )
    {
        try
        {
            var terms = ProductTerms.Of(product, amount, duration, rate, on, firstDueOn);
            if (terms.GraceInterest == 0)
                return FindTrouble(terms);
            // Deferred interest may take whole installments, so that the loan without it tells whether they suffice.
            return FindTrouble(terms with { GraceInterest = 0 }) ?? FindTrouble(terms);
        }
        catch (Exception cannot) when (cannot is ArithmeticException or ArgumentException)
        {
            return "the figures outgrow what can be reckoned";
        }
    }

    private static string? FindTrouble(LoanTerms terms)
    {
        var disbursed = new LoanEvent
        {
            Id = Disbursement,
            Sequence = 1,
            Kind = LoanEventKind.Disbursement,
            On = terms.SubmittedOn,
            AmountMinor = terms.PrincipalMinor,
        };
        var loan = Loan.Replay(terms, [disbursed], terms.SubmittedOn);
        Loan.Replay(terms, [disbursed], loan.Installments[^1].DueOn.AddYears(1));
        return FindTrouble(loan, terms);
    }

    private static string? FindTrouble(Loan loan, LoanTerms terms)
    {
        var (grace, number) = (terms.GracePrincipal, 0);
        foreach (var row in loan.Installments)
        {
            if (row.IsDownPayment && row.Due.Principal == 0)
                return "the down payment comes to nothing";
            if (row.IsDownPayment || ++number <= grace || row.Due.Principal > 0)
                continue;
            if (row.Due.Interest == 0)
                return "an installment comes to nothing: the amount is too small for so many";
            if (terms.GraceInterest == 0)
                return "an installment does not even pay its interest: that is too high for so many installments";
        }

        if (number < terms.NumberOfInstallments)
            return "the loan is paid before its last installment";
        return loan.Installments.Sum(row => row.Due.Principal) == loan.Terms.PrincipalMinor
            ? null
            : "the installments do not add up to the amount";
    }
}
