using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

/// <summary>The rules of waiving, refunding, writing off and paying out further.</summary>
public sealed class ServicingRulesTests
{
    private static readonly History Running = new History().Disburse("2023-01-01", 300_000);
    private static readonly Loan Loan = Running.Replay(Agreed.Flat(), "2023-01-15");

    private static readonly LoanTerms Cumulative = Agreed.Flat() with
    {
        InterestMethod = InterestMethod.DecliningBalance,
        InterestPeriod = InterestPeriod.Daily,
        Recalculation = new InterestRecalculation(
            PreClosure.TillPreClosureDate,
            Reschedule.ReduceEmiAmount,
            RestFrequency.Daily,
            1,
            InterestBalance.Planned
        ),
    };

    // Found by the simulation (seed 2026790582): the rows know nothing of principal that is owed again, and the quote
    // outlived them.
    [Fact]
    public void A_payoff_after_a_chargeback_holds_for_its_day_if_rows_are_recalculated()
    {
        var terms = Cumulative with
        {
            Recalculation = new InterestRecalculation(
                PreClosure.TillRestFrequencyDate,
                Reschedule.ReduceEmiAmount,
                RestFrequency.Weekly,
                3,
                InterestBalance.Planned
            ),
        };
        var history = new History()
            .Disburse("2023-01-01", 300_000)
            .Add(LoanEventKind.CreditBalanceRefund, History.Day("2023-01-01"), 400_000)
            .Pay("2023-02-02", 650_000);
        foreach (var day in (string[])["2023-02-02", "2023-02-20", "2023-03-05"])
            history.Replay(terms, day).PayoffHoldsThrough.ShouldBe(History.Day(day));
    }

    // All that is wrong at first; each row mends what the row above was refused for.
    [Fact]
    public void Refusals_of_a_waiver_follow_their_order_of_precedence()
    {
        var charged = Charged();
        var loan = charged.Replay(Cumulative, "2023-01-15");
        var open = charged.Replay(Agreed.Flat(), "2023-01-15");
        var nobody = History.IdOf(999);
        Waive(null, charged, null, 99m).ShouldBe("NOT_FOUND");
        Waive(WrittenOff(), charged, null, 99m).ShouldBe("VALIDATION_ERROR");
        Waive(WrittenOff(), charged, nobody, 99m).ShouldBe("LOAN_NOT_RUNNING");
        Waive(loan, charged, nobody, 99m).ShouldBe("WAIVER_NOT_AVAILABLE");
        Waive(open, charged, nobody, 99m).ShouldBe("NOT_FOUND");
        Waive(open, charged, charged.Last, 99m).ShouldBe("VALIDATION_ERROR");
        Waive(open, charged, charged.Last, 5m).ShouldBe("");
    }

    [Fact]
    public void A_waiver_without_an_amount_covers_everything_unpaid()
    {
        var charged = Charged();
        var loan = charged.Replay(Agreed.Flat(), "2023-01-15");
        var request = new WaiverRequest(WaivedDebt.Charge, charged.Last, null);
        WaiverRules.Waive(loan, charged.Events, request).Value.MinorUnits.ShouldBe(500);
        WaiverRules
            .Waive(loan, charged.Events, new WaiverRequest(WaivedDebt.Interest, null, null))
            .Value.MinorUnits.ShouldBe(loan.Outstanding.Interest);
        charged.Pay("2023-01-16", loan.Outstanding.Total);
        WaiverRules
            .Waive(charged.Replay(Agreed.Flat(), "2023-01-16"), charged.Events, request)
            .Refusal!.Code.ShouldBe("LOAN_NOT_RUNNING");
    }

    [Fact]
    public void Waived_interest_does_not_come_back_with_a_further_disbursement()
    {
        var terms = Agreed.Flat() with { InterestMethod = InterestMethod.DecliningBalance };
        var history = new History().Disburse("2023-01-01", 200_000);
        var waived = new History().Disburse("2023-01-01", 200_000);
        waived.Add(LoanEventKind.Waiver, History.Day("2023-01-02"), 500);
        history.Disburse("2023-01-05", 100_000);
        waived.Disburse("2023-01-05", 100_000);
        Interest(waived).ShouldBe(Interest(history) - 500);

        long Interest(History one) => one.Replay(terms, "2023-01-05").Outstanding.Interest;
    }

