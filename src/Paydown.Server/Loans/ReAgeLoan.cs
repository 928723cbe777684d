using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>A manager spreads all that is unpaid over new installments.</summary>
public sealed class ReAgeLoan(LoanActing acting) : IUseCase
{
    private static readonly Field<DateOnly> FirstDueDate = Field.Date(
        "firstDueDate",
        "The due date of the first new installment: after today."
    );
    private static readonly Field<int> Installments = Field
        .Integer("installments", "How many new installments.", 1, PlanActRules.InstallmentsMax)
        .WithExample(6);
    private static readonly Field<int> RepayEvery = Field
        .Integer("repayEvery", "A new installment falls due every this many units.", 1, PlanActRules.RepayEveryMax)
        .WithExample(1);
    private static readonly Field<PeriodUnit> RepayUnit = Field.OneOf<PeriodUnit>("repayUnit", "The unit.");
    private static readonly Field<MovedInterest?> Interest = Field
        .OneOf<MovedInterest>("movedInterest", "Where unpaid interest goes. Absent: the next installment asks for it.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("Spread all that is unpaid over new installments, or see what that would change")
            .Reads(FirstDueDate, Installments, RepayEvery, RepayUnit, Interest, LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.PlanFollowsPayments(),
                Refusals.LoanGivenUp(),
                Refusals.NewDueDateOutOfRange(Sample.Date, Sample.Date),
                Refusals.NewInstallmentsOutOfRange(1, PlanActRules.InstallmentsMax, PlanActRules.RepayEveryMax),
                Refusals.NothingToMove(),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call)
    {
        var body = call.Body;
        return acting.RunAsync(
            call,
            ActKind.ReAgeLoan,
            "What was unpaid is spread over new installments.",
            (loan, act) =>
                PlanActRules
                    .ReAge(
                        loan,
                        new LoanReAged
                        {
                            Id = act.Id,
                            Sequence = act.Sequence,
                            On = act.On,
                            FirstDueOn = body.Get(FirstDueDate),
                            Installments = body.Get(Installments),
                            RepayEvery = body.Get(RepayEvery),
                            RepayUnit = body.Get(RepayUnit),
                            MovedInterest = body.Get(Interest) ?? default,
                        }
                    )
                    .Then(one => one)
        );
    }
}
