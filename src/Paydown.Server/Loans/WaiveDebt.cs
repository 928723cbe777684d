using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager waives the unpaid part of a charge, or interest. Above the organisation's four-eyes amount, a second
/// manager must approve.
/// </summary>
public sealed class WaiveDebt(SingleWrites writes, LoanChanges changes, FourEyes fourEyes) : IUseCase
{
    private static readonly Field<WaivedDebt> Debt = Field.OneOf(
        "debt",
        "What to waive.",
        WaivedDebt.Charge,
        WaivedDebt.Interest
    );
    private static readonly Field<LoanEventId?> ChargeId = Field
        .Id<LoanEventId>(
            "chargeId",
            "The charge to waive, as listed among the loan's charges; required if debt is CHARGE."
        )
        .Optional();
    private static readonly Field<decimal?> Amount = Field
        .Amount("amount", "At most the unpaid part. Absent: the whole unpaid part.")
        .Optional()
        .WithExample(500);
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why, for the audit trail.", 1, 255)
        .WithExample("The bank was closed that day.");

    public static Contract Contract { get; } =
        new Contract("Waive the unpaid part of a charge, or interest")
            .Reads(Debt, ChargeId, Amount, Reason)
            .Returns<AppliedWaiver>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.ChargeIdMissing(),
                Refusals.LoanNotRunning(),
                Refusals.WaiverNotAvailable(),
                Refusals.NotFound("charge"),
                Refusals.NothingToWaive(),
                Refusals.WaiverAmountOutOfRange(Sample.Amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, context));

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var loan = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(LoanRoutes.AccountId),
            forUpdate: true,
            call.Cancellation
        );
        var request = new WaiverRequest(call.Body.Get(Debt), call.Body.Get(ChargeId), call.Body.Get(Amount));
        var amount = WaiverRules.Waive(loan?.Replay(context.Today), loan?.Events ?? [], request);
        if (amount.IsRefused)
            return Answer.Refused(amount.Refusal);

        var (chargeId, reason) = (request.Debt == WaivedDebt.Charge ? request.ChargeId : null, call.Body.Get(Reason));
        var act = loan!.ActOf(
            ActKind.WaiveDebt,
            amount.Value,
            new
            {
                request.Debt,
                ChargeId = chargeId,
                Amount = amount.Value,
            },
            reason
        );
        var approval = await fourEyes.ApproveAsync(connection, act, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                AppliedWaiver.Of(loan, loan.Replay(context.Today), null, chargeId, Money.Zero(loan.Currency), awaited),
                AwaitedApproval.Message("the debt is waived")
            );
        }

        var change = changes.Waive(loan, chargeId, amount.Value, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            AppliedWaiver.Of(change.After, change.State, change.Events[0].Id, chargeId, amount.Value, awaited: null),
            "The debt is waived."
        );
    }
}

/// <summary>The response to waiving a debt.</summary>
/// <param name="Id">The waiver's id; null while a second manager is awaited.</param>
/// <param name="AccountId">The loan account.</param>
/// <param name="Debt"><c>CHARGE</c> or <c>INTEREST</c>.</param>
/// <param name="ChargeId">The waived charge; null for interest.</param>
/// <param name="WaivedAmount">The waived amount; 0 while a second manager is awaited.</param>
/// <param name="InterestBalance">The loan's outstanding interest now.</param>
/// <param name="FeesBalance">The loan's outstanding fees now.</param>
/// <param name="PenaltyBalance">The loan's outstanding penalties now.</param>
/// <param name="TotalBalance">Everything outstanding on the loan now.</param>
/// <param name="AccountState">The loan account's state now.</param>
/// <param name="AwaitedApproval">The waiver that awaits a second manager; null if there is none.</param>
public sealed record AppliedWaiver(
    LoanEventId? Id,
    LoanId AccountId,
    WaivedDebt Debt,
    LoanEventId? ChargeId,
    Money WaivedAmount,
    Money InterestBalance,
    Money FeesBalance,
    Money PenaltyBalance,
    Money TotalBalance,
    string AccountState,
    AwaitedApproval? AwaitedApproval
)
{
    public static AppliedWaiver Of(
        StoredLoan loan,
        Loan state,
        LoanEventId? id,
        LoanEventId? chargeId,
        Money amount,
        AwaitedApproval? awaited
    )
    {
        var owed = state.Outstanding;
        return new AppliedWaiver(
            id,
            loan.Id,
            chargeId is null ? WaivedDebt.Interest : WaivedDebt.Charge,
            chargeId,
            amount,
            loan.Money(owed.Interest),
            loan.Money(owed.Fees),
            loan.Money(owed.Penalty),
            loan.Money(owed.Total),
            Words.Write(state.Status),
            awaited
        );
    }
}
