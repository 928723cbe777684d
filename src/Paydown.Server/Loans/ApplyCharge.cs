using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager charges a fee or a penalty to a running loan. Above the organisation's four-eyes amount, a second manager
/// must approve.
/// </summary>
public sealed class ApplyCharge(SingleWrites writes, LoanChanges changes, FourEyes fourEyes) : IUseCase
{
    private static readonly Field<ChargeKind> Kind = Field.OneOf(
        "kind",
        "The kind of charge.",
        ChargeKind.Fee,
        ChargeKind.Penalty
    );
    private static readonly Field<decimal> Amount = Field
        .Amount("amount", "The amount: more than 0 and at most the disbursed principal.")
        .WithExample(1500);
    private static readonly Field<DateOnly?> DueDate = Field
        .Date("dueDate", "The day on which it falls due. Absent: today.")
        .Optional();
    private static readonly Field<string?> Reason = Field
        .Text("reason", "Why; the customer sees it.", 1, 255)
        .Optional()
        .WithExample("Returned direct debit");

    public static Contract Contract { get; } =
        new Contract("Charge a fee or a penalty")
            .Reads(Kind, Amount, DueDate, Reason)
            .Returns<AppliedCharge>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanNotRunning(),
                Refusals.ChargeAmountOutOfRange(Sample.Amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired(),
                Refusals.ChargeDateOutOfRange(Sample.Date, Sample.Date)
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
        var dueOn = call.Body.Get(DueDate) ?? context.Today;
        var amount = ChargeRules.Apply(loan?.Replay(context.Today), call.Body.Get(Amount), dueOn);
        if (amount.IsRefused)
            return Answer.Refused(amount.Refusal);

        var kind = call.Body.Get(Kind);
        var reason = call.Body.Get(Reason);
        // Without a due date, the charge falls due when it is applied. So a second manager may approve it on a later
        // day.
        var act = loan!.ActOf(
            ActKind.ApplyCharge,
            amount.Value,
            new
            {
                Kind = kind,
                Amount = amount.Value,
                DueDate = call.Body.Get(DueDate),
            },
            reason
        );
        var approval = await fourEyes.ApproveAsync(connection, act, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                AppliedCharge.Of(loan, loan.Replay(context.Today), null, kind, amount.Value, dueOn, awaited),
                AwaitedApproval.Message("the charge is applied")
            );
        }

        var change = changes.Charge(loan, kind, amount.Value, dueOn, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            AppliedCharge.Of(change.After, change.State, change.Events[0].Id, kind, amount.Value, dueOn, awaited: null),
            "The charge is applied."
        );
    }
}

/// <summary>The response to applying a charge.</summary>
/// <param name="Id">The charge's id; null while a second manager is awaited.</param>
/// <param name="AccountId">The loan account.</param>
/// <param name="Kind"><c>FEE</c> or <c>PENALTY</c>.</param>
/// <param name="Amount">The amount of the charge.</param>
/// <param name="DueDate">The day on which the charge falls due.</param>
/// <param name="FeesBalance">The loan's outstanding fees now.</param>
/// <param name="PenaltyBalance">The loan's outstanding penalties now.</param>
/// <param name="TotalBalance">Everything outstanding on the loan now.</param>
/// <param name="AccountState">The loan account's state now.</param>
/// <param name="AwaitedApproval">The charge that awaits a second manager; null if there is none.</param>
public sealed record AppliedCharge(
    LoanEventId? Id,
    LoanId AccountId,
    ChargeKind Kind,
    Money Amount,
    DateOnly DueDate,
    Money FeesBalance,
    Money PenaltyBalance,
    Money TotalBalance,
    string AccountState,
    AwaitedApproval? AwaitedApproval
)
{
    public static AppliedCharge Of(
        StoredLoan loan,
        Loan state,
        LoanEventId? id,
        ChargeKind kind,
        Money amount,
        DateOnly dueOn,
        AwaitedApproval? awaited
    )
    {
        var owed = state.Outstanding;
        return new AppliedCharge(
            id,
            loan.Id,
            kind,
            amount,
            dueOn,
            loan.Money(owed.Fees),
            loan.Money(owed.Penalty),
            loan.Money(owed.Total),
            Words.Write(state.Status),
            awaited
        );
    }
}
