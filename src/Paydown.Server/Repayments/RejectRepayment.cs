using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer says that a reported repayment has not arrived: it never counts, and the customer is shown why.
/// </summary>
public sealed class RejectRepayment(ReasonedDecisions decisions, LoanChanges changes) : IUseCase
{
    private readonly ReasonedDecision decision = new(
        VerificationRules.Reject,
        changes.Reject,
        "The repayment is rejected; the customer is shown the reason."
    );

    public static IReadOnlyList<Field> Fields { get; } =
    [ReasonedDecisions.Reason with { Example = "No such transfer has arrived." }];

    public static Contract Contract { get; } =
        new Contract("Refuse a repayment that has not arrived")
            .Reads(Fields)
            .Returns<DecidedRepayment>()
            .Refuses(Refusals.NotFound("repayment"), Refusals.AlreadyDecided("VERIFIED"));

    public ValueTask<Answer> HandleAsync(Call call) => decisions.TakeAsync(call, decision);
}
