using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Applications;

/// <summary>A fee of an offer, as money.</summary>
public sealed record OfferedFee(string Name, Money Amount, FeeCharged Charged);

/// <summary>
/// What a customer is offered: the terms, the fees, and what follows from them if the whole loan is paid out on a
/// given day. The figures depend on that day: due dates are counted from it, and interest by days is not the same in
/// every month.
/// </summary>
public sealed record LoanOffer
{
    /// <summary>Exactly the terms of the loan that the offer becomes.</summary>
    public required LoanTerms Terms { get; init; }

    /// <summary>The day of payout that every figure here assumes.</summary>
    public required DateOnly IfPaidOutOn { get; init; }

    public required IReadOnlyList<OfferedFee> Fees { get; init; }

    /// <summary>Fees that are added are in the installment that they fall due with.</summary>
    public required IReadOnlyList<Installment> Schedule { get; init; }

    /// <summary>All that is to be paid back: the sum of the schedule.</summary>
    public required Money TotalRepayment { get; init; }

    /// <summary>What the customer gets: the principal less the fees that are kept back.</summary>
    public required Money Advanced { get; init; }

    /// <summary>Percent a year, two digits: <see cref="AnnualPercentageRate"/>.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>What the loan costs: all that is paid back beyond what the customer gets.</summary>
    public Money TotalCost => TotalRepayment - Advanced;

    /// <summary>
    /// The regular installment, without fees and down payment: the amount that most installments have, the earliest of
    /// several. Installments of a principal grace and the last one, which takes the rounding, do not count if others
    /// are left; a loan that repays all principal at its end has its interest as the regular installment.
    /// </summary>
    public Money Installment
    {
        get
        {
            var rows = Schedule.Where(row => !row.IsDownPayment).ToList();
            var amortizing = rows.Where(row => row.Due.Principal > 0).ToList();
            var regular = (amortizing.Count > 1 ? amortizing : rows)[..^1];
            var minorUnits = (regular.Count > 0 ? regular : rows)
                .GroupBy(row => row.Due.Principal + row.Due.Interest)
                .MaxBy(group => group.Count())!
                .Key;
            return new Money(minorUnits, Terms.Currency);
        }
    }

    /// <summary>The fees of a product for a principal.</summary>
    public static IReadOnlyList<OfferedFee> FeesOf(LoanProduct product, Money principal) =>
        [
            .. product
                .Fees.Select(fee => new OfferedFee(fee.Name, ProductTerms.AmountOf(fee, principal), fee.Charged))
                .Where(fee => fee.Amount.IsPositive),
        ];

    /// <summary>The offer of a product for approved terms.</summary>
    /// <param name="product">The version that was applied for.</param>
    /// <param name="approved">What was approved.</param>
    /// <param name="on">The day of the offer.</param>
    public static LoanOffer Of(LoanProduct product, ApprovedTerms approved, DateOnly on) =>
        Of(
            ProductTerms.Of(
                product,
                approved.Amount,
                approved.Duration,
                approved.AnnualRatePercent,
                on,
                approved.FirstDueOn
            ),
            FeesOf(product, approved.Amount),
            on
        );

    /// <summary>The offer of terms and fees if the whole loan is paid out on a day.</summary>
    public static LoanOffer Of(LoanTerms terms, IReadOnlyList<OfferedFee> fees, DateOnly on)
    {
        var next = 0;
        var events = Disbursement.FirstEvents(terms, fees, terms.Principal, on, () => DerivedId.Trial(++next));
        var loan = Loan.Replay(terms, events, on);
        var period = UnitPeriod.Of(terms.RepayUnit, terms.RepayEvery, on, loan.Installments.Select(row => row.DueOn));
        var advanced = terms.Principal - Disbursement.DeductedOf(fees, terms.Currency);
        return new LoanOffer
        {
            Terms = terms,
            IfPaidOutOn = on,
            Fees = fees,
            Schedule = loan.Installments,
            TotalRepayment = loan.Money(loan.Installments.Sum(row => row.Due.Total)),
            Advanced = advanced,
            AnnualPercentageRate = !advanced.IsPositive
                ? Applications.AnnualPercentageRate.PercentMax
                : Applications.AnnualPercentageRate.Of(
                    advanced,
                    period.PerYear,
                    [
                        .. loan.Installments.Select(row => new TimedPayment(
                            period.Between(on, row.DueOn),
                            loan.Money(row.Due.Total)
                        )),
                    ]
                ),
        };
    }
}
