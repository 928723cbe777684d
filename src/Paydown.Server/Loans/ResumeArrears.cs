using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>A manager lets the clock of the days past due run again before its pause ends: today counts.</summary>
public sealed class ResumeArrears(LoanActing acting) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Let the days past due count again from today, or see what that would change")
            .Reads(LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.NotPaused(),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        acting.RunAsync(
            call,
            ActKind.ResumeArrears,
            "The days past due count again.",
            (loan, act) =>
                PauseRules
                    .ResumeArrears(loan, act.On)
                    .Then(on => new ArrearsResumed
                    {
                        Id = act.Id,
                        Sequence = act.Sequence,
                        On = on,
                    })
        );
}
