using Paydown.Lending.Loans;
using Paydown.Lending.Products;

namespace Paydown.Lending.Applications;

/// <summary>A fee of an offer, as money.</summary>
public sealed record OfferedFee(string Name, long AmountMinor, FeeCharged Charged);

/// <summary>
/// What a customer is offered: the terms, the fees, and what follows from them if the loan is paid out, whole, on the
/// day of the offer. Amounts in minor units.
/// </summary>
public sealed record LoanOffer
{
    /// <summary>Word for word the terms of the loan that the offer becomes.</summary>
    public required LoanTerms Terms { get; init; }

    public required IReadOnlyList<OfferedFee> Fees { get; init; }

    /// <summary>Fees that are added are in the installment that they fall due with.</summary>
    public required IReadOnlyList<Installment> Schedule { get; init; }

    /// <summary>All that is to be paid back: the sum of the schedule.</summary>
    public required long TotalRepaymentMinor { get; init; }

    /// <summary>What the customer gets: the principal less the fees that are kept back.</summary>
    public required long AdvancedMinor { get; init; }

    /// <summary>Percent a year, two digits: <see cref="AnnualPercentageRate"/>.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>What the loan costs: all that is paid back beyond what the customer gets.</summary>
    public long TotalCostMinor => TotalRepaymentMinor - AdvancedMinor;

    /// <summary>The largest installment, without fees and down payment.</summary>
    public long InstallmentMinor =>
        Schedule.Where(row => !row.IsDownPayment).Select(row => row.Due.Principal + row.Due.Interest).Max();

    /// <summary>The fees of a product for a principal.</summary>
    public static IReadOnlyList<OfferedFee> FeesOf(LoanProduct product, long principalMinor) =>
    [
        .. product.Fees
            .Select(fee => new OfferedFee(fee.Name, ProductTerms.AmountOf(fee, principalMinor), fee.Charged))
            .Where(fee => fee.AmountMinor > 0),
    ];

    /// <summary>The offer of a product for approved terms.</summary>
    /// <param name="product">The version that was applied for.</param>
    /// <param name="approved">What was approved.</param>
    /// <param name="on">The day of the offer.</param>
    public static LoanOffer Of(LoanProduct product, ApprovedTerms approved, DateOnly on) => Of(
        ProductTerms.Of(product, approved.AmountMinor, approved.Duration, approved.AnnualRatePercent, on),
        FeesOf(product, approved.AmountMinor), on);

    /// <summary>The offer of terms and fees, as it looks where the loan is paid out on a day.</summary>
    public static LoanOffer Of(LoanTerms terms, IReadOnlyList<OfferedFee> fees, DateOnly on)
    {
        var next = 0;
        var events = Disbursement.FirstEvents(
            terms, fees, terms.PrincipalMinor, on, () => new Guid(++next, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        var loan = Loan.Replay(terms, events, on);
        var period = UnitPeriod.Of(
            terms.RepayUnit, terms.RepayEvery, on, loan.Installments.Select(row => row.DueOn));
        var advanced = terms.PrincipalMinor - Disbursement.DeductedOf(fees);
        return new LoanOffer
        {
            Terms = terms,
            Fees = fees,
            Schedule = loan.Installments,
            TotalRepaymentMinor = loan.Installments.Sum(row => row.Due.Total),
            AdvancedMinor = advanced,
            AnnualPercentageRate = advanced <= 0
                ? Applications.AnnualPercentageRate.PercentMax
                : Applications.AnnualPercentageRate.Of(
                    advanced, period.PerYear,
                    [
                        .. loan.Installments.Select(
                            row => new TimedPayment(period.Between(on, row.DueOn), row.Due.Total)),
                    ]),
        };
    }
}
