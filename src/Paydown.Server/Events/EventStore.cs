using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Events;

/// <summary>An event for other systems, with its payload.</summary>
/// <param name="Sequence">Its number: greater than those of earlier events of the same loan.</param>
/// <param name="SubjectId">The repayment, loan, application or transfer that it is about.</param>
/// <param name="Type">The type.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="AccountId">The loan; null if it concerns no loan.</param>
/// <param name="At">The instant of recording.</param>
/// <param name="Payload">The payload of the contract, as JSON.</param>
public sealed record PublishedEvent(
    long Sequence,
    SubjectId SubjectId,
    EventType Type,
    CustomerId CustomerId,
    LoanId? AccountId,
    DateTimeOffset At,
    string Payload
)
{
    /// <summary>
    /// The event's id, the same whenever it is read. It contains the subject because a restored database draws the same
    /// numbers again.
    /// </summary>
    public string Id => IdOf(Sequence, SubjectId);

    /// <summary>The id of the event with a number.</summary>
    public static string IdOf(long sequence, SubjectId subjectId) =>
        string.Create(CultureInfo.InvariantCulture, $"evt_{sequence}_{subjectId.Value:N}");
}

/// <summary>Reads the outbox: the only code that composes the payload of an event.</summary>
public static class EventStore
{
    private const string Select = """
        select e.seq, e.type::text, e.customer_id, e.account_id, e.subject_id, e.recorded_at, e.details,
               l.loan_application_id, l.currency_code, r.amount as reported_amount, r.paid_on as reported_on,
               d.amount as approved_amount, d.paid_on as approved_on, d.reason, u.reason as reversal_reason
        from outbox_event e
        left join loan_account l on l.customer_id = e.customer_id and l.id = e.account_id
        left join repayment r on r.customer_id = e.customer_id and r.id = e.subject_id
        left join repayment_decision d on d.customer_id = r.customer_id and d.repayment_id = r.id and d.step = 0
        left join repayment_decision u on u.customer_id = r.customer_id and u.repayment_id = r.id and u.step = -1
        """;

    private const string SelectAfter = $"""
        {Select}
        where e.organisation_id = $1 and e.seq > $2 and e.seq <= $3
          and ($4::text[] is null or e.type = any ($4::text[]::event_type[]))
        order by e.seq
        limit $5
        """;

    private const string SelectNumbered = $"""
        {Select}
        where e.organisation_id = $1 and e.seq = any ($2)
        order by e.seq
        """;

    private const string FindLast = """
        select coalesce(max(seq), 0) from outbox_event where organisation_id = $1
        """;

    // A transaction that writes an event holds this lock from before it draws the number until it has ended.
    private const string FindWriters = """
        select virtualtransaction from pg_locks
        where locktype = 'relation' and relation = 'outbox_event'::regclass and mode = 'RowExclusiveLock' and granted
          and database = (select oid from pg_database where datname = current_database())
        """;

    // Transactions that write take milliseconds.
    private static readonly TimeSpan WritersPollInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan WritersWaitMax = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Returns the next events of an organisation, in the order of their numbers. A transaction draws its numbers
    /// before it commits, so an event can become visible after others with greater numbers. The result ends at the
    /// last event that is visible now, and is read once all transactions have ended that write events now. So a
    /// caller that goes on after the last event it got misses none.
    /// </summary>
    /// <param name="database">The pool.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="after">The number of the last event that the caller has; 0 for none.</param>
    /// <param name="types">The types to return; null for all.</param>
    /// <param name="countMax">The maximum number of events.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>The events. None if there are no more yet, or if a transaction that writes events hangs.</returns>
    public static async Task<IReadOnlyList<PublishedEvent>> ListAsync(
        NpgsqlDataSource database,
        OrganisationId organisationId,
        long after,
        IReadOnlyCollection<EventType>? types,
        int countMax,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var last = await FindLastAsync(connection, organisationId, cancellation);
        if (last <= after || !await AwaitWritersAsync(connection, time, cancellation))
            return [];
        return await ReadAsync(
            connection,
            SelectAfter,
            [
                Sql.Value(organisationId),
                Sql.Value(after),
                Sql.Value(last),
                Sql.Value(types?.Select(Words.Write).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text),
                Sql.Value(countMax),
            ],
            cancellation
        );
    }

