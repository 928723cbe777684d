using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Schedules;

/// <summary>Loans that are paid out in several parts. The tables of the first three are published.</summary>
public sealed class TrancheTests
{
    private static readonly LoanTerms Monthly = Agreed.Recalculated() with
    {
        AnnualRatePercent = 12m,
        Recalculation = null,
        NumberOfInstallments = 3,
    };

    private static readonly LoanTerms Yearly = Agreed.Recalculated() with
    {
        AnnualRatePercent = 33,
        NumberOfInstallments = 12,
        Allocation = Agreed.Advanced with
        {
            FutureRules = new Dictionary<PaymentSource, FutureRule>
            {
                [PaymentSource.MerchantIssuedRefund] = FutureRule.LastInstallment,
            },
        },
    };

    [Fact]
    public void A_tranche_on_a_due_date_recomputes_the_installment_on_the_whole_balance()
    {
        var loan = new History()
            .Disburse("2025-01-01", 1_000_00)
            .Pay("2025-02-01", 340_02)
            .Disburse("2025-02-01", 200_00)
            .Replay(Monthly, "2025-02-01");
        Rows(loan).ShouldBe([(330_02, 10_00), (432_83, 8_70), (437_15, 4_37)]);
    }

    [Fact]
    public void Each_disbursement_has_its_own_down_payment_on_its_day()
    {
        var terms = Agreed.Flat() with
        {
            AnnualRatePercent = 0m,
            InterestMethod = InterestMethod.DecliningBalance,
            DownPayment = new DownPayment(25m, Automatic: true),
        };
        var loan = new History()
            .Disburse("2022-01-01", 1_000_00)
            .Disburse("2022-01-10", 400_00)
            .Replay(terms, "2022-01-10");
        Rows(loan).ShouldBe([(250_00, 0), (100_00, 0), (350_00, 0), (350_00, 0), (350_00, 0)]);
        loan.Installments[1].DueOn.ShouldBe(History.Day("2022-01-10"));
        loan.Installments[1].IsDownPayment.ShouldBeTrue();
        loan.Installments[1].PaidOn.ShouldBe(History.Day("2022-01-10"));
        loan.Installments.Select(row => row.PrincipalBalance.MinorUnits)
            .ShouldBe([750_00, 1_050_00, 700_00, 350_00, 0]);
    }

    [Fact]
    public void The_down_payment_of_a_progressive_loan_is_taken_out_of_the_tranche()
    {
        var terms = Monthly with { NumberOfInstallments = 6, DownPayment = new DownPayment(25m, Automatic: false) };
        var loan = new History()
            .Disburse("2024-01-03", 350_00)
            .Disburse("2024-01-05", 200_00)
            .Replay(terms, "2024-01-08");
        Rows(loan)[..4].ShouldBe([(87_50, 0), (50_00, 0), (67_13, 4_03), (67_71, 3_45)]);
        Rows(loan)[^1].ShouldBe((70_45, 70));
    }

    [Fact]
    public void Earlier_allocations_show_the_current_installment_numbers()
    {
        var terms = Agreed.Flat() with
        {
            AnnualRatePercent = 0m,
            DownPayment = new DownPayment(10m, Automatic: true),
            NumberOfInstallments = 3,
        };
        var loan = new History()
            .Disburse("2023-01-01", 3_000_00)
            .Pay("2023-01-05", 900_00)
            .Disburse("2023-01-10", 1_000_00)
            .Replay(terms, "2023-01-10");
        loan.Transactions.Single(one => one.Kind == LoanEventKind.Repayment)
            .Lines.ShouldHaveSingleItem()
            .InstallmentNumber.ShouldBe(3);
        loan.Installments[2].Paid.Principal.ShouldBe(900_00);
    }

    [Fact]
    public void An_overpayment_settles_the_down_payment_of_a_tranche_before_it_is_collected()
    {
        var terms = Agreed.Flat() with
        {
            AnnualRatePercent = 0m,
            DownPayment = new DownPayment(25m, Automatic: true),
            NumberOfInstallments = 3,
        };
        var loan = new History()
            .Disburse("2024-02-01", 500_00)
            .Pay("2024-02-16", 1_000_00)
            .Disburse("2024-02-20", 625_00)
            .Replay(terms, "2024-02-20");
        loan.Status.ShouldBe(LoanStatus.Closed);
        loan.Transactions.Count(one => one.Kind == LoanEventKind.DownPayment).ShouldBe(1);
    }

    [Fact]
    public void A_tranche_after_installments_were_paid_ahead_costs_the_interest_of_its_days_and_no_more()
    {
        // 400.00 for 14 days and 900.00 for 17 days of January, 900.00 for 9 days of February, at 33 % a year.
        var paid = new History()
            .Disburse("2025-01-01", 500_00)
            .Add(LoanEventKind.MerchantIssuedRefund, History.Day("2025-01-01"), 100_00)
            .Disburse("2025-01-15", 500_00);
        var loan = paid.Replay(Yearly, "2025-02-10");
        (loan.Payoff.Principal, loan.Payoff.Interest).ShouldBe((900_00, 26_50));
        loan.Installments.Sum(row => row.Due.Principal).ShouldBe(1_000_00);
    }

    [Fact]
    public void An_installment_that_was_paid_ahead_in_part_stays_open_when_another_is_paid()
    {
        var loan = new History()
            .Disburse("2025-01-01", 1_000_00)
            .Add(LoanEventKind.MerchantIssuedRefund, History.Day("2025-01-10"), 1_63)
            .Pay("2025-01-20", 50_00)
            .Replay(Yearly, "2025-01-20");
        var last = loan.Installments[^1];
        (last.Paid.Principal, last.PaidOn).ShouldBe((1_63, null));
        last.Due.Total.ShouldBeGreaterThan(loan.Installments[^2].Due.Total - 20_00);
    }

