using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.Ledger;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Loans;

/// <summary>
/// Works out what the passing of days changes about a loan: no event is new, but the replay as of a later day differs
/// from what is stored. Apart from the ids that it draws, it is pure.
/// </summary>
public sealed class LoanDays(Ids ids)
{
    /// <summary>Writes down what the days through a day have done to the loan.</summary>
    /// <param name="stored">The loan.</param>
    /// <param name="posting">When its organisation recognises interest.</param>
    /// <param name="context">The end of day: its day is the last one that counts.</param>
    public LoanChange EndDay(StoredLoan stored, AccrualPosting posting, ActionContext context)
    {
        var before = LoanChanges.BookedState(stored);
        var after = stored.Replay(stored.BookedOn > context.Today ? stored.BookedOn : context.Today);
        var accrual = LoanAccrual.OfDays(
            stored.Id.AsSubject,
            stored.Accrued,
            posting,
            after,
            stored.Events,
            context.Today
        );
        var entries = LoanPostings.Between(before, after, after.AsOf, accrual);
        var policy = ArrearsPolicy.Default;
        var days = Arrears.DaysPastDue(after, policy, after.AsOf);
        var followed = stored with { AccrualPosting = posting, ArrearsBucket = policy.BucketOf(days) };
        var change = new LoanChange
        {
            ActionContext = context,
            After = followed.WithState(after, stored.Events, accrual?.To),
            State = after,
            Allocated = LoanChanges.ReallocatedBetween(before, after),
            Entries = [.. entries.Select(entry => new BookedEntry(ids.Next<JournalEntryId>(), entry))],
        };
        if (followed.ArrearsBucket == stored.ArrearsBucket)
            return change;
        var type = days == 0 ? EventType.LoanCurrent : EventType.LoanOverdue;
        return change with
        {
            Messages = [OutboxMessage.Of(type, stored.Id.AsSubject, ArrearsPayload.Of(change, days))],
        };
    }
}
