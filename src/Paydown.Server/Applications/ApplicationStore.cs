using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Applications;

/// <summary>An event with who recorded it (the zero id if it was automatic), and when.</summary>
public sealed record RecordedEvent(
    int Sequence,
    ApplicationStatus Status,
    string Note,
    Guid RecordedBy,
    DateTimeOffset RecordedAt
);

/// <summary>Reads applications. Within a writing transaction the row is locked; never across organisations.</summary>
public static class ApplicationStore
{
    internal static readonly string Select = $"""
        select a.customer_id, a.id, a.organisation_id, u.first_name || ' ' || u.last_name, u.email, v.definition,
               a.status, a.requested_amount, a.duration, a.duration_counter, a.repayment_method, a.employment_status,
               a.monthly_income, a.first_name, a.last_name, a.date_of_birth, a.phone_number, a.bvn, a.account_number,
               a.bank_code,
               (select b.id from bank_account b
                where b.customer_id = a.customer_id and b.bank_code = a.bank_code
                  and b.account_number = a.account_number),
               a.answers, a.checks, a.score_parts, a.approved_amount, a.approved_rate, a.approved_duration,
               a.first_approved_by, a.reason, a.terms_accepted_at, a.requested_by, a.requested_on, a.recorded_at,
               (select count(*)::int from loan_application_event e
                where e.customer_id = a.customer_id and e.application_id = a.id),
               o.terms, o.fees, o.total_repayment, o.apr, o.sent_by, o.sent_at, o.expires_at, l.id, l.state,
               o.number, a.accepted_total, a.accepted_on, a.requested_first_due_on, a.approved_first_due_on,
               {FirstApprovalStore.LowestAmountSince("g", "a.recorded_at")}
        from loan_application a
        join organisation g on g.id = a.organisation_id
        join app_user u on u.id = a.customer_id
        join loan_product_version v on v.organisation_id = a.organisation_id and v.product_id = a.product_id
          and v.version = a.product_version
        left join loan_offer o on o.customer_id = a.customer_id and o.application_id = a.id
          and o.number = a.offer_number
        left join loan_account l on l.customer_id = a.customer_id and l.loan_application_id = a.id
        """;

    private const string OfCustomer = "where a.customer_id = $1 and a.id = $2";
    private const string OfOrganisation = "where a.organisation_id = $1 and a.id = $2";

    /// <summary>One application of a customer; null where the customer has none of this id.</summary>
    public static Task<StoredApplication?> FindAsync(
        NpgsqlConnection connection,
        Guid customerId,
        Guid id,
        bool forUpdate,
        CancellationToken cancellation
    ) => FindOneAsync(connection, OfCustomer, customerId, id, forUpdate, cancellation);

    /// <summary>One application of an organisation, for its officers; null where it has none of this id.</summary>
    public static Task<StoredApplication?> FindInOrganisationAsync(
        NpgsqlConnection connection,
        Guid organisationId,
        Guid id,
        bool forUpdate,
        CancellationToken cancellation
    ) => FindOneAsync(connection, OfOrganisation, organisationId, id, forUpdate, cancellation);

