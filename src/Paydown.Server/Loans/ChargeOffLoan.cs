using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager charges a loan off: it leaves the books as lost, but the customer owes it still, and what is paid from
/// then on is recovered.
/// </summary>
public sealed class ChargeOffLoan(LoanActing acting) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Charge a loan off: it leaves the books, but is owed still; or see what that would change")
            .Reads(LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.LoanGivenUp(),
                Refusals.ValidationFailed(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        acting.RunAsync(
            call,
            ActKind.ChargeOffLoan,
            "The loan is charged off. The customer owes it still; anything paid from now on is a recovery.",
            (loan, act) =>
                PlanActRules
                    .ChargeOff(
                        loan,
                        new LoanChargedOff
                        {
                            Id = act.Id,
                            Sequence = act.Sequence,
                            On = act.On,
                        }
                    )
                    .Then(one => one)
        );
}
