using Paydown.Lending.Accounting;
using Paydown.Lending.Loans;
using Shouldly;
using Xunit;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Tests.Accounting;

public sealed class PostingRulesTests
{
    private static readonly Currency Naira = Currency.Get("NGN");
    private static readonly DateOnly Day = new(2026, 3, 15);

    private static readonly LoanTransaction Repayment = Paid(new Parts(700, 200, 60, 40), overpaid: 25);

    [Fact]
    public void An_unbalanced_entry_cannot_be_made() =>
        Should.Throw<InvalidOperationException>(() =>
            Draft().Debit(CollectionAccount, 100).Credit(LoanPrincipal, 99).Balanced());

    [Fact]
    public void An_entry_without_postings_cannot_be_made() =>
        Should.Throw<InvalidOperationException>(() => Draft().Debit(CollectionAccount, 0).Balanced());

    [Fact]
    public void A_payment_that_does_not_add_up_cannot_be_booked() =>
        Should.Throw<InvalidOperationException>(() =>
            PostingRules.RepaymentVerified(Repayment with { AmountMinor = Repayment.AmountMinor + 1 }, Naira));

    [Fact]
    public void A_verified_repayment_settles_what_is_owed_and_the_rest_is_the_customers()
    {
        var entry = PostingRules.RepaymentVerified(Repayment, Naira);
        entry.Postings.ShouldBe([
            new(CollectionAccount, 1025), new(PenaltiesReceivable, -40), new(FeesReceivable, -60),
            new(InterestReceivable, -200),
            new(LoanPrincipal, -700), new(OwedToCustomer, -25),
        ]);
        (entry.Kind, entry.EffectiveOn, entry.SubjectId).ShouldBe(
            (JournalEntryKind.RepaymentVerified, Day, Repayment.EventId));
    }

    [Fact]
    public void A_reversal_is_the_opposite_of_what_was_booked()
    {
        var booked = PostingRules.RepaymentVerified(Repayment, Naira);
        var reversed = PostingRules.RepaymentReversed(Repayment, Day.AddDays(9), Naira);
        reversed.Postings.ShouldBe(
            booked.Postings.Select(posting => posting with { AmountMinor = -posting.AmountMinor }));
        reversed.EffectiveOn.ShouldBe(Day.AddDays(9));
    }

    [Fact]
    public void An_allocation_that_a_replay_changed_is_adjusted_by_the_difference()
    {
        var after = Paid(new Parts(800, 150, 60, 15), overpaid: 0);
        PostingRules.AllocationAdjusted(Repayment, after, Day, Naira).Postings.ShouldBe(
        [
            new(PenaltiesReceivable, 25), new(InterestReceivable, 50), new(LoanPrincipal, -100),
            new(OwedToCustomer, 25),
        ]);
    }

    [Fact]
    public void A_disbursement_turns_money_into_principal()
    {
        var disbursed = Paid(default, 0) with { Kind = LoanEventKind.Disbursement, AmountMinor = 1_000 };
        PostingRules.LoanDisbursed(disbursed, Naira).Postings.ShouldBe(
            [new(LoanPrincipal, 1_000), new(FundingAccount, -1_000)]);
    }

    [Fact]
    public void A_charge_is_owed_and_is_income()
    {
        var charge = Paid(new Parts(0, 0, 30, 0), 0) with { Kind = LoanEventKind.Charge };
        PostingRules.ChargeApplied(charge, Naira).Postings.ShouldBe([new(FeesReceivable, 30), new(FeeIncome, -30)]);
        PostingRules.ChargeAdjusted(charge.EventId, new Parts(0, 0, 0, -7), Day, Naira).Postings.ShouldBe(
            [new(PenaltiesReceivable, -7), new(PenaltyIncome, 7)]);
    }

    [Fact]
    public void Interest_becomes_income_when_it_is_paid() =>
        PostingRules.InterestAccrued(Repayment.EventId, 200, Day, Naira).Postings.ShouldBe(
            [new(InterestReceivable, 200), new(InterestIncome, -200)]);

    [Fact]
    public void Each_account_has_its_class()
    {
        ChartOfAccounts.ClassOf(OwedToCustomer).ShouldBe(AccountClass.Liability);
        ChartOfAccounts.ClassOf(PenaltyIncome).ShouldBe(AccountClass.Income);
        ChartOfAccounts.ClassOf(LoanPrincipal).ShouldBe(AccountClass.Asset);
    }

    [Fact]
    public void A_withdrawal_that_fails_undoes_its_amount_and_its_fee_and_one_that_arrives_leaves_the_bank()
    {
        var (id, amount, fee) = (Repayment.EventId, new Money(10_000, Naira), new Money(25, Naira));
        var taken = PostingRules.FundsWithdrawn(id, amount, Day).Postings
            .Concat(PostingRules.WithdrawalFeeTaken(id, fee, Day).Postings).ToList();
        taken.ShouldBe([
            new(CustomerWallet, 10_000), new(PayoutClearing, -10_000), new(CustomerWallet, 25), new(FeeIncome, -25),
        ]);
        var failed = PostingRules.WithdrawalFailed(id, amount, fee, Day).Postings;
        taken.Concat(failed).GroupBy(posting => posting.Account).ShouldAllBe(
            account => account.Sum(posting => posting.AmountMinor) == 0);
        PostingRules.WithdrawalSettled(id, amount, Day).Postings
            .ShouldBe([new(PayoutClearing, 10_000), new(FundingAccount, -10_000)]);
        PostingRules.WithdrawalFailed(id, amount, Money.Zero(Naira), Day).Postings.Count.ShouldBe(2);
    }

    private static JournalDraft Draft() => new(JournalEntryKind.RepaymentVerified, Guid.Empty, Day, Naira, "Test");

    private static LoanTransaction Paid(Parts parts, long overpaid) => new()
    {
        EventId = SampleLoans.Id(7), Kind = LoanEventKind.Repayment, On = Day, AmountMinor = parts.Total + overpaid,
        Parts = parts,
        OverpaidMinor = overpaid, Lines = [], PrincipalBalanceMinor = 0, TotalBalanceMinor = 0, IsReversed = false,
    };
}
