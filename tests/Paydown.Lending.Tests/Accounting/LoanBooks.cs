using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;

namespace Paydown.Lending.Tests.Accounting;

/// <summary>What the server keeps of a loan: its events, what is accrued, and the ledger.</summary>
internal sealed class LoanBooks(LoanTerms terms, AccrualRule rule)
{
    private static readonly SubjectId LoanSubject = SampleLoans.Id(99).AsSubject;
    private readonly List<LoanEvent> events = [];
    private AccruedInterest? accrued;

    public List<JournalEntry> Entries { get; } = [];

    public DateOnly Today { get; private set; }

    public bool IsChargedOff => Loan.Replay(terms, events, Today).ChargedOffOn is not null;

    public static LoanBooks Open(LoanTerms terms, AccrualRule rule, LoanEvent disbursement)
    {
        var books = new LoanBooks(terms, rule);
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
        var accrual = LoanAccrual.OfEvents(LoanSubject, accrued, rule, before, events, all, loanEvent.On);
        events.Add(loanEvent);
        Add(LoanPostings.Between(before, after, Today, accrual), accrual);
    }

    public void EndDay(DateOnly day)
    {
        var before = Loan.Replay(terms, events, Today);
        if (day > Today)
            Today = day;
        var after = Loan.Replay(terms, events, Today);
        var accrual = LoanAccrual.OfDays(
            LoanSubject,
            new DayStanding { Accrual = rule, Accrued = accrued },
            rule,
            after,
            events,
            day
        );
        Add(LoanPostings.Between(before, after, Today, accrual), accrual);
    }

    public IReadOnlyDictionary<LedgerAccount, Money> Law()
    {
        var on = accrued!.Value.On;
        var accrual = LoanAccrual.First(LoanSubject, EarnedInterest.Unpaid(terms, events, on, rule.SuspendedAfterDays));
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
