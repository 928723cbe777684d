using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// Lists what officers did to a loan, newest first: charges, waivers, refunds and write-offs, by the ids that undoing
/// names, and what of it was undone.
/// </summary>
public sealed class ListActs(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await LoanStore.FindInOrganisationAsync(
            connection,
            organisation.Id,
            call.PathId("accountId"),
            forUpdate: false,
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan account"));
        var records = await EventRecordStore.ListAsync(connection, stored, call.Cancellation);
        var loan = stored.Replay(organisation.Today(time));
        return Answer.Success<IReadOnlyList<ListedAct>>([
            .. stored
                .Events.Where(one => UndoRules.CanBeUndone(one))
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
}

/// <summary>Something that an officer did to a loan.</summary>
/// <param name="Id">What undoing names.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Amount">What it came to.</param>
/// <param name="On">The day from which it counts.</param>
/// <param name="DueDate">Of a charge: when it falls due.</param>
/// <param name="Reason">Why; null if nobody said.</param>
/// <param name="RecordedBy">The officer; of a fee that was agreed with the loan, whoever had it paid out.</param>
/// <param name="RecordedAt">When.</param>
/// <param name="IsUndone">Whether it was undone since.</param>
/// <param name="UndoneBy">The officer who undid it.</param>
/// <param name="UndoneAt">When.</param>
/// <param name="UndoneReason">Why.</param>
public sealed record ListedAct(
    Guid Id,
    LoanActKind Kind,
    Money Amount,
    DateOnly On,
    DateOnly? DueDate,
    string? Reason,
    Guid? RecordedBy,
    DateTimeOffset RecordedAt,
    bool IsUndone,
    Guid? UndoneBy,
    DateTimeOffset? UndoneAt,
    string? UndoneReason
)
{
    public static ListedAct Example { get; } =
        new(
            Guid.Parse("01957ad2-7c00-7000-8000-000000000006"),
            LoanActKind.Charge,
            new Money(150_000, Currency.Get("NGN")),
            new DateOnly(2026, 1, 31),
            new DateOnly(2026, 1, 31),
            "Returned direct debit",
            Guid.Parse("01957ad2-7c00-7000-8000-000000000005"),
            new DateTimeOffset(2026, 1, 31, 9, 30, 0, TimeSpan.Zero),
            false,
            null,
            null,
            null
        );

    public static ListedAct Of(
        StoredLoan stored,
        Loan loan,
        LoanEvent act,
        IReadOnlyDictionary<Guid, EventRecord> records
    )
    {
        var shown = loan.Transactions.FirstOrDefault(one => one.EventId == act.Id);
        var undo = shown is { IsReversed: true }
            ? stored.Events.LastOrDefault(one => one is EventReversed reversal && reversal.EventId == act.Id)
            : null;
        var (record, undone) = (records[act.Id], undo is null ? null : records[undo.Id]);
        return new ListedAct(
            act.Id,
            KindOf(act.Kind),
            stored.Money(shown?.AmountMinor ?? (act is MoneyEvent money ? money.AmountMinor : 0)),
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
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no act of an officer."),
        };
}