    /// <summary>The application for a product that may still become a loan, as far as is written; locked.</summary>
    public static async Task<StoredApplication?> LockOpenAsync(
        NpgsqlConnection connection,
        Guid customerId,
        Guid productId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select id from loan_application
            where customer_id = $1 and product_id = $2
              and status in ('REQUESTED', 'APPROVED', 'OFFER_SENT', 'ACCEPTED')
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = customerId },
                new() { Value = productId },
            },
        };
        return await command.ExecuteScalarAsync(cancellation) is Guid id
            ? await FindAsync(connection, customerId, id, forUpdate: true, cancellation)
            : null;
    }

    /// <summary>Those applications of a customer that have one of these ids.</summary>
    public static Task<IReadOnlyList<StoredApplication>> ListAsync(
        NpgsqlConnection connection,
        Guid customerId,
        IReadOnlyList<Guid> ids,
        CancellationToken cancellation
    ) =>
        ReadAsync(
            connection,
            [Command($"{Select} where a.customer_id = $1 and a.id = any ($2)", customerId, ids.ToArray())],
            cancellation
        );

    /// <summary>The offers that a customer can answer, newest first.</summary>
    public static Task<IReadOnlyList<StoredApplication>> ListOfferedAsync(
        NpgsqlConnection connection,
        Guid customerId,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        ReadAsync(
            connection,
            [
                Command(
                    $"""
                    {Select} where a.customer_id = $1 and a.status = 'OFFER_SENT' and o.expires_at > $2
                    order by a.id desc
                    """,
                    customerId,
                    now
                ),
            ],
            cancellation
        );

    /// <summary>Every state that an application came to, in order.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>> ListEventsAsync(
        NpgsqlConnection connection,
        StoredApplication stored,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select sequence, status, detail->>'note', recorded_by, recorded_at from loan_application_event
            where customer_id = $1 and application_id = $2 order by sequence
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = stored.CustomerId },
                new() { Value = stored.Id },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<RecordedEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(
                new RecordedEvent(
                    reader.GetInt32(0),
                    StoredWords.Read<ApplicationStatus>(reader.GetString(1)),
                    reader.GetString(2),
                    reader.GetGuid(3),
                    reader.GetFieldValue<DateTimeOffset>(4)
                )
            );
        }

        return events;
    }

    private static async Task<StoredApplication?> FindOneAsync(
        NpgsqlConnection connection,
        string where,
        Guid owner,
        Guid id,
        bool forUpdate,
        CancellationToken cancellation
    )
    {
        // Two statements, so that all is read after the lock is held.
        List<NpgsqlBatchCommand> commands = [Command($"{Select} {where}", owner, id)];
        if (forUpdate)
            commands.Insert(0, Command($"select from loan_application a {where} for no key update", owner, id));
        return (await ReadAsync(connection, commands, cancellation)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<StoredApplication>> ReadAsync(
        NpgsqlConnection connection,
        List<NpgsqlBatchCommand> commands,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        for (var i = 1; i < commands.Count; i++)
            await reader.NextResultAsync(cancellation);
        var stored = new List<StoredApplication>();
        while (await reader.ReadAsync(cancellation))
            stored.Add(Read(reader));
        return stored;
    }

    internal static StoredApplication Read(NpgsqlDataReader reader) =>
        new()
        {
            CustomerId = reader.GetGuid(0),
            Id = reader.GetGuid(1),
            OrganisationId = reader.GetGuid(2),
            CustomerName = reader.GetString(3),
            Email = reader.GetString(4),
            Product = StoredJson.Read<LoanProduct>(reader.GetString(5)),
            Status = StoredWords.Read<ApplicationStatus>(reader.GetString(6)),
            RequestedMinor = reader.GetInt64(7),
            Duration = reader.GetInt32(8),
            DurationCounter = reader.IsDBNull(9) ? null : reader.GetInt32(9),
            RepaymentMethod = reader.GetString(10),
            EmploymentStatus = reader.GetString(11),
            MonthlyIncomeMinor = reader.GetInt64(12),
            FirstName = reader.GetString(13),
            LastName = reader.GetString(14),
            DateOfBirth = reader.GetFieldValue<DateOnly>(15),
            PhoneNumber = reader.GetString(16),
            Bvn = reader.GetString(17),
            AccountNumber = reader.GetString(18),
            BankCode = reader.GetString(19),
            BankAccountId = reader.IsDBNull(20) ? null : reader.GetGuid(20),
            Answers = StoredJson.Read<List<GivenAnswer>>(reader.GetString(21)),
            Checks = StoredJson.Read<List<CheckResult>>(reader.GetString(22)),
            Score = new Score(StoredJson.Read<List<ScorePart>>(reader.GetString(23))),
            Approved = reader.IsDBNull(24)
                ? null
                : new ApprovedTerms(
                    reader.GetInt64(24),
                    reader.GetDecimal(25),
                    reader.GetInt32(26),
                    DateOrNull(reader, 47)
                ),
            FirstApprovedBy = reader.IsDBNull(27) ? null : reader.GetGuid(27),
            Reason = reader.IsDBNull(28) ? null : reader.GetString(28),
            TermsAcceptedAt = reader.IsDBNull(29) ? null : reader.GetFieldValue<DateTimeOffset>(29),
            RequestedBy = reader.GetGuid(30),
            RequestedOn = reader.GetFieldValue<DateOnly>(31),
            RecordedAt = reader.GetFieldValue<DateTimeOffset>(32),
            EventCount = reader.GetInt32(33),
            Offer = reader.IsDBNull(34) ? null : ReadOffer(reader, first: 34),
            LoanId = reader.IsDBNull(41) ? null : reader.GetGuid(41),
            LoanState = reader.IsDBNull(42) ? null : reader.GetString(42),
            Accepted = reader.IsDBNull(44)
                ? null
                : new AcceptedOffer(reader.GetInt64(44), reader.GetFieldValue<DateOnly>(45)),
            RequestedFirstDueOn = DateOrNull(reader, 46),
            FourEyesAboveMinor = reader.IsDBNull(48) ? null : reader.GetInt64(48),
        };

    private static DateOnly? DateOrNull(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

    private static SentOffer ReadOffer(NpgsqlDataReader reader, int first) =>
        new()
        {
            Number = reader.GetInt32(43),
            Terms = StoredJson.Read<LoanTerms>(reader.GetString(first)),
            Fees = StoredJson.Read<List<OfferedFee>>(reader.GetString(first + 1)),
            TotalRepaymentMinor = reader.GetInt64(first + 2),
            AnnualPercentageRate = reader.GetDecimal(first + 3),
            SentBy = reader.GetGuid(first + 4),
            SentAt = reader.GetFieldValue<DateTimeOffset>(first + 5),
            ExpiresAt = reader.GetFieldValue<DateTimeOffset>(first + 6),
        };

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }
}
