using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Ledger;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>What an entry is that concerns only the bank and the lender.</summary>
public enum BankMovement
{
    /// <summary>The bank has taken a charge, or given one back.</summary>
    BankCharge,

    /// <summary>The bank has paid interest, or taken it.</summary>
    BankInterest,
}

/// <summary>
/// Collects what follows from decisions on entries of bank statements, to write it in one round trip: the decisions,
/// repayments, changes of loans, journal entries and events. The loans and the standings of the entries are locked.
/// </summary>
internal sealed class EntryWrites(LoanChanges changes, Ids ids, DecidableRepayments found)
{
    private const string PaidOutOf = "The money came to an account that loans are paid out of.";

    private const string RestOfReport = "The rest of that report has come before; join this entry to it.";

    private readonly List<StandingChange> decisions = [];
    private readonly List<NewRepayment> recorded = [];
    private readonly List<LoanChange> loanChanges = [];
    private readonly List<JournalRow> journal = [];
    private readonly List<OutboxRow> messages = [];
    private readonly List<ReopenedReport> reopened = [];
    private readonly List<Remittance> remitted = [];
    private readonly List<StatementEntryId> unremitted = [];

    /// <summary>Applies what the rules decided about an entry that waits.</summary>
    public void Apply(StoredEntry entry, EntryDecision decision, ActionContext context)
    {
        var (rule, reasons) = ((int)decision.Rule, decision.Reasons);
        switch (decision.Outcome)
        {
            case MatchOutcome.Verify
            or MatchOutcome.Confirm
            or MatchOutcome.Record when entry.Bank != LedgerAccount.CollectionAccount:
                Wait(entry, EntryState.ToDecide, rule, [.. reasons, PaidOutOf], context, decision.LoanId);
                break;
            case MatchOutcome.Verify or MatchOutcome.Confirm when found.IsPartlyArrived(decision.RepaymentId!.Value):
                Wait(entry, EntryState.ToDecide, rule, [.. reasons, RestOfReport], context, decision.LoanId);
                break;
            case MatchOutcome.Verify or MatchOutcome.Confirm:
                var report = found.Find(decision.RepaymentId!.Value)!;
                Decide(entry, EntryState.Matched, rule, reasons, [Pay(entry, report, entry.Amount, context)], context);
                break;
            case MatchOutcome.Record:
                var loan = found.GetLoan(decision.LoanId!.Value);
                Decide(entry, EntryState.Matched, rule, reasons, [Record(entry, loan, entry.Amount, context)], context);
                break;
            case MatchOutcome.BankCharge or MatchOutcome.BankInterest:
                var isCharge = decision.Outcome == MatchOutcome.BankCharge;
                Book(entry, isCharge ? BankMovement.BankCharge : BankMovement.BankInterest, context);
                Decide(entry, EntryState.NotARepayment, rule, reasons, [], context);
                break;
            case MatchOutcome.Remittance:
                Remit(new(entry, decision.CollectorId!.Value, decision.CollectorFileId), context);
                Decide(entry, EntryState.NotARepayment, rule, reasons, [], context);
                break;
            case MatchOutcome.Unmatched:
                Wait(entry, EntryState.Unmatched, rule, reasons, context, decision.LoanId);
                break;
            default:
                Wait(entry, EntryState.ToDecide, rule, reasons, context, decision.LoanId);
                break;
        }
    }

    /// <summary>Lets an entry that the rules cannot decide wait for a person, and reports it as an event.</summary>
    public void Wait(
        StoredEntry entry,
        EntryState state,
        int rule,
        IReadOnlyList<string> reasons,
        ActionContext context,
        LoanId? loanId = null
    )
    {
        Suspend(entry, state, rule, reasons, context, loanId);
        Announce(entry, state, reasons, context);
    }

    /// <summary>Pays a report with a part of an entry: verifies it, or confirms it if an officer verified it.</summary>
    public EntryLink Pay(StoredEntry entry, StoredRepayment report, Money amount, ActionContext context)
    {
        if (report.Status == RepaymentStatus.Verified)
        {
            found.MarkPaid(report.Id);
            return new(report.CustomerId, report.Id, amount, LinkEffect.Confirmed);
        }

        var loan = found.LoanOf(report);
        var on = PaidOn(entry, loan, context);
        var verified = report.With(
            new RepaymentTerms(amount, on),
            $"The bank statement shows {amount} on {on:yyyy-MM-dd}."
        );
        var change = changes.Verify(loan, verified, context);
        found.Apply(change, verified);
        found.MarkPaid(report.Id);
        loanChanges.Add(change);
        return new(report.CustomerId, report.Id, amount, LinkEffect.Verified);
    }

