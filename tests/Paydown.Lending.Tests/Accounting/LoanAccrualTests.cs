using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Tests.Accounting;

public sealed class LoanAccrualTests
{
    [Fact]
    public void Monthly_posting_recognises_interest_on_due_dates_and_month_ends()
    {
        var books = LoanBooks.Open(SampleLoans.Terms, new(AccrualPosting.Monthly), SampleLoans.Disbursement);
        books.EndDay(new(2026, 2, 28));
        // 120.00 in 31 days of the first period, 110.54 in 28 days of the second: 16, 15 and 13 days.
        books
            .Accrued()
            .ShouldBe([
                (new DateOnly(2026, 1, 31), 6_194),
                (new DateOnly(2026, 2, 15), 5_806),
                (new DateOnly(2026, 2, 28), 5_132),
            ]);
        books.Balance(InterestReceivable).ShouldBe(17_132);
    }

    [Fact]
    public void A_payment_first_accrues_until_its_own_date()
    {
        var books = LoanBooks.Open(SampleLoans.Terms, new(AccrualPosting.Monthly), SampleLoans.Disbursement);
        books.EndDay(new(2026, 2, 9));
        books.Record(SampleLoans.Repayment(2, new(2026, 2, 10), 10_000));
        books.Accrued().ShouldBe([(new DateOnly(2026, 1, 31), 6_194), (new DateOnly(2026, 2, 10), 3_871)]);
        books.Balance(InterestReceivable).ShouldBe(65);
        books.Balance(InterestIncome).ShouldBe(-10_065);
    }

    [Fact]
    public void Accrued_interest_is_lost_by_a_write_off()
    {
        var books = LoanBooks.Open(SampleLoans.Terms, new(AccrualPosting.Daily), SampleLoans.Disbursement);
        books.EndDay(new(2026, 1, 30));
        books.Record(
            new LoanWrittenOff
            {
                Id = SampleLoans.Id(2),
                Sequence = 2,
                On = new(2026, 1, 31),
            }
        );
        books.Balance(InterestReceivable).ShouldBe(0);
        books.Balance(WriteOffExpense).ShouldBe(1_200_000 + 6_194);
    }

    [Fact]
    public void Days_that_were_missed_are_booked_entry_by_entry_as_if_each_had_been_run() =>
        ForAnyLoan(
            (loan, rule) =>
            {
                var (daily, late) = (BooksOf(loan, rule), BooksOf(loan, rule));
                for (var day = 1; day <= 70; day++)
                    daily.EndDay(loan.AsOf.AddDays(day));
                late.EndDay(loan.AsOf.AddDays(70));
                foreach (
                    var kind in (JournalEntryKind[])
                        [JournalEntryKind.InterestAccrued, JournalEntryKind.SuspenseReleased]
                )
                    late.Shown(kind).ShouldBe(daily.Shown(kind));
                late.Position().ShouldBe(daily.Position(), ignoreOrder: true);

                var count = late.Entries.Count;
                late.EndDay(loan.AsOf.AddDays(70));
                late.Entries.Count.ShouldBe(count);
            }
        );

    [Fact]
    public void The_ledger_is_what_is_earned_whatever_is_recorded_between_the_runs() =>
        ForAnyLoan(
            (loan, rule) =>
            {
                var books = BooksOf(loan, rule);
                books.Position().ShouldBe(books.Law(), ignoreOrder: true);
                books.EndDay(loan.AsOf.AddDays(40));
                books.Position().ShouldBe(books.Law(), ignoreOrder: true);
                books.Balance(InterestReceivable).ShouldBeGreaterThanOrEqualTo(0);
            }
        );

    // Events are recorded one by one, each on its day or the day of the one before, after the run of the day before.
    private static LoanBooks BooksOf(RandomLoan loan, AccrualRule rule)
    {
        var books = LoanBooks.Open(loan.Terms, rule, loan.Events[0]);
        foreach (var loanEvent in loan.Events.Skip(1))
        {
            if (loanEvent.On.AddDays(-1) is var eve && eve > books.Today)
                books.EndDay(eve);
            books.Record(loanEvent);
        }

        return books;
    }

    private static void ForAnyLoan(Action<RandomLoan, AccrualRule> holds)
    {
        for (var seed = 1; seed <= 400; seed++)
        {
            var posting = seed % 3 == 0 ? AccrualPosting.Daily : AccrualPosting.Monthly;
            int? after = (seed % 4) switch
            {
                0 => null,
                1 => 5,
                2 => 20,
                _ => 45,
            };
            try
            {
                holds(RandomLoan.WithAnything(seed), new(posting, after));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed} does not hold.", exception);
            }
        }
    }
}
