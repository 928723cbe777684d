using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

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

    private static readonly LoanEventId Disbursement = DerivedId.Trial(1);

    public static void Check(LoanProduct product, ProductErrors errors)
    {
        foreach (var amount in (Money[])[product.AmountMin, product.AmountMax])
        {
            foreach (var duration in (int[])[product.DurationMin, product.DurationMax])
            {
                foreach (var rate in (decimal[])[product.AnnualRatePercentMin, product.AnnualRatePercentMax])
                {
                    if (FindAnyProblem(product, amount, duration, rate) is not { } problem)
                        continue;
                    var field = amount == product.AmountMin ? "minimumAmount" : "maximumAmount";
                    var loan = $"{amount} in {duration} installments at {rate} % a year";
                    errors.Unless(false, field, $"{problem}, for example in a loan of {loan}.");
                    return;
                }
            }
        }
    }

    // Tried without an agreed first due date, and with the nearest and the farthest one.
    private static string? FindAnyProblem(LoanProduct product, Money amount, int duration, decimal rate)
    {
        var found = FindProblem(product, amount, duration, rate, Start, firstDueOn: null);
        if (found is not null || product.FirstDue is not { } range)
            return found;
        var (from, to) = range.Of(Start);
        return FindProblem(product, amount, duration, rate, Start, from)
            ?? FindProblem(product, amount, duration, rate, Start, to);
    }

    /// <summary>Why no loan of these terms can be computed or repaid; null if one can.</summary>
    public static string? FindProblem(
        LoanProduct product,
        Money amount,
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
                return FindProblem(terms);
            // Deferred interest may take whole installments, so the loan without it shows whether they suffice.
            return FindProblem(terms with { GraceInterest = 0 }) ?? FindProblem(terms);
        }
        catch (Exception cannot) when (cannot is ArithmeticException or ArgumentException)
        {
            return "the figures outgrow what can be reckoned";
        }
    }

    private static string? FindProblem(LoanTerms terms)
    {
        var disbursed = DownPayments.Collect(
            terms,
            recorded: [],
            new()
            {
                Id = Disbursement,
                Sequence = 1,
                On = terms.SubmittedOn,
                Amount = terms.Principal,
            }
        );
        var loan = Loan.Replay(terms, [disbursed], terms.SubmittedOn);
        Loan.Replay(terms, [disbursed], loan.Installments[^1].DueOn.AddYears(1));
        return FindProblem(loan, terms);
    }

    private static string? FindProblem(Loan loan, LoanTerms terms)
    {
        var (grace, number) = (terms.GracePrincipal, 0);
        foreach (var row in loan.Installments)
        {
            if (row.IsDownPayment && row.Due.Principal == 0)
                return "the down payment would round to zero";
            if (row.IsDownPayment || ++number <= grace || row.Due.Principal > 0)
                continue;
            if (row.Due.Interest == 0)
                return "an installment would round to zero: the amount is too small for this many";
            if (terms.GraceInterest == 0)
                return "an installment does not even pay its interest: the interest is too high for this many installments";
        }

        if (number < terms.NumberOfInstallments)
            return "the loan is paid before its last installment";
        return loan.Installments.Sum(row => row.Due.Principal) == loan.Terms.Principal.MinorUnits
            ? null
            : "the installments do not add up to the amount";
    }
}
