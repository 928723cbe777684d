using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Outbox;

/// <summary>An event for the outside, for example <c>repayment.verified</c>.</summary>
/// <param name="Id">Grows with time, so that the order holds per loan.</param>
/// <param name="Type">Its name in the contract.</param>
/// <param name="Payload">JSON.</param>
public sealed record OutboxMessage(Guid Id, string Type, byte[] Payload);

/// <summary>News of a customer, ready to be written.</summary>
/// <param name="CustomerId">Whom it is about.</param>
/// <param name="OrganisationId">Who is told.</param>
/// <param name="AccountId">The loan whose order it keeps; null where it is about none.</param>
/// <param name="Message">What is told.</param>
/// <param name="At">The instant of recording.</param>
public sealed record OutboxRow(
    Guid CustomerId,
    Guid OrganisationId,
    Guid? AccountId,
    OutboxMessage Message,
    DateTimeOffset At
);

/// <summary>The SQL of events for the outside: they are written in the transaction of what they tell of.</summary>
public static class OutboxStore
{
    private const string Insert = """
        insert into outbox_event (customer_id, id, organisation_id, account_id, type, payload, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        """;

    /// <summary>Adds the statement that writes the events to a batch.</summary>
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
