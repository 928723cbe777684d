using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Loans;

/// <summary>
/// Builds what happened to a loan, in the order of recording, with ids that count. Down payments are kept back as the
/// terms say: those given here, or else those of each replay.
/// </summary>
internal sealed class History(Currency? currency = null, LoanTerms? agreed = null)
{
    private readonly List<LoanEvent> events = [];

    public IReadOnlyList<LoanEvent> Events => events;

    public LoanEventId Last => events[^1].Id;

    public History Disburse(string on, long amount) => Add(LoanEventKind.Disbursement, Day(on), amount);

    public History Pay(string on, long amount) => Add(LoanEventKind.Repayment, Day(on), amount);

    public History Charge(string on, string dueOn, long amount, ChargeKind kind = ChargeKind.Fee) =>
        Add(LoanEventKind.Charge, Day(on), amount, dueOn: Day(dueOn), chargeKind: kind);

    public History Reverse(string on, LoanEventId target) => Add(LoanEventKind.Reversal, Day(on), 0, target);

    public History Add(
        LoanEventKind kind,
        DateOnly on,
        long amount,
        LoanEventId? target = null,
        DateOnly? dueOn = null,
        ChargeKind? chargeKind = null
    )
    {
        var sequence = events.Count + 1;
        var added = TestEvents.Of(
            kind,
            IdOf(sequence),
            sequence,
            on,
            new Money(amount, currency ?? Naira),
            target,
            dueOn,
            chargeKind ?? ChargeKind.Fee
        );
        events.Add(agreed is null ? added : TestEvents.Collecting(agreed, events, added));
        return this;
    }

    public Loan Replay(LoanTerms terms, string asOf)
    {
        var recorded = new List<LoanEvent>();
        foreach (var one in events)
            recorded.Add(TestEvents.Collecting(terms, recorded, one));
        return Loan.Replay(terms, recorded, Day(asOf));
    }

    public static DateOnly Day(string text) => DateOnly.Parse(text);

    public static LoanEventId IdOf(int sequence) => new(new Guid(sequence, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
}
