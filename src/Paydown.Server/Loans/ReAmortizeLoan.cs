using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>A manager spreads what is overdue over the installments to come.</summary>
public sealed class ReAmortizeLoan(LoanActing acting) : IUseCase
{
    private static readonly Field<MovedInterest?> Interest = Field
        .OneOf<MovedInterest>("movedInterest", "Where overdue interest goes. Absent: the next installment asks for it.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("Spread what is overdue over the installments to come, or see what that would change")
            .Reads(Interest, LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.PlanFollowsPayments(),
                Refusals.LoanGivenUp(),
                Refusals.NothingToMove(),
                Refusals.ValidationFailed(),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        acting.RunAsync(
            call,
            ActKind.ReAmortizeLoan,
            "What was overdue is spread over the installments to come.",
            (loan, act) =>
                PlanActRules
                    .ReAmortize(
                        loan,
                        new LoanReAmortized
                        {
                            Id = act.Id,
                            Sequence = act.Sequence,
                            On = act.On,
                            MovedInterest = call.Body.Get(Interest) ?? default,
                        }
                    )
                    .Then(one => one)
        );
}