    /// <summary>
    /// Pays a report with entries that make it up: verifies it from the day of the last one, or confirms it if an
    /// officer verified it.
    /// </summary>
    /// <returns>How the entries came to pay it.</returns>
    public LinkEffect PayTogether(IReadOnlyList<StoredEntry> parts, StoredRepayment report, ActionContext context)
    {
        found.MarkPaid(report.Id);
        var isAlone = parts.Count == 1;
        if (report.Status == RepaymentStatus.Verified)
            return isAlone ? LinkEffect.Confirmed : LinkEffect.JoinedConfirmed;
        var loan = found.LoanOf(report);
        var on = parts.Max(part => PaidOn(part, loan, context));
        var verified = report.With(
            new RepaymentTerms(report.Amount, on),
            $"The bank statement shows {report.Amount} in {parts.Count} transfers, the last on {on:yyyy-MM-dd}."
        );
        var change = changes.Verify(loan, verified, context);
        found.Apply(change, verified);
        loanChanges.Add(change);
        return isAlone ? LinkEffect.Verified : LinkEffect.Joined;
    }

    /// <summary>Makes a repayment of a part of an entry that nobody reported. It counts at once.</summary>
    public EntryLink Record(StoredEntry entry, StoredLoan loan, Money amount, ActionContext context)
    {
        var repayment = new StoredRepayment
        {
            CustomerId = loan.CustomerId,
            Id = ids.Next<RepaymentId>(),
            OrganisationId = loan.OrganisationId,
            AccountId = loan.Id,
            Amount = amount,
            Method = PaymentMethod.BankTransfer,
            PaidOn = PaidOn(entry, loan, context),
            Status = RepaymentStatus.PendingVerification,
            // The statement says that the money came, and the importer that it counts: two different ones.
            RecordedBy = entry.StatementId.AsRecorder,
            FirstApprovedBy = null,
        };
        recorded.Add(
            new NewRepayment
            {
                CustomerId = repayment.CustomerId,
                Id = repayment.Id,
                OrganisationId = repayment.OrganisationId,
                AccountId = repayment.AccountId,
                Amount = repayment.Amount,
                Method = repayment.Method,
                Reference = loan.Reference,
                ReferenceMatches = true,
                PaidOn = repayment.PaidOn,
                RecordedBy = repayment.RecordedBy,
                RecordedAt = context.At,
            }
        );
        found.Add(repayment, fourEyesAbove: null);
        var change = changes.Receive(loan, repayment, context);
        found.Apply(change, repayment);
        found.MarkPaid(repayment.Id);
        loanChanges.Add(change);
        return new(repayment.CustomerId, repayment.Id, amount, LinkEffect.Recorded);
    }

    /// <summary>Adds a decision by a person or the rules.</summary>
    public void Decide(
        StoredEntry entry,
        EntryState state,
        int? rule,
        IReadOnlyList<string> reasons,
        IReadOnlyList<EntryLink> links,
        ActionContext context
    ) => decisions.Add(new(entry, state, rule, reasons, links, context));

    /// <summary>Puts the details of a collective booking in its place. The rules decide about them next.</summary>
    public void Itemise(StoredEntry booking, IReadOnlyList<StoredEntry> details, ActionContext context)
    {
        if (booking.IsOpen)
            Identify(booking, context);
        Decide(booking, EntryState.Itemised, null, [$"A notification has its details: {details.Count}."], [], context);
        foreach (var detail in details)
            decisions.Add(
                new(detail, EntryState.Waiting, null, ["Its booking is on a statement."], [], context)
                {
                    OtherEntryId = booking.Id,
                }
            );
    }

    /// <summary>Adds a decision by a person or the rules.</summary>
    public void Decide(StandingChange decision) => decisions.Add(decision);

