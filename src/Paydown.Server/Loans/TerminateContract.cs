using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>A manager terminates a contract: all principal falls due today, with interest until today.</summary>
public sealed class TerminateContract(LoanActing acting) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Terminate a contract, so that all principal falls due today, or see what that would change")
            .Reads(LoanActing.Reason, LoanActing.DryRun)
            .Returns<ChangedLoan>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.PlanFollowsPayments(),
                Refusals.LoanGivenUp(),
                Refusals.ValidationFailed(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        acting.RunAsync(
            call,
            ActKind.TerminateContract,
            "The contract is terminated. All principal is due today.",
            (loan, act) =>
                PlanActRules
                    .Terminate(
                        loan,
                        new ContractTerminated
                        {
                            Id = act.Id,
                            Sequence = act.Sequence,
                            On = act.On,
                        }
                    )
                    .Then(one => one)
        );
}
