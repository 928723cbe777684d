using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager lets the clock of the days past due stand still, for example after a disaster or during a dispute: these
/// days do not count and bring no penalty.
/// </summary>
public sealed class PauseArrears(LoanActing acting) : IUseCase
{
    private static readonly Field<DateOnly> From = Field.Date("from", "The first day that does not count.");
    private static readonly Field<DateOnly> Through = Field.Date("through", "The last one.");

    public static Contract Contract { get; } =
        new Contract("Pause the clock of the days past due, or see what that would change")
            .Reads(From, Through, LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.PauseOutOfRange(Sample.Date, PauseRules.DaysMax),
                Refusals.AlreadyPaused(),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        acting.RunAsync(
            call,
            ActKind.PauseArrears,
            "The days of the pause do not count as past due.",
            (loan, act) =>
                PauseRules
                    .PauseArrears(loan, call.Body.Get(From), call.Body.Get(Through))
                    .Then(days => new ArrearsPaused
                    {
                        Id = act.Id,
                        Sequence = act.Sequence,
                        On = days.From,
                        Through = days.Through,
                    })
        );
}