    /// <summary>Adds a decision that makes two entries a pair.</summary>
    public void DecidePair(
        StoredEntry one,
        StoredEntry other,
        EntryState state,
        int? rule,
        IReadOnlyList<string> reasons,
        ActionContext context,
        string? payerAccount = null
    )
    {
        decisions.Add(new(one, state, rule, reasons, [], context) { OtherEntryId = other.Id });
        decisions.Add(
            new(other, state, rule, reasons, [], context) { OtherEntryId = one.Id, PayerAccount = payerAccount }
        );
    }

    /// <summary>Orders the money of an entry that waits back to its payer.</summary>
    public void OrderReturn(StoredEntry entry, string payerAccount, string reason, ActionContext context)
    {
        Post(entry, StatementPostings.ReturnOrdered(entry.Id, entry.Amount, context.Today), context);
        decisions.Add(
            new(entry, EntryState.ReturnOrdered, null, [reason], [], context) { PayerAccount = payerAccount }
        );
    }

    /// <summary>Takes the posting of an order back. The money is in the suspense account again.</summary>
    public void CancelReturn(StoredEntry entry, PayerReturnOrder order, ActionContext context)
    {
        var ordered = StatementPostings.ReturnOrdered(entry.Id, entry.Amount, order.OrderedOn);
        Post(entry, StatementPostings.Undone(entry.Id, ordered, context.Today), context);
    }

    /// <summary>An entry of money out, which is in the books nowhere yet, is the money of an ordered return.</summary>
    /// <param name="entry">The money out.</param>
    /// <param name="sent">The entry whose money goes back.</param>
    /// <param name="order">The order.</param>
    /// <param name="rule">The rule that decided; null for a person.</param>
    /// <param name="reasons">Why, in words.</param>
    /// <param name="context">Who decides, and when.</param>
    public void PayReturn(
        StoredEntry entry,
        StoredEntry sent,
        PayerReturnOrder order,
        int? rule,
        IReadOnlyList<string> reasons,
        ActionContext context
    )
    {
        Post(entry, PaidReturnOf(entry), context);
        DecidePair(entry, sent, EntryState.ReturnedToPayer, rule, reasons, context, order.PayerAccount);
    }

    /// <summary>Takes <see cref="PayReturn"/> back: the order waits for its money again.</summary>
    public void UnpayReturn(
        StoredEntry entry,
        StoredEntry sent,
        PayerReturnOrder order,
        string reason,
        ActionContext context
    )
    {
        Post(entry, StatementPostings.Undone(entry.Id, PaidReturnOf(entry), context.Today), context);
        decisions.Add(
            new(sent, EntryState.ReturnOrdered, null, [reason], [], context) { PayerAccount = order.PayerAccount }
        );
    }

    /// <summary>Lets an entry wait for a person. Its money is in the suspense account until then.</summary>
    public void Suspend(
        StoredEntry entry,
        EntryState state,
        int? rule,
        IReadOnlyList<string> reasons,
        ActionContext context,
        LoanId? loanId = null
    )
    {
        Post(
            entry,
            StatementPostings.MoneyUnidentified(entry.Id, entry.Bank, entry.Amount, entry.Entry.ValueOn),
            context
        );
        Decide(new(entry, state, rule, reasons, [], context) { LoanId = loanId });
    }

    /// <summary>Takes the money of an entry that waited out of the suspense account.</summary>
    public void Identify(StoredEntry entry, ActionContext context) =>
        Post(
            entry,
            StatementPostings.MoneyIdentified(entry.Id, entry.Bank, entry.Amount, entry.Entry.ValueOn),
            context
        );

    /// <summary>Books an entry as a charge or as interest of the bank.</summary>
    public void Book(StoredEntry entry, BankMovement movement, ActionContext context) =>
        Post(entry, PostingOf(entry, movement), context);

    /// <summary>Takes back what <see cref="Book"/> posted.</summary>
    public void Unbook(StoredEntry entry, BankMovement movement, ActionContext context) =>
        Post(entry, StatementPostings.Undone(entry.Id, PostingOf(entry, movement), context.Today), context);

    /// <summary>Books an entry as the remittance of a collector.</summary>
    public void Remit(Remittance remittance, ActionContext context)
    {
        Post(remittance.Entry, RemittedOf(remittance.Entry), context);
        remitted.Add(remittance);
    }

