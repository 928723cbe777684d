using Paydown.Lending.Accounting;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Tests.Accounting;

/// <summary>
/// A charge-off in the books: 12,000.00 at 12 %, paid out on 15 January and never repaid, with interest in suspense
/// after 30 days past due, charged off on 31 March; then any loan.
/// </summary>
public sealed class ChargeOffBooksTests
{
    private static readonly AccrualRule Rule = new(AccrualPosting.Monthly, SuspendedAfterDays: 30);
    private static readonly DateOnly On = new(2026, 3, 31);

    [Fact]
    public void Each_kind_of_debt_has_its_expense_and_interest_in_suspense_goes_first()
    {
        var books = ChargedOff();
        foreach (var account in (LedgerAccount[])[LoanPrincipal, InterestReceivable, InterestInSuspense])
            books.Balance(account).ShouldBe(0);
        books.Balance(ChargeOffExpense).ShouldBe(12_000_00);
        books.Balance(ChargeOffInterest).ShouldBe(120_00 + 110_54 + 6_51);
        books.Balance(InterestIncome).ShouldBe(-(120_00 + 110_54 + 6_51));
    }

    [Fact]
    public void Days_after_it_earn_nothing_in_the_books_and_money_is_a_recovery()
    {
        var books = ChargedOff();
        books.EndDay(new(2026, 6, 30));
        books.Record(SampleLoans.Repayment(3, new(2026, 7, 1), 1_066_19));
        books.Balance(InterestReceivable).ShouldBe(0);
        books.Balance(InterestIncome).ShouldBe(-(120_00 + 110_54 + 6_51));
        books.Balance(RecoveryIncome).ShouldBe(-1_066_19);
        books.Balance(ChargeOffExpense).ShouldBe(12_000_00);
    }

    [Fact]
    public void A_payment_of_an_earlier_day_makes_it_smaller()
    {
        var books = ChargedOff();
        books.Record(SampleLoans.Repayment(3, new(2026, 2, 15), 1_066_19));
        books.Balance(RecoveryIncome).ShouldBe(0);
        books.Balance(ChargeOffExpense).ShouldBe(12_000_00 - 946_19);
        books.Position().ShouldBe(books.Law(), ignoreOrder: true);
    }

    [Theory]
    [InlineData(AccrualPosting.Monthly)]
    [InlineData(AccrualPosting.Daily)]
    public void The_ledger_is_what_the_fold_shows_and_once_undone_as_if_it_had_never_come(AccrualPosting posting)
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            try
            {
                CheckAnyLoan(RandomLoan.WithAnything(seed), new(posting, seed % 3 == 0 ? null : seed % 40 + 1));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed} does not hold.", exception);
            }
        }
    }

    private static void CheckAnyLoan(RandomLoan random, AccrualRule rule)
    {
        var sequence = random.Events.Count;
        var off = new LoanChargedOff
        {
            Id = SampleLoans.Id(5_001),
            Sequence = sequence + 1,
            On = random.AsOf,
        };
        if (PlanActRules.ChargeOff(random.Replay(), off).IsRefused)
            return;
        var effect = random.Terms with { ChargeOff = (ChargeOffEffect)(sequence % 3) };
        var books = Opened(effect, random, rule);
        var never = Opened(effect, random, rule);
        books.Record(off);
        ShouldBeOffTheBooks(books);
        books.EndDay(random.AsOf.AddDays(40));
        ShouldBeOffTheBooks(books);
        var (late, past) = (random.AsOf.AddDays(40), random.AsOf.AddDays(-20));
        var first = random.Events[0].On;
        var amount = random.Terms.Principal.MinorUnits / 7 + 1;
        LoanEvent[] later =
        [
            Payment(5_002, sequence + 2, late, amount, random),
            Payment(5_003, sequence + 3, past < first ? first : past, amount, random),
            SampleLoans.Reversal(5_004, late, SampleLoans.Id(5_002)) with
            {
                Sequence = sequence + 4,
            },
        ];
        foreach (var one in later)
        {
            books.Record(one);
            ShouldBeOffTheBooks(books);
        }

        books.Record(SampleLoans.Reversal(5_005, late, off.Id) with { Sequence = sequence + 5 });
        books.EndDay(late);
        books.Position().ShouldBe(books.Law(), ignoreOrder: true);
        never.EndDay(late);
        foreach (var one in later)
            never.Record(one);
        books.Position().ShouldBe(never.Position(), ignoreOrder: true);
    }

    private static void ShouldBeOffTheBooks(LoanBooks books)
    {
        books.Position().ShouldBe(books.Law(), ignoreOrder: true);
        if (!books.IsChargedOff)
            return;
        foreach (
            var account in (LedgerAccount[])
                [LoanPrincipal, InterestReceivable, FeesReceivable, PenaltiesReceivable, InterestInSuspense]
        )
            books.Balance(account).ShouldBe(0);
    }

    private static PaymentReceived Payment(int id, int sequence, DateOnly on, long amount, RandomLoan random) =>
        new()
        {
            Id = SampleLoans.Id(id),
            Sequence = sequence,
            On = on,
            Amount = new(amount, random.Terms.Currency),
        };

    private static LoanBooks Opened(LoanTerms terms, RandomLoan random, AccrualRule rule)
    {
        var books = LoanBooks.Open(terms, rule, random.Events[0]);
        foreach (var loanEvent in random.Events.Skip(1))
            books.Record(loanEvent);
        books.EndDay(random.AsOf);
        return books;
    }

    private static LoanBooks ChargedOff()
    {
        var books = LoanBooks.Open(SampleLoans.Terms, Rule, SampleLoans.Disbursement);
        books.EndDay(On);
        books.Record(
            new LoanChargedOff
            {
                Id = SampleLoans.Id(2),
                Sequence = 2,
                On = On,
            }
        );
        return books;
    }
}
