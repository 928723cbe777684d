using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Products;

namespace Paydown.Server.Products;

/// <summary>A fee of an offer.</summary>
/// <param name="Name">The fee's name.</param>
/// <param name="Amount">The amount of the fee.</param>
/// <param name="Charged">Whether the fee is deducted from the disbursement or due with the first installment.</param>
public sealed record OpenOfferFee(string Name, Money Amount, FeeCharged Charged);

/// <summary>An installment of an offer.</summary>
/// <param name="InstallmentNumber">The installment's place in the schedule, counted from 1.</param>
/// <param name="DueDate">The day on which the installment falls due.</param>
/// <param name="InstallmentAmount">The amount of the installment.</param>
/// <param name="PrincipalAmount">The principal in the installment.</param>
/// <param name="InterestAmount">The interest in the installment.</param>
/// <param name="FeesAmount">The fees in the installment.</param>
/// <param name="PrincipalBalance">The principal that remains after the installment.</param>
/// <param name="IsDownPayment">True if this is the down payment.</param>
public sealed record OpenOfferRow(
    int InstallmentNumber,
    DateOnly DueDate,
    Money InstallmentAmount,
    Money PrincipalAmount,
    Money InterestAmount,
    Money FeesAmount,
    Money PrincipalBalance,
    bool IsDownPayment
)
{
    public static OpenOfferRow Of(Installment row, Currency currency) =>
        new(
            row.Number,
            row.DueOn,
            new Money(row.Due.Total, currency),
            new Money(row.Due.Principal, currency),
            new Money(row.Due.Interest, currency),
            new Money(row.Due.Fees, currency),
            row.PrincipalBalance,
            row.IsDownPayment
        );
}
