using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
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
    /// <param name="rules">What its organisation has decided.</param>
    /// <param name="context">The end of day: its day is the last one that counts.</param>
    public LoanChange EndDay(StoredLoan stored, DayRules rules, ActionContext context)
    {
        var (loanId, last) = (stored.Id.AsSubject, stored.Standing);
        var after = stored.Replay(stored.BookedOn > context.Today ? stored.BookedOn : context.Today);
        // What holds on any day is the same on a later one.
        var before = stored.BalanceOn is null ? after : LoanChanges.BookedState(stored);
        var accrual = LoanAccrual.OfDays(loanId, last, rules.Accrual, after, stored.Events, context.Today);
        var steps = Provisioning.Through(after, stored.Events, last.Provision, rules, context.Today);
        var lost = accrual?.To.Lost ?? last.Lost(stored.Currency);
        // A loss may come before the end of a day that sets something aside.
        var provision = steps.Count > 0 ? steps[^1].UsedBy(after, lost) : last.Provision;
        var days = Arrears.DaysPastDue(after, rules.Arrears, after.AsOf);
        var standing = new DayStanding
        {
            Rules = rules.Version,
            Accrual = rules.Accrual,
            Accrued = accrual?.To,
            Bucket = rules.Arrears.BucketOf(days),
            Provision = KeptOf(rules, provision),
        };
        List<JournalEntry> entries =
        [
            .. LoanPostings.Between(before, after, after.AsOf, accrual),
            .. ProvisionPostings.Changed(loanId, last.Provision, steps),
        ];
        if (provision is { } left && UsedBetween(stored, before, after, left, lost) is { } used)
            entries.Add(used);
        var next = NextAction.Of(after, standing, rules, after.AsOf);
        var change = new LoanChange
        {
            ActionContext = context,
            After = stored.WithState(after, stored.Events, standing, next),
            State = after,
            Allocated = LoanChanges.ReallocatedBetween(before, after),
            Entries = [.. entries.Select(entry => new BookedEntry(ids.Next<JournalEntryId>(), entry))],
        };
        if (standing.Bucket == last.Bucket)
            return change;
        var type = days == 0 ? EventType.LoanCurrent : EventType.LoanOverdue;
        return change with { Messages = [OutboxMessage.Of(type, loanId, ArrearsPayload.Of(change, days))] };
    }

    private static JournalEntry? UsedBetween(StoredLoan stored, Loan before, Loan after, Provision left, Money lost) =>
        ProvisionPostings.Used(
            stored.Id.AsSubject,
            UsedAllowance.Of(
                before,
                stored.Standing.Provision?.Used ?? Money.Zero(stored.Currency),
                stored.Standing.Lost(stored.Currency)
            ),
            UsedAllowance.Of(after, left.Used, lost),
            after.AsOf
        );

    // Without rates nothing is set aside, but what a write-off has used must be known if it is undone.
    private static Provision? KeptOf(DayRules rules, Provision? provision) =>
        rules.Provisions is null && provision is { Used.IsZero: true } ? null : provision;
}
