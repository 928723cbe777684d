using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Loans.History;

namespace Paydown.Lending.Tests.Loans;

/// <summary>
/// Acts on a running loan beside the published tables (ScenarioTests): where they meet payments that came before and
/// after, and what the rules refuse.
/// </summary>
public sealed class PlanActTests
{
    private static readonly LoanTerms Declining = Agreed.Flat() with
    {
        InterestMethod = InterestMethod.DecliningBalance,
    };

    [Fact]
    public void More_installments_of_fixed_interest_are_as_many_equal_ones_of_what_is_left()
    {
        var loan = Replay(Declining, "2023-02-10", Change("2023-02-10", "2023-03-01") with { ExtraInstallments = 2 });
        // 2,009.94 at 1 % in four installments: 2,009.94 × 0.01 ÷ (1 − 1.01⁻⁴) = 515.11.
        loan.Installments.Select(row => row.Due.Total).ShouldBe([102_007, 51_511, 51_511, 51_511, 51_510]);
        loan.Installments[^1].DueOn.ShouldBe(Day("2023-06-01"));
    }

    [Fact]
    public void What_is_paid_ahead_stays_paid_when_the_plan_changes()
    {
        var paid = new History().Disburse("2023-01-01", 300_000).Pay("2023-01-20", 150_000);
        var loan = Replay(
            Declining,
            paid,
            "2023-01-25",
            Change("2023-01-25", "2023-03-01") with
            {
                ExtraInstallments = 6,
            }
        );
        loan.Paid.Total.ShouldBe(150_000);
        loan.Installments[1].Paid.Principal.ShouldBe(150_000 - 102_007 - loan.Installments[1].Paid.Interest);
        loan.Outstanding.Principal.ShouldBe(300_000 - loan.Paid.Principal);
    }

    [Fact]
    public void An_installment_that_moves_beyond_a_charge_owes_it_and_is_no_longer_paid()
    {
        var free = Declining with { AnnualRatePercent = 0 };
        var charged = new History()
            .Disburse("2023-01-01", 300_000)
            .Pay("2023-01-02", 299_999)
            .Pay("2023-01-03", 1)
            .Charge("2023-01-05", "2023-05-01", 500);
        var moved = Change("2023-01-05", "2023-04-01") with { NewDueOn = Day("2023-06-01") };
        var loan = Replay(free, charged, "2023-01-05", moved);
        (loan.Installments[^1].Outstanding.Fees, loan.Installments[^1].PaidOn).ShouldBe((500, null));
        var paid = Replay(free, charged.Pay("2023-01-06", 500), "2023-01-06", moved);
        paid.Installments[^1].PaidOn.ShouldBe(Day("2023-01-06"));
    }

    [Fact]
    public void A_payment_recorded_late_is_settled_before_the_re_aging()
    {
        var act = ReAge("2023-03-10", "2023-04-10", 3);
        var without = Replay(Declining, "2023-03-10", act);
        var with = Replay(Declining, Lent().Pay("2023-02-01", 102_007), "2023-03-10", act);
        without.Transactions.Single(one => one.Kind == LoanEventKind.ReAge).Components.Principal.ShouldBe(300_000);
        with.Transactions.Single(one => one.Kind == LoanEventKind.ReAge).Components.Principal.ShouldBe(200_993);
        with.Installments[0].PaidOn.ShouldBe(Day("2023-02-01"));
        with.Status.ShouldBe(LoanStatus.Active);
    }

    [Fact]
    public void What_is_moved_reaches_a_row_that_was_paid_ahead_and_owes_again()
    {
        // The down payment of 75.00 pays the last row first, 25.00, and leaves 25.00 of its own; 10.00 is owed again.
        var terms = Agreed.Recalculated() with
        {
            NumberOfInstallments = 1,
            AnnualRatePercent = 12,
            DownPayment = new DownPayment(75, Automatic: true),
            Allocation = Agreed.Advanced with
            {
                Buckets = [new(DueType.InAdvance, Component.Principal), new(DueType.Due, Component.Principal)],
            },
        };
        var lent = new History(agreed: terms)
            .Disburse("2024-01-01", 10_000)
            .Add(LoanEventKind.Chargeback, Day("2024-01-10"), 1_000, DerivedId.DownPayment(IdOf(1)));
        var loan = Replay(terms, lent, "2024-01-20", ReAmortize("2024-01-20"));
        loan.Installments.Select(row => row.Outstanding.Principal).ShouldBe([0, 3_500]);
        loan.Installments.Sum(row => row.Due.Principal).ShouldBe(11_000);
    }

    [Fact]
    public void Fees_stay_in_arrears_when_the_rest_is_re_aged()
    {
        var charged = Lent().Charge("2023-01-05", "2023-01-20", 500);
        var loan = Replay(Declining, charged, "2023-03-10", ReAge("2023-03-10", "2023-04-10", 3));
        loan.Installments[0].Outstanding.ShouldBe(new(0, 0, 500, 0));
        loan.Status.ShouldBe(LoanStatus.InArrears);
    }

    [Fact]
    public void Termination_asks_for_the_interest_of_the_days_that_have_passed_and_undoing_it_restores_the_plan()
    {
        var end = new ContractTerminated
        {
            Id = IdOf(50),
            Sequence = 50,
            On = Day("2023-02-15"),
        };
        var loan = Replay(Declining, "2023-02-15", end);
        // 20.10 of February, for 14 of its 28 days.
        loan.Outstanding.ShouldBe(new(300_000, 3_000 + 1_005, 0, 0));
        loan.Installments.Count.ShouldBe(2);
        var undone = TestEvents.Reversal(IdOf(51), 51, Day("2023-02-16"), end.Id);
        var restored = Loan.Replay(Declining, [.. Lent().Events, end, undone], Day("2023-02-16"));
        restored.Outstanding.ShouldBe(Lent().Replay(Declining, "2023-02-16").Outstanding);
    }

