using System.Text.Json.Serialization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Outbox;

/// <summary>A message of the outbox.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct MessageId(Guid Value) : IId<MessageId>
{
    public static MessageId Of(Guid value) => new(value);

    /// <summary>The message that a repayment was recorded: it has the id of the repayment.</summary>
    public static MessageId Of(RepaymentId id) => new(id.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>An event for other systems, for example <c>repayment.verified</c>.</summary>
/// <param name="Id">The id; ids grow with time, so they order the messages of a loan.</param>
/// <param name="Type">The event type in the contract.</param>
/// <param name="Payload">The payload, as JSON.</param>
public sealed record OutboxMessage(MessageId Id, string Type, byte[] Payload);

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

/// <summary>The SQL of the outbox. A message is written in the transaction of its event.</summary>
public static class OutboxStore
{
    private const string Insert = """
        insert into outbox_event (customer_id, id, organisation_id, account_id, type, payload, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        """;

    /// <summary>Adds the statement that writes the messages to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<OutboxRow> events) =>
        new RowsStatement<OutboxRow>(Insert, events)
            .Column(row => row.CustomerId)
            .Column(row => row.Message.Id)
            .Column(row => row.OrganisationId)
            .Column(row => row.AccountId)
            .Column(row => row.Message.Type)
            .Column(row => row.Message.Payload)
            .Column(row => row.At)
            .AddTo(batch);
}
