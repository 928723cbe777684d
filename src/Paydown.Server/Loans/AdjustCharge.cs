using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager credits an amount back for a charge, paid or unpaid: it pays what is unpaid of that charge, and then
/// settles debts as a repayment of today does.
/// </summary>
public sealed class AdjustCharge(LoanCrediting crediting) : IUseCase
{
    private static readonly Field<decimal?> Amount = Field
        .Amount("amount", "At most the charge, less what was waived and credited of it. Absent: all of that.")
        .Optional()
        .WithExample(500);

    public static Contract Contract { get; } =
        new Contract("Credit an amount back for a charge, or see what that would change")
            .Reads(Amount, LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.NotFound("charge"),
                Refusals.CreditAmountOutOfRange(Sample.Amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call)
    {
        var chargeId = call.Path(LoanRoutes.ChargeId);
        return crediting.RunAsync(
            call,
            ActKind.AdjustCharge,
            "The amount is credited.",
            (loan, events) => LenderCreditRules.AdjustCharge(loan, events, chargeId, call.Body.Get(Amount)),
            (act, amount) =>
                new ChargeAdjusted
                {
                    Id = act.Id,
                    Sequence = act.Sequence,
                    On = act.On,
                    Amount = amount,
                    ChargeId = chargeId,
                }
        );
    }
}
