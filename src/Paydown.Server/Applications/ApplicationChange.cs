using System.Text.Json;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Applications;

/// <summary>A state that an application reached.</summary>
/// <param name="Sequence">The order of recording, counted from 1.</param>
/// <param name="Status">The state that was reached.</param>
/// <param name="Note">What happened, in words.</param>
/// <param name="By">The user who did it; the zero id if it was automatic.</param>
public sealed record ApplicationEvent(int Sequence, ApplicationStatus Status, string Note, UserId By);

/// <summary>
/// A decided but unwritten change of one application: the application afterwards, and every row that follows from it.
/// <see cref="ApplicationChangeStore"/> writes it; an application changes in no other way.
/// </summary>
public sealed record ApplicationChange
{
    /// <summary>Who makes the change, and when.</summary>
    private ApplicationChange(StoredApplication after, ActionContext context, bool isNew) =>
        (After, ActionContext, Actor, IsNew) = (after, context, context.By, isNew);

    /// <summary>The application after the change.</summary>
    public StoredApplication After { get; private init; }

    public ActionContext ActionContext { get; }

    /// <summary>The user of the next steps: at first the one in <see cref="ActionContext"/>.</summary>
    public UserId Actor { get; private init; }

    /// <summary>True if the application itself is new.</summary>
    public bool IsNew { get; }

    /// <summary>The new events.</summary>
    public IReadOnlyList<ApplicationEvent> Events { get; private init; } = [];

    /// <summary>True if the change sends an offer.</summary>
    public bool HasNewOffer { get; private init; }

    /// <summary>The outbox messages to publish, each with the loan whose order it keeps, if any.</summary>
    public IReadOnlyList<(OutboxMessage Message, LoanId? AccountId)> Messages { get; private init; } = [];

    /// <summary>The entries for the audit trail.</summary>
    public IReadOnlyList<AuditEntry> Audited { get; private init; } = [];

    /// <summary>Begins with a new application.</summary>
    public static ApplicationChange Of(StoredApplication stored, ActionContext context) =>
        new ApplicationChange(stored, context, isNew: true).To(ApplicationStatus.Requested, "Requested.");

    /// <summary>Begins a change of an existing application, which must be locked.</summary>
    public static ApplicationChange Begin(StoredApplication stored, ActionContext context) =>
        new(stored, context, isNew: false);

    /// <summary>Moves the application to a state. The rules have already allowed it.</summary>
    public ApplicationChange To(ApplicationStatus status, string note)
    {
        var moved = this with
        {
            After = After with { Status = status, EventCount = After.EventCount + 1 },
            Events = [.. Events, new ApplicationEvent(After.EventCount + 1, status, note, Actor)],
        };
        // A first approval leaves the application in its state.
        var isNews = After.EventCount == 0 || After.Status != status;
        return isNews && TypeOf(status) is { } type ? moved.MessageOf(type, StatusPayload.Of(moved, note)) : moved;
    }

    /// <summary>Moves the application back to a state that it had before, which is no news of that state.</summary>
    public ApplicationChange BackTo(ApplicationStatus status, string note) =>
        this with
        {
            After = After with { Status = status, EventCount = After.EventCount + 1 },
            Events = [.. Events, new ApplicationEvent(After.EventCount + 1, status, note, Actor)],
        };

    /// <summary>Makes another user the actor of the next steps.</summary>
    public ApplicationChange ActedBy(UserId actor) => this with { Actor = actor };

    /// <summary>Makes the rules the actor of the next steps, instead of a person.</summary>
    public ApplicationChange Automatically() => ActedBy(UserId.Nobody);

    /// <summary>Ends the application with a reason.</summary>
    public ApplicationChange End(ApplicationStatus status, string reason) =>
        To(status, reason).With(stored => stored with { Reason = reason });

    /// <summary>Changes other properties of the application.</summary>
    public ApplicationChange With(Func<StoredApplication, StoredApplication> change) =>
        this with
        {
            After = change(After),
        };

    /// <summary>Adds the offer that is sent.</summary>
    public ApplicationChange Offered(SentOffer offer) =>
        this with
        {
            After = After with { Offer = offer },
            HasNewOffer = true,
        };

    /// <summary>Adds an outbox message.</summary>
    public ApplicationChange MessageOf<TPayload>(EventType type, TPayload payload, LoanId? accountId = null) =>
        this with
        {
            Messages = [.. Messages, (OutboxMessage.Of(type, After.Id.AsSubject, payload), accountId)],
        };

    /// <summary>Adds an entry to the audit trail.</summary>
    public ApplicationChange Recorded(Ids ids, string action, object detail) =>
        this with
        {
            Audited =
            [
                .. Audited,
                new AuditEntry(ids.Next<AuditEntryId>(), action, JsonSerializer.Serialize(detail, Wire.Options)),
            ],
        };

    // Null if the step that leads to the state sends an event with more details.
    private static EventType? TypeOf(ApplicationStatus status) =>
        status switch
        {
            ApplicationStatus.Requested => EventType.ApplicationRequested,
            ApplicationStatus.Rejected => EventType.ApplicationRejected,
            ApplicationStatus.Cancelled => EventType.ApplicationCancelled,
            ApplicationStatus.OfferSent => EventType.OfferSent,
            ApplicationStatus.Accepted => EventType.OfferAccepted,
            ApplicationStatus.Withdrawn => EventType.OfferRejected,
            ApplicationStatus.Expired => EventType.OfferExpired,
            ApplicationStatus.Approved or ApplicationStatus.Disbursed => null,
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This state has no event."),
        };
}
