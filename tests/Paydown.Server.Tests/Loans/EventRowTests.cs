using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

public sealed class EventRowTests
{
    private static readonly DateOnly On = new(2026, 1, 5);
    private static readonly Guid Target = new(1, 0, 0, new byte[8]);

    private static readonly LoanEvent[] OneOfEach =
    [
        new Disbursed
        {
            Id = new(IdOf(1)),
            Sequence = 1,
            On = On,
            Amount = Kobo(5_000),
            DownPayment = Kobo(500),
        },
        .. Enum.GetValues<PaymentSource>()
            .Select(source => new PaymentReceived
            {
                Id = new(IdOf(2)),
                Sequence = 2,
                On = On,
                Amount = Kobo(1_000),
                Source = source,
            }),
        new ChargeApplied
        {
            Id = new(IdOf(3)),
            Sequence = 3,
            On = On,
            Amount = Kobo(300),
            Charge = ChargeKind.Penalty,
            DueOn = On.AddDays(9),
        },
        new ChargeWaived
        {
            Id = new(IdOf(4)),
            Sequence = 4,
            On = On,
            Amount = Kobo(0),
            ChargeId = new(Target),
        },
        new InterestWaived
        {
            Id = new(IdOf(5)),
            Sequence = 5,
            On = On,
            Amount = Kobo(20),
        },
        new OverpaymentRefunded
        {
            Id = new(IdOf(6)),
            Sequence = 6,
            On = On,
            Amount = Kobo(10),
        },
        new PaymentChargedBack
        {
            Id = new(IdOf(7)),
            Sequence = 7,
            On = On,
            Amount = Kobo(100),
            PaymentId = new(Target),
        },
        new ChargeAdjusted
        {
            Id = new(IdOf(12)),
            Sequence = 12,
            On = On,
            Amount = Kobo(100),
            ChargeId = new(Target),
        },
        new LoanWrittenOff
        {
            Id = new(IdOf(8)),
            Sequence = 8,
            On = On,
        },
        new EventReversed
        {
            Id = new(IdOf(9)),
            Sequence = 9,
            On = On,
            EventId = new(Target),
        },
        new FutureRuleChanged
        {
            Id = new(IdOf(10)),
            Sequence = 10,
            On = On,
            Rule = FutureRule.LastInstallment,
        },
        new FutureRuleChanged
        {
            Id = new(IdOf(11)),
            Sequence = 11,
            On = On,
            Source = PaymentSource.PayoutRefund,
            Rule = FutureRule.Reamortization,
        },
        new ArrearsPaused
        {
            Id = new(IdOf(13)),
            Sequence = 13,
            On = On,
            Through = On.AddDays(30),
        },
        new ArrearsResumed
        {
            Id = new(IdOf(14)),
            Sequence = 14,
            On = On,
        },
        new LoanRescheduled
        {
            Id = new(IdOf(15)),
            Sequence = 15,
            On = On,
            From = On.AddDays(1),
            NewDueOn = On.AddDays(40),
            ExtraInstallments = 2,
            GracePrincipal = 1,
            GraceInterest = 1,
            AnnualRatePercent = 9.25m,
        },
        new LoanReAged
        {
            Id = new(IdOf(16)),
            Sequence = 16,
            On = On,
            FirstDueOn = On.AddDays(9),
            Installments = 6,
            RepayEvery = 2,
            RepayUnit = PeriodUnit.Weeks,
            MovedInterest = MovedInterest.SplitEvenly,
        },
        new LoanReAmortized
        {
            Id = new(IdOf(17)),
            Sequence = 17,
            On = On,
            MovedInterest = MovedInterest.SplitEvenly,
        },
        new InterestPaused
        {
            Id = new(IdOf(18)),
            Sequence = 18,
            On = On,
            Through = On.AddDays(3),
        },
        new LoanChargedOff
        {
            Id = new(IdOf(19)),
            Sequence = 19,
            On = On,
        },
        new ContractTerminated
        {
            Id = new(IdOf(20)),
            Sequence = 20,
            On = On,
        },
    ];

    [Fact]
    public void Every_event_is_read_as_it_was_written()
    {
        foreach (var loanEvent in OneOfEach)
            EventRow.Of(loanEvent, Naira).ToEvent(loanEvent.Id, loanEvent.Sequence, loanEvent.On).ShouldBe(loanEvent);
    }

    [Fact]
    public void Every_type_of_event_is_in_this_test()
    {
        var types = typeof(LoanEvent)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LoanEvent)) && !type.IsAbstract);
        OneOfEach.Select(one => one.GetType()).Distinct().ShouldBe(types, ignoreOrder: true);
    }

    [Fact]
    public void A_row_without_a_field_of_its_kind_is_an_error() =>
        Should
            .Throw<InvalidDataException>(() =>
                new EventRow { Kind = "CHARGE", Amount = Kobo(1) }.ToEvent(new(IdOf(1)), 1, On)
            )
            .Message.ShouldContain("charge_kind");

    private static Guid IdOf(int number) => new(number, 0, 0, new byte[8]);
}
