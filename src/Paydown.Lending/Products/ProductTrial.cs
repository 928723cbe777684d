using Paydown.Lending.Loans;

namespace Paydown.Lending.Products;

/// <summary>
/// The last word on a product: loans of its smallest and largest amounts, durations and rates are made and left unpaid
/// to their end. A product of which one of them cannot be reckoned, or pays nothing back in time, is refused.
/// </summary>
internal static class ProductTrial
{
    private static readonly DateOnly Start = new(2027, 1, 31);
    private static readonly Guid Disbursement = new("01900000-0000-7000-8000-000000000001");

    public static void Check(LoanProduct product, ProductErrors errors)
    {
        foreach (var amount in (long[])[product.AmountMinMinor, product.AmountMaxMinor])
        {
            foreach (var duration in (int[])[product.DurationMin, product.DurationMax])
            {
                foreach (var rate in (decimal[])[product.AnnualRatePercentMin, product.AnnualRatePercentMax])
                {
                    if (FindAnyTrouble(product, amount, duration, rate) is not { } trouble) continue;
                    var field = amount == product.AmountMinMinor ? "minimumAmount" : "maximumAmount";
                    var loan = $"{new Money(amount, product.Currency)} in {duration} installments at {rate} % a year";
                    errors.Unless(false, field, $"{trouble}, for example in a loan of {loan}.");
                    return;
                }
            }
        }
    }

    // Without a first due date of its own, and with the nearest and the farthest that can be agreed.
    private static string? FindAnyTrouble(LoanProduct product, long amount, int duration, decimal rate)
    {
        var found = FindTrouble(product, amount, duration, rate, firstDueOn: null);
        if (found is not null || product.FirstDue is not { } range) return found;
        var (from, to) = range.Of(Start);
        return FindTrouble(product, amount, duration, rate, from) ?? FindTrouble(product, amount, duration, rate, to);
    }

    private static string? FindTrouble(
        LoanProduct product, long amount, int duration, decimal rate, DateOnly? firstDueOn)
    {
        try
        {
            var terms = ProductTerms.Of(product, amount, duration, rate, Start, firstDueOn);
            var disbursed = new LoanEvent
            {
                Id = Disbursement, Sequence = 1, Kind = LoanEventKind.Disbursement, On = Start, AmountMinor = amount,
            };
            var loan = Loan.Replay(terms, [disbursed], Start);
            Loan.Replay(terms, [disbursed], loan.Installments[^1].DueOn.AddYears(1));
            return FindTrouble(loan, product.Schedule.GracePrincipal);
        }
        catch (Exception cannot) when (cannot is ArithmeticException or ArgumentException)
        {
            return "the figures outgrow what can be reckoned";
        }
    }

    private static string? FindTrouble(Loan loan, int grace)
    {
        foreach (var row in loan.Installments)
        {
            if (row.IsDownPayment && row.Due.Principal == 0) return "the down payment comes to nothing";
            if (row.IsDownPayment || grace-- > 0 || row.Due.Principal > 0) continue;
            return row.Due.Interest > 0
                ? "an installment does not even pay its interest: that is too high for so many installments"
                : "an installment comes to nothing: the amount is too small for so many, installmentMultipleOf too "
                    + "large, or there are so many interestFreePeriods that a CUMULATIVE loan is paid before its end";
        }

        return loan.Installments.Sum(row => row.Due.Principal) == loan.Terms.PrincipalMinor
            ? null
            : "the installments do not add up to the amount";
    }
}
