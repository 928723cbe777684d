using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Loans;

public sealed class LoanTests
{
    [Fact]
    public void A_loan_runs_from_disbursement_to_closing_and_a_reversal_reopens_it()
    {
        var history = new History();
        history.Replay(Agreed.Flat(), "2023-01-01").Status.ShouldBe(LoanStatus.PendingDisbursement);
        history.Disburse("2023-01-01", 300_000);
        history.Replay(Agreed.Flat(), "2023-02-01").Status.ShouldBe(LoanStatus.Active);
        history.Replay(Agreed.Flat(), "2023-02-02").Status.ShouldBe(LoanStatus.InArrears);
        history.Pay("2023-02-01", 309_000);
        history.Replay(Agreed.Flat(), "2023-02-02").Status.ShouldBe(LoanStatus.Closed);
        history.Reverse("2023-02-03", history.Last);
        history.Replay(Agreed.Flat(), "2023-02-03").Status.ShouldBe(LoanStatus.InArrears);
    }

    [Fact]
    public void A_reversed_payment_still_shows_its_former_effect()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-02-01", 103_000);
        history.Reverse("2023-02-05", history.Last).Pay("2023-02-06", 50_000);
        var loan = history.Replay(Agreed.Flat(), "2023-02-06");
        var reversed = loan.Transactions.Single(transaction => transaction.IsReversed);
        reversed.Components.ShouldBe(new ComponentAmounts(100_000, 3_000, 0, 0));
        reversed.PrincipalBalance.MinorUnits.ShouldBe(200_000);
        loan.Paid.Total.ShouldBe(50_000);
    }

    [Fact]
    public void A_reversal_that_is_itself_reversed_does_not_count()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-02-01", 103_000);
        history.Reverse("2023-02-05", history.Last).Reverse("2023-02-06", History.IdOf(3));
        history.Replay(Agreed.Flat(), "2023-02-06").Paid.Total.ShouldBe(103_000);
    }

    [Fact]
    public void A_charge_after_maturity_adds_an_installment()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Charge("2023-01-01", "2023-04-17", 2_000);
        var loan = history.Replay(Agreed.Flat(), "2023-01-01");
        loan.Installments.Count.ShouldBe(4);
        loan.Installments[3].DueOn.ShouldBe(History.Day("2023-04-17"));
        loan.Installments[3].Due.ShouldBe(new ComponentAmounts(0, 0, 2_000, 0));
    }

    [Fact]
    public void An_overpayment_settles_new_debt_and_the_rest_can_be_refunded()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-02-01", 312_000);
        history.Replay(Agreed.Flat(), "2023-02-01").Overpaid.MinorUnits.ShouldBe(3_000);
        history.Charge("2023-02-02", "2023-02-02", 1_000);
        history.Replay(Agreed.Flat(), "2023-02-02").Overpaid.MinorUnits.ShouldBe(2_000);
        history.Add(LoanEventKind.CreditBalanceRefund, History.Day("2023-02-03"), 2_000);
        var loan = history.Replay(Agreed.Flat(), "2023-02-03");
        loan.Overpaid.MinorUnits.ShouldBe(0);
        loan.Status.ShouldBe(LoanStatus.Closed);
    }

    [Fact]
    public void A_refund_beyond_the_overpayment_is_owed_again()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-02-01", 310_000);
        history.Add(LoanEventKind.CreditBalanceRefund, History.Day("2023-02-03"), 5_000);
        var loan = history.Replay(Agreed.Flat(), "2023-02-03");
        loan.Outstanding.ShouldBe(new ComponentAmounts(4_000, 0, 0, 0));
        loan.Returned.MinorUnits.ShouldBe(4_000);
    }

    [Fact]
    public void A_chargeback_of_at_most_the_overpayment_takes_that()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-01-10", 319_000);
        history.Add(LoanEventKind.Chargeback, History.Day("2023-01-12"), 4_000, history.Last);
        var loan = history.Replay(Agreed.Flat(), "2023-01-12");
        (loan.Outstanding.Total, loan.Overpaid.MinorUnits).ShouldBe((0, 6_000));
        var taken = loan.Transactions.Single(one => one.Kind == LoanEventKind.Chargeback);
        (taken.Amount.MinorUnits, taken.Overpaid.MinorUnits, taken.Components.Total).ShouldBe((4_000, 4_000, 0));
    }

    [Fact]
    public void A_waived_charge_is_no_longer_owed()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Charge("2023-01-02", "2023-01-20", 5_000);
        history.Add(LoanEventKind.Waiver, History.Day("2023-01-10"), 0, history.Last);
        history.Replay(Agreed.Flat(), "2023-01-10").Outstanding.Fees.ShouldBe(0);
    }

    [Fact]
    public void A_written_off_loan_owes_nothing_and_later_money_is_a_recovery()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-02-01", 103_000);
        history.Add(LoanEventKind.WriteOff, History.Day("2023-06-01"), 0);
        var written = history.Replay(Agreed.Flat(), "2023-06-01");
        written.Status.ShouldBe(LoanStatus.WrittenOff);
        written.Outstanding.Total.ShouldBe(0);
        written.TotalWrittenOff.MinorUnits.ShouldBe(206_000);
        var recovered = history.Pay("2023-07-01", 50_000).Replay(Agreed.Flat(), "2023-07-01");
        recovered.Transactions[^1].IsAfterWriteOff.ShouldBeTrue();
        recovered.TotalWrittenOff.MinorUnits.ShouldBe(156_000);
        recovered.Overpaid.MinorUnits.ShouldBe(0);
    }

    // 1 February to 1 March has 28 days: on the 15th half of its interest of 30.00 is earned, and none of April's.
    [Fact]
    public void A_write_off_loses_only_interest_earned_by_its_day()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-02-01", 103_000);
        history.Add(LoanEventKind.WriteOff, History.Day("2023-02-15"), 0);
        var written = history.Replay(Agreed.Flat(), "2023-02-15");
        written.WrittenOff.ShouldBe(new ComponentAmounts(200_000, 1_500, 0, 0));
        written.Transactions[^1].Components.ShouldBe(written.WrittenOff);
        written.Transactions[^1].ForgoneInterest.MinorUnits.ShouldBe(4_500);
        written.Payoff.Total.ShouldBe(201_500);
        written
            .Installments.Sum(row => row.Due.Total + row.WrittenOff.Total + row.ForgoneInterest.MinorUnits)
            .ShouldBe(309_000);

        var recovered = history.Pay("2023-03-01", 201_600).Replay(Agreed.Flat(), "2023-03-01");
        (recovered.Status, recovered.Overpaid.MinorUnits).ShouldBe((LoanStatus.Overpaid, 100));
        recovered.Transactions[^1].Components.ShouldBe(new ComponentAmounts(200_000, 1_500, 0, 0));
    }

    [Fact]
    public void A_reversed_write_off_counts_as_if_it_had_never_happened()
    {
        var history = new History().Disburse("2023-01-01", 300_000).Pay("2023-02-01", 103_000);
        history.Add(LoanEventKind.WriteOff, History.Day("2023-02-15"), 0);
        var loan = history.Reverse("2023-02-20", history.Last).Replay(Agreed.Flat(), "2023-02-20");
        loan.Status.ShouldBe(LoanStatus.Active);
        loan.Outstanding.ShouldBe(new ComponentAmounts(200_000, 6_000, 0, 0));
        loan.TotalWrittenOff.MinorUnits.ShouldBe(0);
    }

    // The plan of published history C4111: 25.13 of interest in all, of which the first day earns 1,000 × 12 %/12 / 31.
    [Fact]
    public void A_write_off_of_recalculated_interest_loses_only_what_accrued_by_its_day()
    {
        var terms = Agreed.Recalculated() with
        {
            Principal = Kobo(100_000),
            NumberOfInstallments = 4,
            AnnualRatePercent = 12,
            ScheduleType = ScheduleType.Progressive,
            DaysInYear = DaysInYear.Days360,
            DaysInMonth = DaysInMonth.Days30,
            InterestPeriod = InterestPeriod.SameAsRepaymentPeriod,
            Allocation = Agreed.Advanced,
            Recalculation = new(
                PreClosure.TillPreClosureDate,
                Reschedule.AdjustLastUnpaidPeriod,
                RestFrequency.Daily,
                1
            ),
        };
        var history = new History().Disburse("2025-01-01", 100_000);
        history.Add(LoanEventKind.WriteOff, History.Day("2025-01-02"), 0);
        var loan = history.Replay(terms, "2025-01-02");
        loan.WrittenOff.ShouldBe(new ComponentAmounts(100_000, 32, 0, 0));
        loan.Transactions[^1].ForgoneInterest.MinorUnits.ShouldBe(25_13 - 32);
        loan.Payoff.Total.ShouldBe(100_032);
    }

    [Fact]
    public void An_overdue_installment_is_penalised_once_and_a_backdated_payment_removes_the_penalty()
    {
        var terms = Agreed.Flat() with
        {
            OverduePenalty = new OverduePenalty(1.5m, OverduePenaltyBase.PrincipalOverdue, GraceDays: 3),
        };
        var history = new History().Disburse("2023-01-01", 300_000);
        history.Replay(terms, "2023-02-04").Outstanding.Penalty.ShouldBe(0);
        history.Replay(terms, "2023-02-05").Outstanding.Penalty.ShouldBe(1_500);
        history.Replay(terms, "2023-02-28").Outstanding.Penalty.ShouldBe(1_500);
        history.Pay("2023-02-01", 103_000).Replay(terms, "2023-02-28").Outstanding.Penalty.ShouldBe(0);
    }

    [Fact]
    public void A_further_disbursement_is_spread_over_the_remaining_installments()
    {
        var terms = Agreed.Flat() with { AnnualRatePercent = 0m };
        var loan = new History()
            .Disburse("2023-01-01", 300_000)
            .Disburse("2023-02-10", 100_000)
            .Replay(terms, "2023-02-10");
        loan.Installments.Select(row => row.Due.Principal).ShouldBe([100_000, 150_000, 150_000]);
        loan.Disbursed.MinorUnits.ShouldBe(400_000);
    }

    [Fact]
    public void Overdue_principal_bears_interest_if_interest_is_recalculated()
    {
        var loan = new History()
            .Disburse("2024-01-01", 10_000)
            .Pay("2024-02-01", 1_701)
            .Replay(Agreed.Recalculated(), "2024-03-10");
        loan.Installments[2].Due.Interest.ShouldBe(42);
        loan.Installments[5].Due.ShouldBe(new ComponentAmounts(1_693, 10, 0, 0));
        loan.HoldsOnAnyDay.ShouldBeFalse();
    }

    [Fact]
    public void An_installment_paid_early_bears_interest_only_until_that_day()
    {
        var loan = new History()
            .Disburse("2024-01-01", 10_000)
            .Pay("2024-02-01", 1_701)
            .Pay("2024-02-15", 1_701)
            .Replay(Agreed.Recalculated(), "2024-02-15");
        loan.Installments[1].Due.ShouldBe(new ComponentAmounts(1_677, 24, 0, 0));
        loan.Installments[2].Due.ShouldBe(new ComponentAmounts(1_642, 59, 0, 0));
    }
}
