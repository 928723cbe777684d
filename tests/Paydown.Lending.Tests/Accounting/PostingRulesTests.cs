using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Tests.Accounting;

public sealed class PostingRulesTests
{
    private static readonly DateOnly Day = new(2026, 3, 15);

    private static readonly LoanTransaction Repayment = Paid(new ComponentAmounts(700, 200, 60, 40), overpaid: 25);

    [Fact]
    public void An_unbalanced_entry_cannot_be_constructed() =>
        Should.Throw<InvalidOperationException>(() =>
            Draft().Debit(CollectionAccount, 100).Credit(LoanPrincipal, 99).Balanced()
        );

    [Fact]
    public void An_entry_without_postings_cannot_be_constructed() =>
        Should.Throw<InvalidOperationException>(() => Draft().Debit(CollectionAccount, 0).Balanced());

    [Fact]
    public void A_payment_that_does_not_add_up_cannot_be_booked() =>
        Should.Throw<InvalidOperationException>(() =>
            PostingRules.RepaymentVerified(Repayment with { Amount = Kobo(Repayment.Amount.MinorUnits + 1) })
        );

    [Fact]
    public void A_verified_repayment_settles_debts_and_the_rest_is_owed_to_the_customer()
    {
        var entry = PostingRules.RepaymentVerified(Repayment);
        entry.Postings.ShouldBe([
            new(CollectionAccount, Kobo(1025)),
            new(PenaltiesReceivable, Kobo(-40)),
            new(FeesReceivable, Kobo(-60)),
            new(InterestReceivable, Kobo(-200)),
            new(LoanPrincipal, Kobo(-700)),
            new(OwedToCustomer, Kobo(-25)),
        ]);
        (entry.Kind, entry.EffectiveOn, entry.SubjectId).ShouldBe(
            (JournalEntryKind.RepaymentVerified, Day, Repayment.EventId.AsSubject)
        );
    }

    [Fact]
    public void A_reversal_is_the_opposite_of_the_original_entry()
    {
        var booked = PostingRules.RepaymentVerified(Repayment);
        var reversed = AdjustingEntries.Reversed(Repayment, Day.AddDays(9))!;
        reversed.Postings.ShouldBe(
            booked.Postings.Select(posting => posting with { Amount = Kobo(-posting.Amount.MinorUnits) })
        );
        reversed.EffectiveOn.ShouldBe(Day.AddDays(9));
    }

    [Fact]
    public void A_changed_allocation_is_adjusted_by_the_difference()
    {
        var after = Paid(new ComponentAmounts(800, 150, 60, 15), overpaid: 0);
        AdjustingEntries
            .Adjusted(Repayment, after, Day)!
            .Postings.ShouldBe([
                new(PenaltiesReceivable, Kobo(25)),
                new(InterestReceivable, Kobo(50)),
                new(LoanPrincipal, Kobo(-100)),
                new(OwedToCustomer, Kobo(25)),
            ]);
    }

    [Fact]
    public void A_disbursement_turns_money_into_principal()
    {
        var disbursed = Paid(default, 0) with { Kind = LoanEventKind.Disbursement, Amount = Kobo(1_000) };
        PostingRules
            .LoanDisbursed(disbursed)
            .Postings.ShouldBe([new(LoanPrincipal, Kobo(1_000)), new(FundingAccount, Kobo(-1_000))]);
    }

    [Fact]
    public void A_charge_is_a_receivable_and_income()
    {
        var charge = Paid(new ComponentAmounts(0, 0, 30, 0), 0) with { Kind = LoanEventKind.Charge };
        PostingRules
            .ChargeApplied(charge)!
            .Postings.ShouldBe([new(FeesReceivable, Kobo(30)), new(FeeIncome, Kobo(-30))]);
        var smaller = charge with { Components = new ComponentAmounts(0, 0, 23, 0) };
        AdjustingEntries
            .Adjusted(charge, smaller, Day)!
            .Postings.ShouldBe([new(FeesReceivable, Kobo(-7)), new(FeeIncome, Kobo(7))]);
        PostingRules.ChargeApplied(charge with { IsAfterWriteOff = true }).ShouldBeNull();
    }