    /// <summary>Returns the events with these numbers that the organisation has, in their order.</summary>
    public static Task<IReadOnlyList<PublishedEvent>> GetAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        long[] sequences,
        CancellationToken cancellation
    ) => ReadAsync(connection, SelectNumbered, [Sql.Value(organisationId), Sql.Value(sequences)], cancellation);

    /// <summary>Returns the number of the organisation's last event; 0 if it has none.</summary>
    public static async Task<long> FindLastAsync(
        NpgsqlDataSource database,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await FindLastAsync(connection, organisationId, cancellation);
    }

    private static async Task<long> FindLastAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(FindLast, connection);
        command.Parameters.Add(Sql.Value(organisationId));
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    // False if some of the transactions that write now have not ended in time.
    private static async Task<bool> AwaitWritersAsync(
        NpgsqlConnection connection,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var since = time.GetTimestamp();
        var writers = await FindWritersAsync(connection, cancellation);
        while (writers.Count > 0)
        {
            if (time.GetElapsedTime(since) > WritersWaitMax)
                return false;
            await Task.Delay(WritersPollInterval, time, cancellation);
            writers.IntersectWith(await FindWritersAsync(connection, cancellation));
        }

        return true;
    }

    private static async Task<HashSet<string>> FindWritersAsync(
        NpgsqlConnection connection,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(FindWriters, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var writers = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            writers.Add(reader.Text("virtualtransaction"));
        return writers;
    }

    private static async Task<IReadOnlyList<PublishedEvent>> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        NpgsqlParameter[] parameters,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<PublishedEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            var type = reader.Word<EventType>("type");
            events.Add(
                new PublishedEvent(
                    reader.Long("seq"),
                    reader.Id<SubjectId>("subject_id"),
                    type,
                    reader.Id<CustomerId>("customer_id"),
                    reader.IdOrNull<LoanId>("account_id"),
                    reader.Instant("recorded_at"),
                    StatusAfter(type) is { } status ? PayloadOf(reader, type, status) : reader.Text("details")
                )
            );
        }

        return events;
    }

    // The status of the repayment that the event is about; null if it is about something else.
    private static RepaymentStatus? StatusAfter(EventType type) =>
        type switch
        {
            EventType.RepaymentRecorded => RepaymentStatus.PendingVerification,
            EventType.PaymentReceived or EventType.RepaymentVerified => RepaymentStatus.Verified,
            EventType.RepaymentRejected => RepaymentStatus.Rejected,
            EventType.RepaymentReversed => RepaymentStatus.Reversed,
            _ => null,
        };

    private static string PayloadOf(NpgsqlDataReader reader, EventType type, RepaymentStatus status)
    {
        var currency = reader.Currency("currency_code");
        var reported = new RepaymentTerms(reader.Money("reported_amount", currency), reader.Date("reported_on"));
        var approved = new RepaymentTerms(
            reader.MoneyOrNull("approved_amount", currency) ?? reported.Amount,
            reader.DateOrNull("approved_on") ?? reported.PaidOn
        );
        var counts = status == RepaymentStatus.PendingVerification ? reported : approved;
        var isCorrected = counts != reported;
        Money? balance = reader.TextOrNull("details") is { } minorUnits
            ? new(long.Parse(minorUnits, CultureInfo.InvariantCulture), currency)
            : null;
        var payload = new RepaymentPayload
        {
            RepaymentId = reader.Id<SubjectId>("subject_id").As<RepaymentId>(),
            CustomerId = reader.Id<CustomerId>("customer_id"),
            AccountId = reader.Id<LoanId>("account_id"),
            LoanApplicationId = reader.IdOrNull<LoanApplicationId>("loan_application_id"),
            RepaymentAmount = counts.Amount,
            CurrencyCode = currency.Code,
            VerificationStatus = Words.Write(status.ShownToCustomer()),
            RejectionReason = type switch
            {
                EventType.RepaymentRejected => reader.Text("reason"),
                EventType.RepaymentReversed => reader.Text("reversal_reason"),
                _ => null,
            },
            PaymentDate = counts.PaidOn,
            ReportedAmount = isCorrected ? reported.Amount : null,
            ReportedPaymentDate = isCorrected ? reported.PaidOn : null,
            CorrectionReason = isCorrected ? reader.Text("reason") : null,
            TotalBalance = balance,
            RecordedAt = reader.Instant("recorded_at"),
        };
        return JsonSerializer.Serialize(payload, Wire.Options);
    }
}
