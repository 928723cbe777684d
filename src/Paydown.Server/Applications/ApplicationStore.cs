using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Applications;

/// <summary>An event of an application.</summary>
/// <param name="Sequence">The number of the event in its application, from 1.</param>
/// <param name="Status">The application's status after it.</param>
/// <param name="Note">What happened, in words.</param>
/// <param name="RecordedBy">The user who recorded it; the zero id if it was automatic.</param>
/// <param name="RecordedAt">When it was recorded.</param>
public sealed record RecordedEvent(
    int Sequence,
    ApplicationStatus Status,
    string Note,
    UserId RecordedBy,
    DateTimeOffset RecordedAt
);

/// <summary>Reads applications of one organisation. Within a writing transaction the row is locked.</summary>
public static class ApplicationStore
{
    internal static readonly string Select = $"""
        select a.customer_id, a.id, a.organisation_id, u.first_name || ' ' || u.last_name as customer_name, u.email,
               v.definition,
               a.status, a.requested_amount, a.duration, a.duration_counter, a.repayment_method, a.employment_status,
               a.monthly_income, a.first_name, a.last_name, a.date_of_birth, a.phone_number, a.bvn, a.account_number,
               a.bank_code,
               (select b.id from bank_account b
                where b.customer_id = a.customer_id and b.bank_code = a.bank_code
                  and b.account_number = a.account_number) as bank_account_id,
               a.answers, a.checks, a.score_parts, a.approved_amount, a.approved_rate, a.approved_duration,
               a.first_approved_by, a.reason, a.terms_accepted_at, a.requested_by, a.requested_on, a.recorded_at,
               (select count(*)::int from loan_application_event e
                where e.customer_id = a.customer_id and e.application_id = a.id) as event_count,
               o.terms as offer_terms, o.fees, o.total_repayment, o.apr, o.sent_by, o.sent_at, o.expires_at,
               l.id as loan_id, l.state as loan_state,
               o.number as offer_number,
               a.accepted_total, a.accepted_on, a.requested_first_due_on, a.approved_first_due_on,
               {FirstApprovalStore.LowestAmountSince("g", "a.recorded_at")} as four_eyes_above
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

    /// <summary>Returns a customer's application; null if the customer has none with this id.</summary>
    public static Task<StoredApplication?> FindAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        LoanApplicationId id,
        bool forUpdate,
        CancellationToken cancellation
    ) => FindOneAsync(connection, OfCustomer, customerId, id, forUpdate, cancellation);

    /// <summary>
    /// Returns an application of an organisation, for its officers; null if the organisation has none with this id.
    /// </summary>
    public static Task<StoredApplication?> FindInOrganisationAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        LoanApplicationId id,
        bool forUpdate,
        CancellationToken cancellation
    ) => FindOneAsync(connection, OfOrganisation, organisationId, id, forUpdate, cancellation);

    /// <summary>
    /// Returns and locks the customer's application for a product that may still become a loan, by its stored status;
    /// null if there is none.
    /// </summary>
    public static async Task<StoredApplication?> LockOpenAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        ProductId productId,
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
            Parameters = { Sql.Value(customerId), Sql.Value(productId) },
        };
        return await command.FindIdAsync<LoanApplicationId>(cancellation) is { } id
            ? await FindAsync(connection, customerId, id, forUpdate: true, cancellation)
            : null;
    }

    /// <summary>Returns the customer's applications with these ids.</summary>
    public static Task<IReadOnlyList<StoredApplication>> ListAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        IReadOnlyList<LoanApplicationId> ids,
        CancellationToken cancellation
    ) =>
        ReadAsync(
            connection,
            [Command($"{Select} where a.customer_id = $1 and a.id = any ($2)", customerId, Sql.Value(ids))],
            cancellation
        );

    /// <summary>Returns applications of an organisation whose offer has expired without a record of it.</summary>
    public static Task<IReadOnlyList<(CustomerId CustomerId, LoanApplicationId Id)>> ListExpiredAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        DateTimeOffset now,
        int countMax,
        CancellationToken cancellation
    ) =>
        Rows.ReadLastAsync(
            connection,
            [
                new(
                    """
                    select a.customer_id, a.id
                    from loan_application a
                    join loan_offer o on o.customer_id = a.customer_id and o.application_id = a.id
                      and o.number = a.offer_number
                    where a.organisation_id = $1 and a.status = 'OFFER_SENT' and o.expires_at <= $2
                    order by a.customer_id, a.id limit $3
                    """
                )
                {
                    Parameters = { Sql.Value(organisationId), Sql.Value(now), Sql.Value(countMax) },
                },
            ],
            reader => (reader.Id<CustomerId>("customer_id"), reader.Id<LoanApplicationId>("id")),
            cancellation
        );

    /// <summary>Returns the customer's applications with an open offer, newest first.</summary>
    public static Task<IReadOnlyList<StoredApplication>> ListOfferedAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
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

    /// <summary>Returns every state that an application reached, in order.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>> ListEventsAsync(
        NpgsqlConnection connection,
        StoredApplication stored,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select sequence, status, detail->>'note' as note, recorded_by, recorded_at from loan_application_event
            where customer_id = $1 and application_id = $2 order by sequence
            """,
            connection
        )
        {
            Parameters = { Sql.Value(stored.CustomerId), Sql.Value(stored.Id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<RecordedEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(
                new RecordedEvent(
                    reader.Integer("sequence"),
                    reader.Word<ApplicationStatus>("status"),
                    reader.Text("note"),
                    reader.Id<UserId>("recorded_by"),
                    reader.Instant("recorded_at")
                )
            );
        }

        return events;
    }

    private static async Task<StoredApplication?> FindOneAsync<TOwner>(
        NpgsqlConnection connection,
        string where,
        TOwner owner,
        LoanApplicationId id,
        bool forUpdate,
        CancellationToken cancellation
    )
        where TOwner : struct, IId<TOwner>
    {
        // Two statements: the second reads after the lock is held.
        List<NpgsqlBatchCommand> commands = [Command($"{Select} {where}", owner, id)];
        if (forUpdate)
            commands.Insert(0, Command($"select from loan_application a {where} for no key update", owner, id));
        return (await ReadAsync(connection, commands, cancellation)).SingleOrDefault();
    }

    private static Task<IReadOnlyList<StoredApplication>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<NpgsqlBatchCommand> commands,
        CancellationToken cancellation
    ) => Rows.ReadLastAsync(connection, commands, Read, cancellation);

    internal static StoredApplication Read(NpgsqlDataReader reader)
    {
        var product = reader.Json<LoanProduct>("definition");
        var currency = product.Currency;
        return new StoredApplication
        {
            CustomerId = reader.Id<CustomerId>("customer_id"),
            Id = reader.Id<LoanApplicationId>("id"),
            OrganisationId = reader.Id<OrganisationId>("organisation_id"),
            CustomerName = reader.Text("customer_name"),
            Email = reader.Text("email"),
            Product = product,
            Status = reader.Word<ApplicationStatus>("status"),
            Requested = reader.Money("requested_amount", currency),
            Duration = reader.Integer("duration"),
            DurationCounter = reader.IntegerOrNull("duration_counter"),
            RepaymentMethod = reader.Word<PaymentMethod>("repayment_method"),
            EmploymentStatus = reader.Text("employment_status"),
            MonthlyIncome = reader.Money("monthly_income", currency),
            FirstName = reader.Text("first_name"),
            LastName = reader.Text("last_name"),
            DateOfBirth = reader.Date("date_of_birth"),
            PhoneNumber = reader.Text("phone_number"),
            Bvn = reader.Text("bvn"),
            AccountNumber = reader.Text("account_number"),
            BankCode = reader.Text("bank_code"),
            BankAccountId = reader.IdOrNull<BankAccountId>("bank_account_id"),
            Answers = reader.Json<List<GivenAnswer>>("answers"),
            Checks = reader.Json<List<CheckResult>>("checks"),
            Score = new Score(reader.Json<List<ScorePart>>("score_parts")),
            Approved = reader.IsNull("approved_amount")
                ? null
                : new ApprovedTerms(
                    reader.Money("approved_amount", currency),
                    reader.Decimal("approved_rate"),
                    reader.Integer("approved_duration"),
                    reader.DateOrNull("approved_first_due_on")
                ),
            FirstApprovedBy = reader.IdOrNull<UserId>("first_approved_by"),
            Reason = reader.TextOrNull("reason"),
            TermsAcceptedAt = reader.InstantOrNull("terms_accepted_at"),
            RequestedBy = reader.Id<UserId>("requested_by"),
            RequestedOn = reader.Date("requested_on"),
            RecordedAt = reader.Instant("recorded_at"),
            EventCount = reader.Integer("event_count"),
            Offer = reader.IsNull("offer_terms") ? null : ReadOffer(reader, currency),
            AccountId = reader.IdOrNull<LoanId>("loan_id"),
            LoanState = reader.WordOrNull<LoanStatus>("loan_state"),
            Accepted = reader.IsNull("accepted_total")
                ? null
                : new AcceptedOffer(reader.Money("accepted_total", currency), reader.Date("accepted_on")),
            RequestedFirstDueOn = reader.DateOrNull("requested_first_due_on"),
            FourEyesAbove = reader.MoneyOrNull("four_eyes_above", currency),
        };
    }

    private static SentOffer ReadOffer(NpgsqlDataReader reader, Currency currency) =>
        new()
        {
            Number = reader.Integer("offer_number"),
            Terms = reader.Json<LoanTerms>("offer_terms"),
            Fees = reader.Json<List<OfferedFee>>("fees", currency),
            TotalRepayment = reader.Money("total_repayment", currency),
            AnnualPercentageRate = reader.Decimal("apr"),
            SentBy = reader.Id<UserId>("sent_by"),
            SentAt = reader.Instant("sent_at"),
            ExpiresAt = reader.Instant("expires_at"),
        };

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? Sql.Value(value));
        return command;
    }
}