    [Fact]
    public void A_rate_that_changes_inside_a_period_counts_for_its_days()
    {
        var change = Change("2024-01-05", "2024-01-17") with { AnnualRatePercent = 14m };
        var loan = Replay(Agreed.Recalculated(), Lent("2024-01-01", 10_000), "2024-01-05", change);
        // 100.00 × 7 % ÷ 12 × (15 + 2 × 16) ÷ 31 = 0.88.
        loan.Installments[0].Due.Interest.ShouldBe(88);
    }

    [Fact]
    public void Acts_that_would_change_nothing_or_too_much_are_refused()
    {
        var loan = Lent().Replay(Declining, "2023-01-25");
        CodeOf(PlanActRules.Reschedule(null, Change("2023-01-25", "2023-02-01"))).ShouldBe("NOT_FOUND");
        CodeOf(PlanActRules.Reschedule(loan, Change("2023-01-25", "2023-02-01"))).ShouldBe("VALIDATION_ERROR");
        CodeOf(PlanActRules.Reschedule(loan, Change("2023-01-25", "2023-09-01") with { ExtraInstallments = 1 }))
            .ShouldBe("VALIDATION_ERROR");
        CodeOf(PlanActRules.Reschedule(loan, Change("2023-01-25", "2023-02-01") with { NewDueOn = Day("2023-01-25") }))
            .ShouldBe("VALIDATION_ERROR");
        CodeOf(PlanActRules.Reschedule(loan, Change("2023-01-25", "2023-02-01") with { GracePrincipal = 3 }))
            .ShouldBe("VALIDATION_ERROR");
        CodeOf(
                PlanActRules.ReAmortize(
                    loan,
                    new LoanReAmortized
                    {
                        Id = IdOf(9),
                        Sequence = 9,
                        On = Day("2023-01-25"),
                    }
                )
            )
            .ShouldBe("NOTHING_TO_MOVE");
        CodeOf(PlanActRules.ReAge(loan, ReAge("2023-01-25", "2023-01-25", 3))).ShouldBe("VALIDATION_ERROR");
        CodeOf(PauseRules.PauseInterest(loan, Day("2023-02-05"), Day("2023-02-10"))).ShouldBe("INTEREST_IS_FIXED");
        var rows = Declining with
        {
            Recalculation = Agreed.Recalculated().Recalculation! with { Balance = InterestBalance.Planned },
        };
        CodeOf(PlanActRules.ReAge(Lent().Replay(rows, "2023-01-25"), ReAge("2023-01-25", "2023-02-25", 3)))
            .ShouldBe("PLAN_FOLLOWS_PAYMENTS");
    }

    [Fact]
    public void A_loan_that_was_charged_off_is_changed_no_more_and_can_still_be_paid()
    {
        var off = new LoanChargedOff
        {
            Id = IdOf(50),
            Sequence = 50,
            On = Day("2023-05-01"),
        };
        var loan = Replay(Declining, "2023-05-01", off);
        loan.Transactions[^1].Components.ShouldBe(loan.Outstanding);
        CodeOf(PlanActRules.ChargeOff(loan, off)).ShouldBe("LOAN_GIVEN_UP");
        var paid = Lent().Pay("2023-05-10", loan.Outstanding.Total);
        Replay(Declining, paid, "2023-05-10", off).Status.ShouldBe(LoanStatus.Closed);
    }

    [Fact]
    public void A_disbursement_is_undone_only_before_any_payment()
    {
        var lent = Lent();
        UndoDisbursementRules.UndoLast(lent.Replay(Declining, "2023-01-05"), lent.Events).Value.Id.ShouldBe(IdOf(1));
        lent.Pay("2023-01-05", 100);
        CodeOf(UndoDisbursementRules.UndoLast(lent.Replay(Declining, "2023-01-05"), lent.Events))
            .ShouldBe("PAID_SINCE_DISBURSEMENT");
    }

    private static History Lent(string on = "2023-01-01", long amount = 300_000) => new History().Disburse(on, amount);

    private static Loan Replay(LoanTerms terms, string asOf, LoanEvent act) => Replay(terms, Lent(), asOf, act);

    private static Loan Replay(LoanTerms terms, History history, string asOf, LoanEvent act) =>
        Loan.Replay(terms, [act, .. history.Events], Day(asOf));

    private static LoanRescheduled Change(string on, string from) =>
        new()
        {
            Id = IdOf(50),
            Sequence = 50,
            On = Day(on),
            From = Day(from),
        };

    private static LoanReAged ReAge(string on, string firstDueOn, int installments) =>
        new()
        {
            Id = IdOf(50),
            Sequence = 50,
            On = Day(on),
            FirstDueOn = Day(firstDueOn),
            Installments = installments,
            RepayEvery = 1,
            RepayUnit = PeriodUnit.Months,
        };

    private static LoanReAmortized ReAmortize(string on) =>
        new()
        {
            Id = IdOf(50),
            Sequence = 50,
            On = Day(on),
            MovedInterest = MovedInterest.WithNext,
        };

    private static string? CodeOf<T>(Result<T> result)
        where T : notnull => result.Refusal?.Code;
}
