using Paydown.Lending.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

public sealed class UndoRulesTests
{
    [Fact]
    public void Refusals_follow_their_order_of_precedence()
    {
        var history = Charged();
        var act = history.Last;
        UndoRules.Undo(null, history.Events, act).Refusal!.Code.ShouldBe("NOT_FOUND");
        Undo(history, History.IdOf(99)).Refusal!.Code.ShouldBe("NOT_FOUND");
        Undo(history, History.IdOf(1)).Refusal!.Code.ShouldBe("NOT_FOUND");
        Undo(history, act).Value.Amount.MinorUnits.ShouldBe(4_000);
        Undo(history.Reverse("2023-01-11", act), act).Refusal!.Code.ShouldBe("ALREADY_UNDONE");
    }

    [Theory]
    [InlineData(LoanEventKind.Charge, true)]
    [InlineData(LoanEventKind.Waiver, true)]
    [InlineData(LoanEventKind.WriteOff, true)]
    [InlineData(LoanEventKind.CreditBalanceRefund, true)]
    [InlineData(LoanEventKind.Disbursement, false)]
    [InlineData(LoanEventKind.Repayment, false)]
    [InlineData(LoanEventKind.GoodwillCredit, false)]
    [InlineData(LoanEventKind.Chargeback, false)]
    public void Acts_of_officers_can_be_undone_and_payments_cannot(LoanEventKind kind, bool canBeUndone)
    {
        var day = History.Day("2023-01-10");
        UndoRules.CanBeUndone(TestEvents.Of(kind, History.IdOf(2), 2, day, Kobo(100))).ShouldBe(canBeUndone);
        if (kind == LoanEventKind.Waiver)
            UndoRules
                .CanBeUndone(TestEvents.Of(kind, History.IdOf(2), 2, day, Kobo(100), History.IdOf(3)))
                .ShouldBe(canBeUndone);
    }

    private static History Charged() =>
        new History().Disburse("2023-01-01", 300_000).Charge("2023-01-10", "2023-01-20", 4_000);

    private static Lending.Outcomes.Result<LoanTransaction> Undo(
        History history,
        Lending.Identifiers.LoanEventId act
    ) => UndoRules.Undo(history.Replay(Agreed.Flat(), "2023-01-15"), history.Events, act);
}
