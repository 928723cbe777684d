using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Applications;

/// <summary>
/// Writes a change of an application: all its rows, within the transaction that has locked the application.
/// </summary>
public static class ApplicationChangeStore
{
    private const string Insert = """
        insert into loan_application (
          customer_id, id, organisation_id, product_id, product_version, status, currency_code, requested_amount,
          duration, duration_counter, repayment_method, employment_status, monthly_income, first_name, last_name,
          date_of_birth, phone_number, bvn, account_number, bank_code, answers, checks, score, band, score_parts,
          requested_by, requested_on, recorded_at, requested_first_due_on)
        values ($1, $2, $3, $4, $5, 'REQUESTED', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                $20::jsonb, $21::jsonb, $22, $23, $24::jsonb, $25, $26, $27, $28)
        """;

    private const string Update = """
        update loan_application
        set status = $3, approved_amount = $4, approved_rate = $5, approved_duration = $6, first_approved_by = $7,
            reason = $8, terms_accepted_at = $9, approved_first_due_on = $10, offer_number = $11, accepted_total = $12,
            accepted_on = $13
        where customer_id = $1 and id = $2
        """;

    private const string InsertEvents = """
        insert into loan_application_event (customer_id, application_id, sequence, status, detail, recorded_by,
                                            recorded_at)
        select customer_id, application_id, sequence, status, jsonb_build_object('note', note), recorded_by, recorded_at
        from unnest($1, $2, $3, $4, $5, $6, $7)
          as r (customer_id, application_id, sequence, status, note, recorded_by, recorded_at)
        """;

    private const string InsertOffer = """
        insert into loan_offer (customer_id, application_id, number, terms, fees, amount, total_repayment, apr, sent_by,
                                sent_at, expires_at)
        values ($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>Writes all rows of a change. The caller commits.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        ApplicationChange change,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        AddTo(batch, change);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Adds the statements that write all rows of a change to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, ApplicationChange change)
    {
        if (change.IsNew)
            AddApplication(batch, change.After);
        AddStanding(batch, change.After);
        new RowsStatement<ApplicationEvent>(InsertEvents, change.Events)
            .Column(_ => change.After.CustomerId)
            .Column(_ => change.After.Id)
            .Column(one => one.Sequence)
            .Column(one => ApplicationStates.Word(one.Status))
            .Column(one => one.Note)
            .Column(one => one.By)
            .Column(_ => change.ActionContext.At)
            .AddTo(batch);
        if (change.HasNewOffer)
            AddOffer(batch, change.After, change.After.Offer!);
        OutboxStore.AddTo(
            batch,
            [
                .. change.Messages.Select(message => new OutboxRow(
                    change.After.CustomerId,
                    change.After.OrganisationId,
                    message.AccountId,
                    message.Message,
                    change.ActionContext.At
                )),
            ]
        );
        AuditTrail.AddTo(
            batch,
            [
                .. change.Audited.Select(entry => new AuditRecord(
                    change.After.OrganisationId,
                    change.After.Id.AsSubject,
                    change.ActionContext,
                    entry
                )),
            ]
        );
    }

    private static void AddApplication(NpgsqlBatch batch, StoredApplication stored) =>
        batch.BatchCommands.Add(
            Command(
                Insert,
                stored.CustomerId,
                stored.Id,
                stored.OrganisationId,
                stored.Product.Id,
                stored.Product.Version,
                stored.Currency.Code,
                stored.Requested,
                stored.Duration,
                Sql.Value(stored.DurationCounter, NpgsqlDbType.Integer),
                Words.Write(stored.RepaymentMethod),
                stored.EmploymentStatus,
                stored.MonthlyIncome,
                stored.FirstName,
                stored.LastName,
                stored.DateOfBirth,
                stored.PhoneNumber,
                stored.Bvn,
                stored.AccountNumber,
                stored.BankCode,
                StoredJson.Write(stored.Answers),
                StoredJson.Write(stored.Checks),
                (short)stored.Score.Total,
                Words.Write(stored.Score.Band),
                StoredJson.Write(stored.Score.Parts),
                stored.RequestedBy,
                stored.RequestedOn,
                stored.RecordedAt,
                Sql.Value(stored.RequestedFirstDueOn, NpgsqlDbType.Date)
            )
        );

    private static void AddStanding(NpgsqlBatch batch, StoredApplication stored) =>
        batch.BatchCommands.Add(
            Command(
                Update,
                stored.CustomerId,
                stored.Id,
                ApplicationStates.Word(stored.Status),
                Sql.Value(stored.Approved?.Amount, NpgsqlDbType.Bigint),
                Sql.Value(stored.Approved?.AnnualRatePercent, NpgsqlDbType.Numeric),
                Sql.Value(stored.Approved?.Duration, NpgsqlDbType.Integer),
                Sql.Value(stored.FirstApprovedBy, NpgsqlDbType.Uuid),
                Sql.Value(stored.Reason, NpgsqlDbType.Text),
                Sql.Value(stored.TermsAcceptedAt, NpgsqlDbType.TimestampTz),
                Sql.Value(stored.Approved?.FirstDueOn, NpgsqlDbType.Date),
                stored.Offer?.Number ?? 0,
                Sql.Value(stored.Accepted?.Total, NpgsqlDbType.Bigint),
                Sql.Value(stored.Accepted?.On, NpgsqlDbType.Date)
            )
        );

    private static void AddOffer(NpgsqlBatch batch, StoredApplication stored, SentOffer offer) =>
        batch.BatchCommands.Add(
            Command(
                InsertOffer,
                stored.CustomerId,
                stored.Id,
                offer.Number,
                StoredJson.Write(offer.Terms),
                StoredJson.Write(offer.Fees),
                offer.Terms.Principal,
                offer.TotalRepayment,
                offer.AnnualPercentageRate,
                offer.SentBy,
                offer.SentAt,
                offer.ExpiresAt
            )
        );

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? Sql.Value(value));
        return command;
    }
}
