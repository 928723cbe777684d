using System.Text.Json;
using Paydown.Lending.Applications;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Applications;

/// <summary>A state that an application came to, in order of recording.</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="Status">The state after it.</param>
/// <param name="Note">What happened, for people.</param>
/// <param name="By">Who did it; the zero id: nobody, it was automatic.</param>
public sealed record ApplicationEvent(int Sequence, ApplicationStatus Status, string Note, Guid By);

/// <summary>
/// One change of one application, decided and not yet written: the application after it, and every row that follows
/// from it. Written by <see cref="ApplicationChangeStore"/>; an application changes in no other way.
/// </summary>
public sealed record ApplicationChange
{
    private ApplicationChange(StoredApplication after, ActionContext context, bool isNew) =>
        (After, ActionContext, Actor, IsNew) = (after, context, context.By, isNew);

    public StoredApplication After { get; private init; }

    public ActionContext ActionContext { get; }

    /// <summary>Who does what comes next: first who caused the change.</summary>
    public Guid Actor { get; private init; }

    public bool IsNew { get; }

    public IReadOnlyList<ApplicationEvent> Events { get; private init; } = [];

    /// <summary>True where its offer is new.</summary>
    public bool HasNewOffer { get; private init; }

    /// <summary>What the outside is told, with the loan whose order it keeps.</summary>
    public IReadOnlyList<(OutboxMessage Message, Guid? AccountId)> Messages { get; private init; } = [];

    public IReadOnlyList<AuditEntry> Audited { get; private init; } = [];

    /// <summary>A new application.</summary>
    public static ApplicationChange Of(StoredApplication stored, ActionContext context) =>
        new ApplicationChange(stored, context, isNew: true).To(ApplicationStatus.Requested, "Requested.");

    /// <summary>A change of an application that is there, and locked.</summary>
    public static ApplicationChange Begin(StoredApplication stored, ActionContext context) =>
        new(stored, context, isNew: false);

    /// <summary>It comes to a state. That it may was decided by the rules.</summary>
    public ApplicationChange To(ApplicationStatus status, string note) =>
        this with
        {
            After = After with { Status = status, EventCount = After.EventCount + 1 },
            Events = [.. Events, new ApplicationEvent(After.EventCount + 1, status, note, Actor)],
        };

    /// <summary>What comes next is done by somebody else.</summary>
    public ApplicationChange ActedBy(Guid actor) => this with { Actor = actor };

    /// <summary>What comes next is automatic: the rules do it, and no person.</summary>
    public ApplicationChange Automatically() => ActedBy(Guid.Empty);

    /// <summary>It ends, for a reason.</summary>
    public ApplicationChange End(ApplicationStatus status, string reason) =>
        To(status, reason).With(stored => stored with { Reason = reason });

    /// <summary>Something else of it changes.</summary>
    public ApplicationChange With(Func<StoredApplication, StoredApplication> change) =>
        this with
        {
            After = change(After),
        };

    /// <summary>An offer is sent.</summary>
    public ApplicationChange Offered(SentOffer offer) =>
        this with
        {
            After = After with { Offer = offer },
            HasNewOffer = true,
        };

    /// <summary>The outside is told.</summary>
    public ApplicationChange MessageOf(Ids ids, string type, object payload, Guid? accountId = null) =>
        this with
        {
            Messages =
            [
                .. Messages,
                (
                    new OutboxMessage(ids.Next(), type, JsonSerializer.SerializeToUtf8Bytes(payload, Wire.Options)),
                    accountId
                ),
            ],
        };

    /// <summary>The audit trail names who did it.</summary>
    public ApplicationChange Recorded(Ids ids, string action, object detail) =>
        this with
        {
            Audited = [.. Audited, new AuditEntry(ids.Next(), action, JsonSerializer.Serialize(detail, Wire.Options))],
        };
}
