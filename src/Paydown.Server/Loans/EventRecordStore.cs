using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>Who recorded an event of a loan, when, and why.</summary>
public sealed record EventRecord(UserId? RecordedBy, DateTimeOffset RecordedAt, string? Reason);

/// <summary>Reads who recorded the events of a loan, and their reasons.</summary>
public static class EventRecordStore
{
    private const string List = """
        select e.id, e.recorded_by, e.recorded_at, r.reason
        from loan_event e
        left join loan_event_reason r
          on r.customer_id = e.customer_id and r.account_id = e.account_id and r.event_id = e.id
        where e.customer_id = $1 and e.account_id = $2
        """;

    /// <summary>The records of all events of a loan, by their ids.</summary>
    public static async Task<IReadOnlyDictionary<LoanEventId, EventRecord>> ListAsync(
        NpgsqlConnection connection,
        StoredLoan stored,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(List, connection)
        {
            Parameters = { Sql.Value(stored.CustomerId), Sql.Value(stored.Id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var records = new Dictionary<LoanEventId, EventRecord>();
        while (await reader.ReadAsync(cancellation))
        {
            records.Add(
                reader.Id<LoanEventId>("id"),
                new EventRecord(
                    reader.IdOrNull<UserId>("recorded_by"),
                    reader.Instant("recorded_at"),
                    reader.TextOrNull("reason")
                )
            );
        }

        return records;
    }
}
