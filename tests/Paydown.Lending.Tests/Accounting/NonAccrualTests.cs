using Paydown.Lending.Accounting;
using Paydown.Lending.Loans;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Tests.Accounting;

/// <summary>
/// 12,000.00 at 12 %, paid out on 15 January and never repaid, with interest in suspense after 30 days past due: since
/// 17 March. The third installment has 100.98 of interest in 31 days.
/// </summary>
public sealed class NonAccrualTests
{
    private static readonly AccrualRule Rule = new(AccrualPosting.Monthly, SuspendedAfterDays: 30);

    [Fact]
    public void Interest_earned_while_a_loan_is_long_past_due_is_no_income()
    {
        var books = Opened();
        // 16 days of the third installment, of which 2 are income.
        books.Balance(InterestReceivable).ShouldBe(120_00 + 110_54 + 52_12);
        books.Balance(InterestInSuspense).ShouldBe(-(52_12 - 6_51));
        books.Balance(InterestIncome).ShouldBe(-(120_00 + 110_54 + 6_51));
    }

    [Fact]
    public void It_becomes_income_when_it_is_paid_and_all_of_it_when_the_loan_is_current()
    {
        var books = Opened();
        books.Record(SampleLoans.Repayment(2, new(2026, 4, 5), 1_066_19));
        // A payment settles the older interest, which is income. 21 of 31 days.
        books.Balance(InterestInSuspense).ShouldBe(-(68_41 - 6_51));
        books.Record(SampleLoans.Repayment(3, new(2026, 4, 6), 1_066_19));
        books.Balance(InterestInSuspense).ShouldBe(0);
        books.Balance(InterestReceivable).ShouldBe(71_66);
        books.Balance(InterestIncome).ShouldBe(-(120_00 + 110_54 + 71_66));
        books
            .Entries.Single(entry => entry.Kind == JournalEntryKind.SuspenseReleased)
            .Postings[0]
            .Amount.MinorUnits.ShouldBe(68_41 - 6_51);
    }

    [Fact]
    public void A_waiver_takes_what_is_in_suspense_first()
    {
        var books = Opened();
        books.Record(
            new InterestWaived
            {
                Id = SampleLoans.Id(2),
                Sequence = 2,
                On = new(2026, 3, 31),
                Amount = new(20_00, SampleLoans.Terms.Currency),
            }
        );
        books.Balance(InterestInSuspense).ShouldBe(-(52_12 - 6_51 - 20_00));
        books.Balance(InterestIncome).ShouldBe(-(120_00 + 110_54 + 6_51));
    }

    [Fact]
    public void A_write_off_takes_it_before_it_becomes_a_loss_and_gives_it_back_when_it_is_reversed()
    {
        var books = Opened();
        books.Record(
            new LoanWrittenOff
            {
                Id = SampleLoans.Id(2),
                Sequence = 2,
                On = new(2026, 3, 31),
            }
        );
        books.Balance(InterestInSuspense).ShouldBe(0);
        books.Balance(InterestIncome).ShouldBe(-(120_00 + 110_54 + 6_51));
        books.Balance(WriteOffExpense).ShouldBe(12_000_00 + 120_00 + 110_54 + 6_51);
        books.Record(
            new EventReversed
            {
                Id = SampleLoans.Id(3),
                Sequence = 3,
                On = new(2026, 3, 31),
                EventId = SampleLoans.Id(2),
            }
        );
        books.Balance(InterestInSuspense).ShouldBe(-(52_12 - 6_51));
        books.Balance(WriteOffExpense).ShouldBe(0);
    }

    [Fact]
    public void A_backdated_payment_leaves_what_it_would_have_left_in_time()
    {
        var late = Opened();
        late.Record(SampleLoans.Repayment(2, new(2026, 2, 10), 2_200_00));
        var inTime = LoanBooks.Open(SampleLoans.Terms, Rule, SampleLoans.Disbursement);
        inTime.Record(SampleLoans.Repayment(2, new(2026, 2, 10), 2_200_00));
        inTime.EndDay(new(2026, 3, 31));
        late.Position().ShouldBe(inTime.Position(), ignoreOrder: true);
        late.Balance(InterestInSuspense).ShouldBe(0);
    }

    [Fact]
    public void Days_of_a_pause_do_not_count()
    {
        var books = LoanBooks.Open(SampleLoans.Terms, Rule, SampleLoans.Disbursement);
        books.Record(
            new ArrearsPaused
            {
                Id = SampleLoans.Id(2),
                Sequence = 2,
                On = new(2026, 2, 20),
                Through = new(2026, 3, 11),
            }
        );
        books.EndDay(new(2026, 3, 31));
        books.Balance(InterestInSuspense).ShouldBe(0);
        books.EndDay(new(2026, 4, 15));
        // Suspended since 6 April, after 22 days of the third installment.
        books.Balance(InterestInSuspense).ShouldBe(-(100_98 - 71_66));
    }

    private static LoanBooks Opened()
    {
        var books = LoanBooks.Open(SampleLoans.Terms, Rule, SampleLoans.Disbursement);
        books.EndDay(new(2026, 3, 31));
        return books;
    }
}
