using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>A manager agrees days on which a loan bears no interest.</summary>
public sealed class PauseInterest(LoanActing acting) : IUseCase
{
    private static readonly Field<DateOnly> From = Field.Date("from", "The first day without interest.");
    private static readonly Field<DateOnly> Through = Field.Date("through", "The last one.");

    public static Contract Contract { get; } =
        new Contract("Pause the interest of a loan, or see what that would change")
            .Reads(From, Through, LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.PauseOutOfRange(Sample.Date, PauseRules.DaysMax),
                Refusals.InterestIsFixed(),
                Refusals.AlreadyPaused(),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        acting.RunAsync(
            call,
            ActKind.PauseInterest,
            "The interest is paused.",
            (loan, act) =>
                PauseRules
                    .PauseInterest(loan, call.Body.Get(From), call.Body.Get(Through))
                    .Then(days => new InterestPaused
                    {
                        Id = act.Id,
                        Sequence = act.Sequence,
                        On = days.From,
                        Through = days.Through,
                    })
        );
}
