using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Loans;

/// <summary>Builds what happened to a loan, in the order of recording, with ids that count.</summary>
internal sealed class History(Currency? currency = null)
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
        events.Add(
            TestEvents.Of(
                kind,
                IdOf(sequence),
                sequence,
                on,
                new Money(amount, currency ?? Naira),
                target,
                dueOn,
                chargeKind ?? ChargeKind.Fee
            )
        );
        return this;
    }

    public Loan Replay(LoanTerms terms, string asOf) => Loan.Replay(terms, events, Day(asOf));

    public static DateOnly Day(string text) => DateOnly.Parse(text);

    public static LoanEventId IdOf(int sequence) => new(new Guid(sequence, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
}