    [Fact]
    public void Interest_becomes_income_when_it_is_paid() =>
        PostingRules
            .InterestAccrued(Repayment.EventId.AsSubject, Kobo(200), Day)
            .Postings.ShouldBe([new(InterestReceivable, Kobo(200)), new(InterestIncome, Kobo(-200))]);

    [Fact]
    public void A_waived_charge_is_taken_out_of_income_and_waived_interest_never_was_income()
    {
        var waiver = Paid(new ComponentAmounts(0, 50, 30, 7), 0) with { Kind = LoanEventKind.Waiver };
        PostingRules
            .Booked(waiver)!
            .Postings.ShouldBe([
                new(FeeIncome, Kobo(30)),
                new(PenaltyIncome, Kobo(7)),
                new(FeesReceivable, Kobo(-30)),
                new(PenaltiesReceivable, Kobo(-7)),
            ]);
        PostingRules.Booked(waiver with { Components = new ComponentAmounts(0, 50, 0, 0) }).ShouldBeNull();
    }

    [Fact]
    public void A_write_off_is_an_expense_of_the_receivables()
    {
        var writeOff = Paid(new ComponentAmounts(700, 200, 60, 40), 0) with { Kind = LoanEventKind.WriteOff };
        PostingRules
            .Booked(writeOff)!
            .Postings.ShouldBe([
                new(WriteOffExpense, Kobo(800)),
                new(PenaltiesReceivable, Kobo(-40)),
                new(FeesReceivable, Kobo(-60)),
                new(LoanPrincipal, Kobo(-700)),
            ]);
        PostingRules.Booked(writeOff with { Components = new ComponentAmounts(0, 200, 0, 0) }).ShouldBeNull();
    }

    [Fact]
    public void Money_received_after_a_write_off_is_a_recovery()
    {
        var entry = PostingRules.Booked(Repayment with { IsAfterWriteOff = true })!;
        entry.Kind.ShouldBe(JournalEntryKind.MoneyRecovered);
        entry.Postings.ShouldBe([
            new(CollectionAccount, Kobo(1025)),
            new(RecoveryIncome, Kobo(-1000)),
            new(OwedToCustomer, Kobo(-25)),
        ]);
    }

    [Fact]
    public void A_refund_pays_out_an_overpayment_and_a_chargeback_is_owed_again()
    {
        var refund = Paid(new ComponentAmounts(30, 0, 0, 0), 70) with { Kind = LoanEventKind.CreditBalanceRefund };
        PostingRules
            .Booked(refund)!
            .Postings.ShouldBe([
                new(OwedToCustomer, Kobo(70)),
                new(LoanPrincipal, Kobo(30)),
                new(CollectionAccount, Kobo(-100)),
            ]);
        var chargeback = Paid(new ComponentAmounts(30, 0, 0, 0), 0) with { Kind = LoanEventKind.Chargeback };
        PostingRules
            .Booked(chargeback)!
            .Postings.ShouldBe([new(LoanPrincipal, Kobo(30)), new(CollectionAccount, Kobo(-30))]);
        PostingRules
            .Booked(chargeback with { IsAfterWriteOff = true })!
            .Postings.ShouldBe([new(WriteOffExpense, Kobo(30)), new(CollectionAccount, Kobo(-30))]);
    }

    [Fact]
    public void A_credit_settles_like_a_payment_at_the_expense_of_its_giver()
    {
        var credit = Repayment with { Kind = LoanEventKind.GoodwillCredit };
        PostingRules.Booked(credit)!.Postings[0].ShouldBe(new(GoodwillExpense, Kobo(1025)));
        PostingRules
            .Booked(credit with { Kind = LoanEventKind.PayoutRefund })!
            .Postings[0]
            .ShouldBe(new(CollectionAccount, Kobo(1025)));
    }

