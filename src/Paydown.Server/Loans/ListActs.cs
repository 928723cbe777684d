using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists an officer's acts on a loan, newest first: charges, waivers, credits, refunds, write-offs and changes of the
/// agreement. Each has the id that undo-act takes, and shows whether it was undone.
/// </summary>
public sealed class ListActs(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the acts of officers on a loan, newest first")
            .Returns<IReadOnlyList<ListedAct>>()
            .Refuses(Refusals.NotFound("loan account"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await LoanStore.FindInOrganisationAsync(
            connection,
            organisation.Id,
            call.Path(LoanRoutes.AccountId),
            forUpdate: false,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan account"));
        var records = await EventRecordStore.ListAsync(connection, stored, call.Cancellation);
        var loan = stored.Replay(organisation.Today(time));
        return Answer.Success<IReadOnlyList<ListedAct>>([
            .. stored
                .Events.Where(one => UndoRules.IsAct(one))
                .OrderByDescending(one => one.Sequence)
                .Select(one => ListedAct.Of(stored, loan, one, records)),
        ]);
    }
}

/// <summary>What officers do to a loan by hand.</summary>
public enum LoanActKind
{
    Charge,
    Waiver,
    Refund,
    WriteOff,
    Reschedule,
    ReAge,
    ReAmortization,
    ContractTermination,
    InterestPause,
    ArrearsPause,
    ArrearsResumption,
    ChargeOff,
    ChargeAdjustment,
    InterestPaymentWaiver,
}

/// <summary>An act of an officer on a loan.</summary>
/// <param name="Id">The act's id, which undoing it takes.</param>
/// <param name="Kind">The kind of act.</param>
/// <param name="Amount">The amount of the act.</param>
/// <param name="On">The day from which it counts.</param>
/// <param name="DueDate">The due date of a charge; null for other acts.</param>
/// <param name="Reason">Why it was done; null if no reason was given.</param>
/// <param name="RecordedBy">
/// The officer. For a fee that was agreed with the loan, the user who paid the loan out.
/// </param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="IsUndone">True if it was undone.</param>
/// <param name="UndoneBy">The officer who undid it; null if it was not undone.</param>
/// <param name="UndoneAt">When it was undone; null if it was not.</param>
/// <param name="UndoneReason">Why it was undone; null if it was not.</param>
public sealed record ListedAct(
    LoanEventId Id,
    LoanActKind Kind,
    Money Amount,
    DateOnly On,
    DateOnly? DueDate,
    string? Reason,
    UserId? RecordedBy,
    DateTimeOffset RecordedAt,
    bool IsUndone,
    UserId? UndoneBy,
    DateTimeOffset? UndoneAt,
    string? UndoneReason
)
{
    public static ListedAct Of(
        StoredLoan stored,
        Loan loan,
        LoanEvent act,
        IReadOnlyDictionary<LoanEventId, EventRecord> records
    )
    {
        var shown = loan.Transactions.FirstOrDefault(one => one.EventId == act.Id);
        var undo = stored.Events.LastOrDefault(one => one is EventReversed reversal && reversal.EventId == act.Id);
        var (record, undone) = (records[act.Id], undo is null ? null : records[undo.Id]);
        return new ListedAct(
            act.Id,
            KindOf(act.Kind),
            shown?.Amount ?? (act as MoneyEvent)?.Amount ?? Money.Zero(stored.Currency),
            act.On,
            act is ChargeApplied charge ? charge.DueOn : null,
            record.Reason,
            record.RecordedBy,
            record.RecordedAt,
            undone is not null,
            undone?.RecordedBy,
            undone?.RecordedAt,
            undone?.Reason
        );
    }

    public static LoanActKind KindOf(LoanEventKind kind) =>
        kind switch
        {
            LoanEventKind.Charge => LoanActKind.Charge,
            LoanEventKind.Waiver => LoanActKind.Waiver,
            LoanEventKind.CreditBalanceRefund => LoanActKind.Refund,
            LoanEventKind.WriteOff => LoanActKind.WriteOff,
            LoanEventKind.Reschedule => LoanActKind.Reschedule,
            LoanEventKind.ReAge => LoanActKind.ReAge,
            LoanEventKind.ReAmortization => LoanActKind.ReAmortization,
            LoanEventKind.ContractTermination => LoanActKind.ContractTermination,
            LoanEventKind.ChargeOff => LoanActKind.ChargeOff,
            LoanEventKind.ChargeAdjustment => LoanActKind.ChargeAdjustment,
            LoanEventKind.InterestPaymentWaiver => LoanActKind.InterestPaymentWaiver,
            LoanEventKind.InterestPause => LoanActKind.InterestPause,
            LoanEventKind.ArrearsPause => LoanActKind.ArrearsPause,
            LoanEventKind.ArrearsResumption => LoanActKind.ArrearsResumption,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Officers do not do this by hand."),
        };
}
