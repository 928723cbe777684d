using System.Globalization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Notices;

/// <summary>
/// Writes the reminders of installments: an e-mail and an event for each, in the transaction of the end of day that
/// finds them. So whatever interrupts or repeats a run, each is written once.
/// </summary>
public sealed class ReminderWriter(Ids ids, TimeProvider time)
{
    /// <summary>Decides the reminders of the day after the one that ends. The loans must be locked.</summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="organisation">The organisation of the loans.</param>
    /// <param name="changes">What the day has done to the loans.</param>
    /// <param name="day">The day that ends.</param>
    /// <param name="cancellation">Cancels the statements.</param>
    public async Task<DayReminders> DecideAsync(
        NpgsqlConnection connection,
        BusinessDate organisation,
        IReadOnlyList<LoanChange> changes,
        DateOnly day,
        CancellationToken cancellation
    )
    {
        // A day that was missed is over: its reminders are read today.
        var on = Later(day.AddDays(1), organisation.Today(time));
        var candidates = changes
            .Where(change => change.After.Collector is null)
            .SelectMany(
                change => Reminders.Of(change.State, change.After.Pending, organisation.Rules.ReminderDays, on),
                (change, reminder) => (change.After, reminder)
            )
            .ToList();
        if (candidates.Count == 0)
            return DayReminders.None;
        var loans = candidates.Select(one => KeyOf(one.After)).Distinct().ToList();
        var last = await ReminderStore.FindLastAsync(connection, loans, cancellation);
        candidates.RemoveAll(one =>
            last.TryGetValue((KeyOf(one.After), one.reminder.DueOn), out var days) && days >= one.reminder.Days
        );
        if (candidates.Count == 0)
            return DayReminders.None;

        var rules = await NoticeRuleStore.ListAsync(connection, organisation.OrganisationId, cancellation);
        var byKind = rules.ToDictionary(rule => rule.Kind);
        var recipients = await NoticeRecipients.FindAsync(
            connection,
            organisation.OrganisationId,
            candidates.Select(one => one.After.CustomerId),
            cancellation
        );
        var found = new DayReminders(organisation.StartOf(on));
        foreach (var (loan, reminder) in candidates)
        {
            var rule = byKind[NoticeDuePayload.KindOf(reminder)];
            var recipient = recipients.GetValueOrDefault(loan.CustomerId);
            var isWanted = recipient?.Declined.Contains(rule.Kind) is not true;
            found.Add(
                KeyOf(loan),
                reminder,
                isWanted && recipient is not null ? NoticeOf(loan, reminder, rule, recipient) : null,
                isWanted ? MessageOf(loan, reminder, on, ActionContext.InstantOf(time)) : null
            );
        }

        return found;
    }

    private Notice NoticeOf(StoredLoan loan, Reminder reminder, NoticeRule rule, NoticeRecipient recipient)
    {
        var values = recipient.ToValues();
        values["amount"] = NoticeTemplate.InWords(reminder.Amount);
        values["dueDate"] = reminder.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        values["days"] = Math.Abs(reminder.Days).ToString(CultureInfo.InvariantCulture);
        values["reference"] = CreditorReference.TryParse(loan.Reference, out var parsed)
            ? parsed.ToPrintString()
            : loan.Reference;
        values["account"] = recipient.Account;
        var filled = rule.Template.Fill(values);
        return new Notice(
            ids.Next<NoticeId>(),
            loan.OrganisationId,
            rule.Kind,
            recipient.Email,
            filled.Subject,
            filled.Text,
            HasSecret: false
        );
    }

    private static OutboxRow MessageOf(StoredLoan loan, Reminder reminder, DateOnly on, DateTimeOffset at) =>
        new(
            loan.CustomerId,
            loan.OrganisationId,
            loan.Id,
            OutboxMessage.Of(EventType.NoticeDue, loan.Id.AsSubject, NoticeDuePayload.Of(loan, reminder, on, at)),
            at
        );

    private static LoanKey KeyOf(StoredLoan loan) => new(loan.CustomerId, loan.Id);

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;
}

/// <summary>Reminders that are to be written.</summary>
/// <param name="sendAt">The instant from which they may be sent.</param>
public sealed class DayReminders(DateTimeOffset sendAt)
{
    private readonly List<WrittenReminder> reminders = [];
    private readonly List<Notice> notices = [];
    private readonly List<OutboxRow> events = [];

    /// <summary>No reminders.</summary>
    public static DayReminders None { get; } = new(default);

    public int Count => events.Count;

    internal void Add(LoanKey key, Reminder reminder, Notice? notice, OutboxRow? message)
    {
        reminders.Add(new WrittenReminder(key, reminder.DueOn, reminder.Days, notice?.Id));
        if (notice is not null)
            notices.Add(notice);
        if (message is not null)
            events.Add(message);
    }

    /// <summary>Adds the statements that write them to a batch.</summary>
    public void AddTo(NpgsqlBatch batch, DateTimeOffset now)
    {
        ReminderStore.AddTo(batch, reminders, now);
        foreach (var notice in notices)
            NoticeStore.AddTo(batch, notice, now, sendAt > now ? sendAt : now);
        OutboxStore.AddTo(batch, events);
    }
}
