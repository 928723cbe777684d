using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer takes back a repayment that was verified, for example because the bank returned it: the loan stands as if
/// it had never come, a closed one is open again, and the customer is shown it as rejected with the reason. What was
/// paid out of the wallet returns there. Ids and history stay. Above the organisation's four-eyes amount a second
/// officer must approve it.
/// </summary>
public sealed class ReverseRepayment(ReasonedDecisions decisions, LoanChanges changes) : IUseCase
{
    private readonly ReasonedDecision decision = new(
        VerificationRules.Reverse,
        changes.Reverse,
        "The repayment is reversed: the loan stands as if it had never come.",
        ActKind.ReverseRepayment
    );

    public static IReadOnlyList<Field> Fields { get; } =
    [ReasonedDecisions.Reason with { Example = "The bank returned the transfer." }];

    public static Contract Contract { get; } =
        new Contract("Take back a repayment that was verified")
            .Reads(Fields)
            .Returns<DecidedRepayment>()
            .Refuses(
                Refusals.NotFound("repayment"),
                Refusals.RepaymentNotVerified(),
                Refusals.AlreadyDecided("REVERSED"),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) => decisions.TakeAsync(call, decision);
}
