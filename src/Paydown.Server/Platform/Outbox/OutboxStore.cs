using System.Globalization;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Outbox;

/// <summary>An event for other systems that is about to be written.</summary>
/// <param name="Type">The type.</param>
/// <param name="SubjectId">The repayment, loan, application or transfer that it is about.</param>
/// <param name="Details">
/// What the payload needs beyond the books, as JSON; null if they say it all. The reader of events
/// composes the payload.
/// </param>
public sealed record OutboxMessage(EventType Type, SubjectId SubjectId, string? Details)
{
    /// <summary>An event about a decided repayment.</summary>
    /// <param name="type">The type.</param>
    /// <param name="repaymentId">The repayment.</param>
    /// <param name="totalBalance">Everything outstanding on the loan after the decision.</param>
    public static OutboxMessage Of(EventType type, RepaymentId repaymentId, Money totalBalance) =>
        new(type, repaymentId.AsSubject, totalBalance.MinorUnits.ToString(CultureInfo.InvariantCulture));

    /// <summary>An event whose payload is stored as a whole.</summary>
    public static OutboxMessage Of<TPayload>(EventType type, SubjectId subjectId, TPayload payload) =>
        new(type, subjectId, JsonSerializer.Serialize(payload, Wire.Options));
}

/// <summary>A row of the outbox.</summary>
/// <param name="CustomerId">The customer of the event.</param>
/// <param name="OrganisationId">The organisation that gets the event.</param>
/// <param name="AccountId">The loan of the event; null if it concerns no loan.</param>
/// <param name="Message">The message.</param>
/// <param name="At">The instant of recording.</param>
public sealed record OutboxRow(
    CustomerId CustomerId,
    OrganisationId OrganisationId,
    LoanId? AccountId,
    OutboxMessage Message,
    DateTimeOffset At
);

/// <summary>An event that was taken from the outbox to be handed to those who await it.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Sequence">The number of the event.</param>
public readonly record struct TakenEvent(OrganisationId OrganisationId, long Sequence);

/// <summary>
/// The SQL that writes the outbox. A message is written in the transaction of its event, while the loan (or the wallet,
/// or the application) is locked. Its number is drawn then, so the numbers of a loan are in the order of its events.
/// </summary>
public static class OutboxStore
{
    /// <summary>
    /// A condition on the organisation of a row <c>r</c>: somebody awaits its events. It is part of the statement that
    /// writes the event, so no cache can be stale.
    /// </summary>
    private const string IsAwaited = """
        exists (select from webhook_endpoint e where e.organisation_id = r.organisation_id and e.state <> 'DISABLED')
        or exists (select from notice_rule n where n.organisation_id = r.organisation_id and n.is_on)
        """;

    // The rows are numbered in their order.
    private const string Insert = $"""
        insert into outbox_event (customer_id, organisation_id, account_id, subject_id, type, details, recorded_at,
                                  is_awaited)
        select r.customer_id, r.organisation_id, r.account_id, r.subject_id, r.type::event_type, r.details::json,
               r.recorded_at, {IsAwaited}
        from unnest($1, $2, $3, $4, $5, $6, $7)
          as r (customer_id, organisation_id, account_id, subject_id, type, details, recorded_at)
        """;

    // The letters "outb".
    private const string TakeTurn = "select pg_try_advisory_xact_lock(x'6f757462'::int, 0)";

    private const string Take = """
        update outbox_event o set is_awaited = false
        from (select organisation_id, seq from outbox_event
              where is_awaited and not is_moving(organisation_id) order by seq limit $1) awaited
        where o.organisation_id = awaited.organisation_id and o.seq = awaited.seq
        returning o.organisation_id, o.seq
        """;

    private const string Delete = """
        delete from outbox_event
        where ctid = any(array(
          select ctid from outbox_event
          where recorded_at < $1 and not is_awaited and not is_moving(organisation_id) limit $2
          for update skip locked))
        """;

    /// <summary>Counts the events that some endpoint awaits and that were not handed to it yet.</summary>
    public static async Task<long> CountAwaitedAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("select count(*) from outbox_event where is_awaited");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Adds the statement that writes the messages, in their order, to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<OutboxRow> events) =>
        new RowsStatement<OutboxRow>(Insert, events)
            .Column(row => row.CustomerId)
            .Column(row => row.OrganisationId)
            .Column(row => row.AccountId)
            .Column(row => row.Message.SubjectId)
            .Column(row => Words.Write(row.Message.Type))
            .Column(row => row.Message.Details)
            .Column(row => row.At)
            .AddTo(batch);

    /// <summary>
    /// Takes the oldest events that somebody awaits: they are no longer awaited if the caller commits. One transaction
    /// at a time may take events, so those of a loan are taken in order.
    /// </summary>
    /// <returns>The events, in no order; null if another transaction is taking events.</returns>
    public static async Task<IReadOnlyList<TakenEvent>?> TakeAwaitedAsync(
        NpgsqlConnection connection,
        int countMax,
        CancellationToken cancellation
    )
    {
        await using var turn = new NpgsqlCommand(TakeTurn, connection);
        if (await turn.ExecuteScalarAsync(cancellation) is not true)
            return null;
        await using var command = new NpgsqlCommand(Take, connection) { Parameters = { Sql.Value(countMax) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var taken = new List<TakenEvent>();
        while (await reader.ReadAsync(cancellation))
            taken.Add(new(reader.Id<OrganisationId>("organisation_id"), reader.Long("seq")));
        return taken;
    }

    /// <summary>Deletes some of the events from before an instant that nobody awaits.</summary>
    /// <param name="database">The pool.</param>
    /// <param name="before">The instant.</param>
    /// <param name="countMax">The maximum number of events to delete.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>The number of deleted events.</returns>
    public static Task<int> DeleteAsync(
        NpgsqlDataSource database,
        DateTimeOffset before,
        int countMax,
        CancellationToken cancellation
    ) => WriteTransaction.RunAsync(database, Delete, cancellation, Sql.Value(before), Sql.Value(countMax));
}