    [Fact]
    public void Two_tranches_in_one_period_each_bear_interest_from_their_own_day()
    {
        // 100.00 for the 31 days of January, 100.00 for 21 and 100.00 for 11 of them, at 12 % and 30/360.
        var terms = Monthly with
        {
            NumberOfInstallments = 6,
        };
        var loan = new History()
            .Disburse("2024-01-01", 100_00)
            .Disburse("2024-01-11", 100_00)
            .Disburse("2024-01-21", 100_00)
            .Replay(terms, "2024-01-21");
        loan.Installments[0].Due.Interest.ShouldBe(2_03);
        loan.Installments.Take(5).Select(row => row.Due.Total).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void What_is_overdue_before_a_tranche_does_not_enlarge_the_level_installment()
    {
        var terms = Agreed.Recalculated();
        // By March the plan leaves 67.05; 9 cents more are owed, because January's installment was late in February.
        var loan = new History()
            .Disburse("2024-01-01", 100_00)
            .Disburse("2024-03-01", 100_00)
            .Replay(terms, "2024-03-01");
        loan.Installments.Take(2).Select(row => row.Due.Total).ShouldBe([17_01, 17_01]);
        loan.Installments.Skip(2).Take(3).ShouldAllBe(row => row.Due.Total == 42_37);
        loan.Installments[^1].Due.Total.ShouldBe(42_47);
    }

    [Fact]
    public void Graces_belong_to_the_loan_and_not_to_each_tranche()
    {
        var terms = Monthly with { NumberOfInstallments = 6, GracePrincipal = 2 };
        var loan = new History()
            .Disburse("2024-01-01", 100_00)
            .Disburse("2024-03-01", 100_00)
            .Replay(terms, "2024-03-01");
        loan.Installments[2].Due.Principal.ShouldBeGreaterThan(40_00);
    }

    [Fact]
    public void Flat_interest_on_a_tranche_covers_the_remaining_days()
    {
        var terms = Agreed.Flat() with { ScheduleType = ScheduleType.Progressive };
        var loan = new History()
            .Disburse("2024-06-01", 750_00)
            .Disburse("2024-07-15", 187_50)
            .Replay(terms, "2024-07-15");
        Rows(loan).ShouldBe([(250_00, 7_50), (344_17, 8_53), (343_33, 9_37)]);
        var byDays = terms with { InterestPeriod = InterestPeriod.Daily };
        Rows(new History().Disburse("2024-06-01", 1_000_00).Disburse("2024-07-15", 250_00).Replay(byDays, "2024-07-15"))
            .ShouldBe([(333_55, 9_84), (458_80, 11_56), (457_65, 12_70)]);
    }

    [Fact]
    public void A_full_term_tranche_extends_the_plan()
    {
        var terms = Agreed.Recalculated() with { AnnualRatePercent = 9.4822m, FullTermTranches = true };
        var loan = new History()
            .Disburse("2024-01-01", 100_00)
            .Disburse("2024-02-15", 100_00)
            .Replay(terms, "2024-02-15");
        Rows(loan)
            .ShouldBe([(16_34, 79), (33_07, 1_13), (33_01, 1_19), (33_27, 93), (33_53, 67), (33_86, 40), (16_92, 13)]);
        loan.Installments[^1].DueOn.ShouldBe(History.Day("2024-08-01"));
    }

    [Fact]
    public void Debt_after_maturity_moves_into_an_installment_added_later()
    {
        var terms = Agreed.Recalculated() with { AnnualRatePercent = 9.4822m, FullTermTranches = true };
        var loan = new History()
            .Disburse("2024-01-01", 100_00)
            .Charge("2024-01-01", "2024-07-15", 10_00)
            .Disburse("2024-02-15", 100_00)
            .Replay(terms, "2024-02-15");
        loan.Installments.Count.ShouldBe(7);
        loan.Installments[6].Due.Fees.ShouldBe(10_00);
    }

    [Fact]
    public void Charges_after_maturity_move_into_the_installments_of_their_days()
    {
        var terms = Agreed.Recalculated() with { AnnualRatePercent = 9.4822m, FullTermTranches = true };
        var loan = new History()
            .Disburse("2024-01-01", 100_00)
            .Charge("2024-01-01", "2024-07-15", 10_00)
            .Charge("2024-01-01", "2024-09-15", 3_00)
            .Disburse("2024-02-15", 100_00)
            .Replay(terms, "2024-02-15");
        loan.Installments.Skip(6).Select(row => row.Due.Fees).ShouldBe([10_00, 3_00]);
        loan.Charges.Select(charge => charge.InstallmentNumber).ShouldBe([7, 8]);
        loan.Installments[^1].FromOn.ShouldBe(History.Day("2024-08-01"));
    }

    [Fact]
    public void What_is_overdue_before_a_full_term_tranche_stays_in_the_last_installment_of_its_plan()
    {
        var terms = Agreed.Recalculated() with { AnnualRatePercent = 9.4822m, FullTermTranches = true };
        // 16.34 were late from February on: 13 cents more, which the last of the first six installments bears.
        var loan = new History()
            .Disburse("2024-01-01", 100_00)
            .Disburse("2024-03-01", 100_00)
            .Replay(terms, "2024-03-01");
        Rows(loan)[5].ShouldBe((33_86, 54));
        Rows(loan)[6..].ShouldBe([(16_86, 27), (17_00, 13)]);
    }

    private static (long Principal, long Interest)[] Rows(Loan loan) =>
        [.. loan.Installments.Select(row => (row.Due.Principal, row.Due.Interest))];
}