    /// <summary>Takes back what <see cref="Remit"/> booked.</summary>
    public void Unremit(Remittance remittance, ActionContext context)
    {
        var entry = remittance.Entry;
        Post(entry, StatementPostings.Undone(entry.Id, RemittedOf(entry), context.Today), context);
        unremitted.Add(entry.Id);
    }

    /// <summary>
    /// Takes a repayment back that an entry verified or made. A report of the customer is open again, under a new id:
    /// what was decided about the old one stays.
    /// </summary>
    /// <param name="link">The repayment.</param>
    /// <param name="reason">Why; the customer sees it.</param>
    /// <param name="reopens">False if the money is gone, so no report of it can be right.</param>
    /// <param name="context">Who takes it back, and when.</param>
    public void TakeBack(EntryLink link, string reason, bool reopens, ActionContext context)
    {
        var repayment = found.Find(link.RepaymentId)!;
        var change = changes.Reverse(found.LoanOf(repayment), repayment, reason, context);
        found.Apply(change, repayment);
        loanChanges.Add(change);
        if (reopens && link.Effect is (LinkEffect.Verified or LinkEffect.Joined))
            reopened.Add(new(repayment, ids.Next<RepaymentId>(), context.At));
    }

    // Of what concerns no customer.
    private void Post(StoredEntry entry, JournalEntry posted, ActionContext context) =>
        journal.Add(
            new JournalRow(
                entry.OrganisationId.AsHolder,
                entry.OrganisationId,
                AccountId: null,
                new BookedEntry(ids.Next<JournalEntryId>(), posted),
                context.At
            )
        );

    /// <summary>Writes everything. The caller commits.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        AddTo(batch);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Adds all statements to a batch.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        RepaymentRecordStore.AddTo(batch, recorded);
        OutboxStore.AddTo(batch, [.. recorded.Select(RepaymentRecorded.ToMessage)]);
        LoanChangeStore.AddTo(batch, loanChanges);
        RepaymentRecordStore.AddReopenedTo(batch, reopened);
        JournalStore.AddTo(batch, journal);
        EntryStandingStore.AddTo(batch, decisions);
        RemittanceStore.AddTo(batch, remitted, unremitted);
        OutboxStore.AddTo(batch, messages);
    }

    private void Announce(StoredEntry entry, EntryState state, IReadOnlyList<string> reasons, ActionContext context)
    {
        if (!entry.Amount.IsPositive)
            return;
        var payload = new UnmatchedPayload
        {
            StatementEntryId = entry.Id,
            CollectionAccountId = entry.AccountId,
            Amount = entry.Amount,
            CurrencyCode = entry.Amount.Currency.Code,
            ValueOn = entry.Entry.ValueOn,
            State = state,
            Reasons = reasons,
            RecordedAt = context.At,
        };
        messages.Add(
            new OutboxRow(
                entry.OrganisationId.AsHolder,
                entry.OrganisationId,
                AccountId: null,
                OutboxMessage.Of(EventType.PaymentUnmatched, entry.Id.AsSubject, payload),
                context.At
            )
        );
    }

    private static JournalEntry RemittedOf(StoredEntry entry) =>
        CollectorPostings.Remitted(entry.Id, entry.Bank, entry.Amount, entry.Entry.ValueOn);

    private static JournalEntry PaidReturnOf(StoredEntry entry) =>
        StatementPostings.ReturnPaid(entry.Id, entry.Bank, entry.Amount, entry.Entry.ValueOn);

    private static JournalEntry PostingOf(StoredEntry entry, BankMovement movement) =>
        movement == BankMovement.BankCharge
            ? StatementPostings.BankCharged(entry.Id, entry.Bank, entry.Amount, entry.Entry.ValueOn)
            : StatementPostings.BankInterestPaid(entry.Id, entry.Bank, entry.Amount, entry.Entry.ValueOn);

    // The money counts from the bank's value date, but neither before the loan existed nor from a later day.
    private static DateOnly PaidOn(StoredEntry entry, StoredLoan loan, ActionContext context)
    {
        var on = entry.Entry.ValueOn;
        if (loan.DisbursedOn is { } disbursedOn && on < disbursedOn)
            on = disbursedOn;
        return on > context.Today ? context.Today : on;
    }
}
