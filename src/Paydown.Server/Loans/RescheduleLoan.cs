using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager changes the installments to come: other due dates, more installments, months without principal or
/// interest, another rate.
/// </summary>
public sealed class RescheduleLoan(LoanActing acting) : IUseCase
{
    private static readonly Field<DateOnly> From = Field.Date(
        "from",
        "The first installment that falls due on or after this day is the first one changed."
    );
    private static readonly Field<DateOnly?> NewDueDate = Field
        .Date(
            "newDueDate",
            "Its due date from now on; those after it follow in the agreed interval. Absent: they stay."
        )
        .Optional();
    private static readonly Field<int?> ExtraInstallments = Field
        .Integer("extraInstallments", "So many installments more. Absent: 0.", 0, PlanActRules.InstallmentsMax)
        .Optional();
    private static readonly Field<int?> GracePrincipal = Field
        .Integer(
            "gracePrincipal",
            "So many of the changed installments pay no principal. Absent: 0.",
            0,
            PlanActRules.InstallmentsMax
        )
        .Optional();
    private static readonly Field<int?> GraceInterest = Field
        .Integer(
            "graceInterest",
            "So many of the changed installments pay no interest; it falls due with the first after them. Absent: 0.",
            0,
            PlanActRules.InstallmentsMax
        )
        .Optional();
    private static readonly Field<decimal?> AnnualRatePercent = Field
        .Rate(
            "annualRatePercent",
            "The yearly rate in percent from that day on. Absent: as before.",
            0,
            PlanActRules.RateMax
        )
        .Optional()
        .WithExample(12);

    public static Contract Contract { get; } =
        new Contract("Change the installments to come, or see what that would change")
            .Reads(
                From,
                NewDueDate,
                ExtraInstallments,
                GracePrincipal,
                GraceInterest,
                AnnualRatePercent,
                LoanActing.Reason,
                LoanActing.DryRun
            )
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.PlanFollowsPayments(),
                Refusals.LoanGivenUp(),
                Refusals.RescheduleFromOutOfRange(Sample.Date, Sample.Date),
                Refusals.NothingToReschedule(),
                Refusals.NewDueDateOutOfRange(Sample.Date, Sample.Date),
                Refusals.ExtraInstallmentsOutOfRange(1),
                Refusals.GraceOutOfRange(1),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call)
    {
        var body = call.Body;
        return acting.RunAsync(
            call,
            ActKind.RescheduleLoan,
            "The loan is rescheduled.",
            (loan, act) =>
                PlanActRules
                    .Reschedule(
                        loan,
                        new LoanRescheduled
                        {
                            Id = act.Id,
                            Sequence = act.Sequence,
                            On = act.On,
                            From = body.Get(From),
                            NewDueOn = body.Get(NewDueDate),
                            ExtraInstallments = body.Get(ExtraInstallments) ?? 0,
                            GracePrincipal = body.Get(GracePrincipal) ?? 0,
                            GraceInterest = body.Get(GraceInterest) ?? 0,
                            AnnualRatePercent = body.Get(AnnualRatePercent),
                        }
                    )
                    .Then(one => one)
        );
    }
}
