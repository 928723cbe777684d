using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager gives interest up by paying in the customer's place: the amount settles debts as a repayment of today
/// does, and lessens the interest income.
/// </summary>
public sealed class WaiveInterest(LoanCrediting crediting) : IUseCase
{
    private static readonly Field<decimal> Amount = Field
        .Amount("amount", "More than 0 and at most what closes the loan.")
        .WithExample(500);

    public static Contract Contract { get; } =
        new Contract("Pay an amount in the customer's place out of the interest, or see what that would change")
            .Reads(Amount, LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.CreditAmountOutOfRange(Sample.Amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        crediting.RunAsync(
            call,
            ActKind.WaiveInterestPayment,
            "The amount is paid in the customer's place.",
            (loan, _) => LenderCreditRules.PayForCustomer(loan, call.Body.Get(Amount)),
            (act, amount) =>
                new PaymentReceived
                {
                    Id = act.Id,
                    Sequence = act.Sequence,
                    On = act.On,
                    Amount = amount,
                    Source = PaymentSource.InterestPaymentWaiver,
                }
        );
}
