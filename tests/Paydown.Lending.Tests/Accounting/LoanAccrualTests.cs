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
    private static readonly SubjectId LoanSubject = SampleLoans.Id(99).AsSubject;

    [Fact]
    public void Monthly_posting_recognises_interest_on_due_dates_and_month_ends()
    {
        var books = Books.Open(SampleLoans.Terms, AccrualPosting.Monthly, SampleLoans.Disbursement);
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
        var books = Books.Open(SampleLoans.Terms, AccrualPosting.Monthly, SampleLoans.Disbursement);
        books.EndDay(new(2026, 2, 9));
        books.Record(SampleLoans.Repayment(2, new(2026, 2, 10), 10_000));
        books.Accrued().ShouldBe([(new DateOnly(2026, 1, 31), 6_194), (new DateOnly(2026, 2, 10), 3_871)]);
        books.Balance(InterestReceivable).ShouldBe(65);
        books.Balance(InterestIncome).ShouldBe(-10_065);
    }

    [Fact]
    public void Accrued_interest_is_lost_by_a_write_off()
    {
        var books = Books.Open(SampleLoans.Terms, AccrualPosting.Daily, SampleLoans.Disbursement);
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
            (loan, posting) =>
            {
                var (daily, late) = (BooksOf(loan, posting), BooksOf(loan, posting));
                for (var day = 1; day <= 70; day++)
                    daily.EndDay(loan.AsOf.AddDays(day));
                late.EndDay(loan.AsOf.AddDays(70));
                late.Shown(JournalEntryKind.InterestAccrued).ShouldBe(daily.Shown(JournalEntryKind.InterestAccrued));
                late.Position().ShouldBe(daily.Position(), ignoreOrder: true);

                var count = late.Entries.Count;
                late.EndDay(loan.AsOf.AddDays(70));
                late.Entries.Count.ShouldBe(count);
            }
        );

    [Fact]
    public void The_ledger_is_what_is_earned_whatever_is_recorded_between_the_runs() =>
        ForAnyLoan(
            (loan, posting) =>
            {
                var books = BooksOf(loan, posting);
                books.Position().ShouldBe(books.Law(), ignoreOrder: true);
                books.EndDay(loan.AsOf.AddDays(40));
                books.Position().ShouldBe(books.Law(), ignoreOrder: true);
                books.Balance(InterestReceivable).ShouldBeGreaterThanOrEqualTo(0);
            }
        );

    // Events are recorded one by one, each on its day or the day of the one before, after the run of the day before.
    private static Books BooksOf(RandomLoan loan, AccrualPosting posting)
    {
        var books = Books.Open(loan.Terms, posting, loan.Events[0]);
        foreach (var loanEvent in loan.Events.Skip(1))
        {
            if (loanEvent.On.AddDays(-1) is var eve && eve > books.Today)
                books.EndDay(eve);
            books.Record(loanEvent);
        }

        return books;
    }

    private static void ForAnyLoan(Action<RandomLoan, AccrualPosting> holds)
    {
        for (var seed = 1; seed <= 400; seed++)
        {
            var posting = seed % 3 == 0 ? AccrualPosting.Daily : AccrualPosting.Monthly;
            try
            {
                holds(RandomLoan.WithAnything(seed), posting);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed} does not hold.", exception);
            }
        }
    }

    // What the server keeps of a loan: its events, what is accrued, and the ledger.
    private sealed class Books(LoanTerms terms, AccrualPosting posting)
    {
        private readonly List<LoanEvent> events = [];
        private AccruedInterest? accrued;

        public List<JournalEntry> Entries { get; } = [];

        public DateOnly Today { get; private set; }

        public static Books Open(LoanTerms terms, AccrualPosting posting, LoanEvent disbursement)
        {
            var books = new Books(terms, posting);
            books.events.Add(disbursement);
            books.Today = disbursement.On;
            var loan = Loan.Replay(terms, books.events, disbursement.On);
            var first = LoanAccrual.First(LoanSubject, EarnedInterest.Unpaid(terms, books.events, disbursement.On));
            books.Add(LoanPostings.Between(null, loan, disbursement.On, first), first);
            return books;
        }

        public void Record(LoanEvent loanEvent)
        {
            var before = Loan.Replay(terms, events, Today);
            if (loanEvent.On > Today)
                Today = loanEvent.On;
            LoanEvent[] all = [.. events, loanEvent];
            var after = Loan.Replay(terms, all, Today);
            var accrual = LoanAccrual.OfEvents(LoanSubject, accrued, posting, before, events, all, loanEvent.On);
            events.Add(loanEvent);
            Add(LoanPostings.Between(before, after, Today, accrual), accrual);
        }

        public void EndDay(DateOnly day)
        {
            var before = Loan.Replay(terms, events, Today);
            if (day > Today)
                Today = day;
            var after = Loan.Replay(terms, events, Today);
            var accrual = LoanAccrual.OfDays(LoanSubject, accrued, posting, after, events, day);
            Add(LoanPostings.Between(before, after, Today, accrual), accrual);
        }

        public IReadOnlyDictionary<LedgerAccount, Money> Law()
        {
            var on = accrued!.Value.On;
            var accrual = LoanAccrual.First(LoanSubject, EarnedInterest.Unpaid(terms, events, on));
            return LoanPostings.Position(Loan.Replay(terms, events, Today), accrual);
        }

        public Dictionary<LedgerAccount, Money> Position() =>
            Entries
                .SelectMany(entry => entry.Postings)
                .GroupBy(posting => posting.Account)
                .Select(group => (group.Key, Sum: Money.Sum(group.Select(one => one.Amount), terms.Currency)))
                .Where(account => !account.Sum.IsZero)
                .ToDictionary(account => account.Key, account => account.Sum);

        public long Balance(LedgerAccount account) => Position().GetValueOrDefault(account).MinorUnits;

        public IEnumerable<(DateOnly On, long Amount)> Accrued() =>
            Entries
                .Where(entry => entry.Kind == JournalEntryKind.InterestAccrued)
                .Select(entry => (entry.EffectiveOn, entry.Postings[0].Amount.MinorUnits));

        public IEnumerable<string> Shown(JournalEntryKind kind) =>
            Entries
                .Where(entry => entry.Kind == kind)
                .Select(entry => $"{entry.EffectiveOn} {entry.SubjectId} {string.Join(' ', entry.Postings)}");

        private void Add(IReadOnlyList<JournalEntry> entries, LoanAccrual? accrual)
        {
            Entries.AddRange(entries);
            accrued = accrual?.To;
        }
    }
}