    [Fact]
    public void A_refund_and_a_reversal_return_money_to_the_wallet()
    {
        var amount = Kobo(70);
        WalletPostings
            .RefundedToWallet(Repayment.EventId, amount, Day)
            .Postings.ShouldBe([new(CollectionAccount, Kobo(70)), new(CustomerWallet, Kobo(-70))]);
        WalletPostings
            .ReturnedToWallet(Repayment.EventId.AsRepayment, amount, Day)
            .Postings.ShouldBe([new(CollectionAccount, Kobo(70)), new(CustomerWallet, Kobo(-70))]);
        WalletPostings
            .RepaidFromWallet(Repayment.EventId.AsRepayment, amount, Day)
            .Postings.ShouldBe([new(CustomerWallet, Kobo(70)), new(CollectionAccount, Kobo(-70))]);
    }

    [Fact]
    public void Each_account_has_its_class()
    {
        ChartOfAccounts.ClassOf(OwedToCustomer).ShouldBe(AccountClass.Liability);
        ChartOfAccounts.ClassOf(PenaltyIncome).ShouldBe(AccountClass.Income);
        ChartOfAccounts.ClassOf(LoanPrincipal).ShouldBe(AccountClass.Asset);
        ChartOfAccounts.ClassOf(RecoveryIncome).ShouldBe(AccountClass.Income);
        ChartOfAccounts.ClassOf(WriteOffExpense).ShouldBe(AccountClass.Expense);
    }

    [Fact]
    public void A_failed_withdrawal_returns_amount_and_fee_and_a_settled_one_leaves_the_bank()
    {
        var (id, amount, fee) = (new TransferId(Repayment.EventId.Value), Kobo(10_000), Kobo(25));
        var taken = WalletPostings
            .FundsWithdrawn(id, amount, Day)
            .Postings.Concat(WalletPostings.WithdrawalFeeTaken(id, fee, Day).Postings)
            .ToList();
        taken.ShouldBe([
            new(CustomerWallet, Kobo(10_000)),
            new(PayoutClearing, Kobo(-10_000)),
            new(CustomerWallet, Kobo(25)),
            new(FeeIncome, Kobo(-25)),
        ]);
        var failed = WalletPostings.WithdrawalFailed(id, amount, fee, Day).Postings;
        taken
            .Concat(failed)
            .GroupBy(posting => posting.Account)
            .ShouldAllBe(account => account.Sum(posting => posting.Amount.MinorUnits) == 0);
        WalletPostings
            .WithdrawalSettled(id, amount, Day)
            .Postings.ShouldBe([new(PayoutClearing, Kobo(10_000)), new(FundingAccount, Kobo(-10_000))]);
        WalletPostings.WithdrawalFailed(id, amount, Money.Zero(Naira), Day).Postings.Count.ShouldBe(2);
        WalletPostings
            .WithdrawalReturned(id, amount, Day)
            .Postings.ShouldBe([new(FundingAccount, Kobo(10_000)), new(CustomerWallet, Kobo(-10_000))]);
    }

    private static JournalDraft Draft() => new(JournalEntryKind.RepaymentVerified, default, Day, Naira, "Test");

    private static LoanTransaction Paid(ComponentAmounts parts, long overpaid) =>
        new()
        {
            EventId = SampleLoans.Id(7),
            Kind = LoanEventKind.Repayment,
            On = Day,
            Amount = Kobo(parts.Total + overpaid),
            Components = parts,
            Overpaid = Kobo(overpaid),
            Lines = [],
            PrincipalBalance = Kobo(0),
            TotalBalance = Kobo(0),
            ForgoneInterest = Kobo(0),
            IsReversed = false,
        };
}
