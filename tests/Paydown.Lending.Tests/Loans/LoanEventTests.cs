using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

/// <summary>The set of events is closed: whoever adds one learns here what else needs a case for it.</summary>
public sealed class LoanEventTests
{
    private static readonly DateOnly On = new(2023, 1, 5);

    public static TheoryData<string> Types =>
        [
            .. typeof(LoanEvent)
                .Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(LoanEvent)) && !type.IsAbstract)
                .Select(type => type.Name),
        ];

    /// <summary>One of each type.</summary>
    internal static IReadOnlyList<LoanEvent> OneOfEach { get; } =
    [
        TestEvents.Disbursement(History.IdOf(10), 10, On, Kobo(5_000)),
        TestEvents.Payment(History.IdOf(11), 11, On, Kobo(1_000), PaymentSource.GoodwillCredit),
        TestEvents.Of(LoanEventKind.Charge, History.IdOf(12), 12, On, Kobo(300), dueOn: On, charge: ChargeKind.Penalty),
        TestEvents.Of(LoanEventKind.Waiver, History.IdOf(13), 13, On, Kobo(0), History.IdOf(12)),
        TestEvents.Of(LoanEventKind.Waiver, History.IdOf(14), 14, On, Kobo(20)),
        TestEvents.Of(LoanEventKind.CreditBalanceRefund, History.IdOf(15), 15, On, Kobo(10)),
        TestEvents.Of(LoanEventKind.Chargeback, History.IdOf(16), 16, On, Kobo(100), History.IdOf(11)),
        TestEvents.Of(LoanEventKind.WriteOff, History.IdOf(17), 17, On, Kobo(0)),
        TestEvents.Reversal(History.IdOf(18), 18, On, History.IdOf(17)),
        new FutureRuleChanged
        {
            Id = History.IdOf(19),
            Sequence = 19,
            On = On,
            Source = PaymentSource.Repayment,
            Rule = FutureRule.LastInstallment,
        },
        new ArrearsPaused
        {
            Id = History.IdOf(20),
            Sequence = 20,
            On = On,
            Through = On.AddDays(9),
        },
        new ArrearsResumed
        {
            Id = History.IdOf(21),
            Sequence = 21,
            On = On,
        },
        new ChargeAdjusted
        {
            Id = History.IdOf(22),
            Sequence = 22,
            On = On,
            Amount = Kobo(50),
            ChargeId = History.IdOf(12),
        },
        new LoanRescheduled
        {
            Id = History.IdOf(23),
            Sequence = 23,
            On = On,
            From = On.AddDays(1),
            ExtraInstallments = 2,
        },
        new LoanReAged
        {
            Id = History.IdOf(24),
            Sequence = 24,
            On = On,
            FirstDueOn = On.AddDays(30),
            Installments = 4,
            RepayEvery = 1,
            RepayUnit = PeriodUnit.Months,
        },
        new LoanReAmortized
        {
            Id = History.IdOf(25),
            Sequence = 25,
            On = On,
        },
        new InterestPaused
        {
            Id = History.IdOf(26),
            Sequence = 26,
            On = On,
            Through = On.AddDays(9),
        },
        new LoanChargedOff
        {
            Id = History.IdOf(27),
            Sequence = 27,
            On = On,
        },
        new ContractTerminated
        {
            Id = History.IdOf(28),
            Sequence = 28,
            On = On,
        },
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_can_be_replayed(string type)
    {
        var loanEvent = OneOfEach.Single(one => one.GetType().Name == type);
        var history = new History().Disburse("2023-01-01", 300_000);
        var loan = Loan.Replay(Agreed.Flat(), [.. history.Events, loanEvent], On);
        var isShown = loanEvent.HasTransaction;
        loan.Transactions.Count(one => one.EventId == loanEvent.Id).ShouldBe(isShown ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_can_be_reversed(string type)
    {
        var loanEvent = OneOfEach.Single(one => one.GetType().Name == type);
        var history = new History().Disburse("2023-01-01", 300_000);
        var reversal = TestEvents.Reversal(History.IdOf(90), 90, On, loanEvent.Id);
        var reversed = Loan.Replay(Agreed.Flat(), [.. history.Events, loanEvent, reversal], On);
        var never = Loan.Replay(Agreed.Flat(), history.Events, On);
        (reversed.Outstanding, reversed.Overpaid.MinorUnits).ShouldBe((never.Outstanding, never.Overpaid.MinorUnits));
    }
}