    [Fact]
    public void An_overpayment_can_be_refunded_and_nothing_more()
    {
        var paid = new History().Disburse("2023-01-01", 300_000);
        paid.Pay("2023-01-15", paid.Replay(Agreed.Flat(), "2023-01-15").Payoff.Total + 1_000);
        var overpaid = paid.Replay(Agreed.Flat(), "2023-01-15");
        RefundRules.Refund(null, 1).Refusal!.Code.ShouldBe("NOT_FOUND");
        RefundRules.Refund(Loan, 1).Refusal!.Code.ShouldBe("NOTHING_OVERPAID");
        RefundRules.Refund(overpaid, 10.01m).Refusal!.Code.ShouldBe("VALIDATION_ERROR");
        RefundRules.Refund(overpaid, 0).Refusal!.Code.ShouldBe("VALIDATION_ERROR");
        RefundRules.Refund(overpaid, 10m).Value.MinorUnits.ShouldBe(1_000);
        RefundRules.Refund(overpaid, null).Value.MinorUnits.ShouldBe(1_000);
    }

    [Fact]
    public void A_future_payment_is_not_refunded_before_its_day()
    {
        var (today, tomorrow) = (History.Day("2023-01-15"), History.Day("2023-01-16"));
        RefundRules.CountsOn(Running.Events, today).ShouldBe(today);
        RefundRules
            .CountsOn(new History().Disburse("2023-01-01", 1).Pay("2023-01-16", 5).Events, today)
            .ShouldBe(tomorrow);
    }

    [Fact]
    public void Only_a_running_loan_is_written_off_and_in_full()
    {
        WriteOffRules.WriteOff(null).Refusal!.Code.ShouldBe("NOT_FOUND");
        WriteOffRules.WriteOff(WrittenOff()).Refusal!.Code.ShouldBe("LOAN_NOT_RUNNING");
        WriteOffRules.WriteOff(Loan).Value.MinorUnits.ShouldBe(Loan.Outstanding.Total);
    }

    [Fact]
    public void A_cumulative_loan_with_recalculated_interest_is_disbursed_once()
    {
        TrancheRules.CanBeSplit(Loan.Terms).ShouldBeTrue();
        TrancheRules.CanBeSplit(Cumulative).ShouldBeFalse();
        TrancheRules.CanBeSplit(Cumulative with { ScheduleType = ScheduleType.Progressive }).ShouldBeTrue();
    }

    [Fact]
    public void Paying_off_a_written_off_loan_takes_everything_that_was_lost()
    {
        var history = new History().Disburse("2023-01-01", 300_000);
        history.Add(LoanEventKind.WriteOff, History.Day("2023-06-01"), 0);
        var lost = history.Replay(Agreed.Flat(), "2023-06-02").Payoff.Total;
        lost.ShouldBe(Loan.Outstanding.Total);
        history.Pay("2023-06-02", lost).Replay(Agreed.Flat(), "2023-06-02").Status.ShouldBe(LoanStatus.Closed);
    }

    private static History Charged()
    {
        var history = new History().Disburse("2023-01-01", 300_000);
        history.Add(
            LoanEventKind.Charge,
            History.Day("2023-01-10"),
            500,
            dueOn: History.Day("2023-01-10"),
            chargeKind: ChargeKind.Fee
        );
        return history;
    }

    private static Loan WrittenOff()
    {
        var history = new History().Disburse("2023-01-01", 300_000);
        history.Add(LoanEventKind.WriteOff, History.Day("2023-01-10"), 0);
        return history.Replay(Agreed.Flat(), "2023-01-15");
    }

    private static string Waive(Loan? loan, History history, LoanEventId? chargeId, decimal amount) =>
        WaiverRules.Waive(loan, history.Events, new(WaivedDebt.Charge, chargeId, amount)).Refusal?.Code ?? "";
}
