using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Collectors;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;
using Paydown.Statements.Reading;

namespace Paydown.Server.Collectors;

/// <summary>A collection that waits, or waited, and what a decision on it needs. Its standing is locked.</summary>
/// <param name="File">The file, by the one that sent it.</param>
/// <param name="Line">What the file says.</param>
/// <param name="State">What it is now.</param>
internal sealed record StoredCollection(SentFile File, CollectionLine Line, CollectionState State)
{
    /// <summary>A decision on it for four-eyes approval. It is decided once, so its version never changes.</summary>
    public Act ActOf(ActKind kind, CollectionId id, object terms, string reason) =>
        new()
        {
            Kind = kind,
            OrganisationId = File.OrganisationId,
            SubjectId = id.AsSubject,
            SubjectVersion = 1,
            Currency = File.Currency,
            Amount = Line.Amount,
            Terms = terms,
            Reason = reason,
        };
}

/// <summary>What a collection becomes by a decision.</summary>
/// <param name="State">Its state.</param>
/// <param name="Explanation">Why; null if the rules booked it.</param>
/// <param name="Waits">Why it waits; null if it does not.</param>
/// <param name="Booked">What is booked; null if nothing is.</param>
internal sealed record CollectionDecision(
    CollectionState State,
    string? Explanation,
    CollectionWait? Waits,
    BookedCollection? Booked
);

/// <summary>The SQL of what collectors have collected.</summary>
internal static class CollectionStore
{
    private const string FindLoans = """
        select customer_id, id, reference from loan_account
        where organisation_id = $1 and (reference = any ($2) or id = any ($3))
        """;

    private const string FindKnown = """
        select transaction_id, loan, collected_on, amount, stated_commission from collection
        where collector_id = $1 and transaction_id = any ($2)
        """;

    private const string Insert = """
        insert into collection (organisation_id, collector_id, file_id, id, line, transaction_id, loan, collected_on,
                                amount, stated_commission, currency_code)
        select $1, $2, $3, * from unnest($4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string InsertStandings = """
        insert into collection_standing (organisation_id, collector_id, file_id, collection_id, state, wait,
                                         explanation, customer_id, repayment_id, commission, decided_by, decided_at)
        select $1, $2, $3, * from unnest($4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string Update = """
        update collection_standing
        set state = $2, wait = $3, explanation = $4, customer_id = $5, repayment_id = $6, commission = $7,
            decided_by = $8, decided_at = $9
        where collection_id = $1
        """;

    private const string Lock = """
        select c.*, s.state, f.name as file_name, f.hash, f.remittance_reference, r.name as collector_name, r.commission_percent, r.recorded_at as collector_recorded_at
        from collection c
        join collection_standing s on s.collection_id = c.id
        join collector_file f on f.id = c.file_id
        join collector r on r.id = c.collector_id
        where c.organisation_id = $1 and c.id = $2
        for no key update of s
        """;

    private const string Select = """
        select c.id, c.file_id, c.line, c.transaction_id, c.loan, c.collected_on, c.amount, c.currency_code,
               coalesce(s.commission, c.stated_commission) as commission, s.state, s.wait, s.explanation,
               p.account_id, s.repayment_id, coalesce(r.status = 'REVERSED', false) as is_reversed
        from collection_standing s
        join collection c on c.id = s.collection_id
        left join repayment p on p.customer_id = s.customer_id and p.id = s.repayment_id
        left join repayment_standing r on r.customer_id = s.customer_id and r.repayment_id = s.repayment_id
        """;

    private const string Filter = """
        where s.collector_id = $2 and s.organisation_id = $1 and ($3::text is null or s.state = $3)
          and ($4::uuid is null or s.file_id = $4)
        """;

    private static readonly PageQuery Page = new(
        $"from collection_standing s {Filter}",
        $"""
        {Select}
        {Filter} and ($5::uuid is null or s.collection_id < $5) order by s.collection_id desc limit $6 offset $7
        """
    );

    /// <summary>Returns the loans that lines name, by what they write.</summary>
    public static async Task<IReadOnlyDictionary<string, LoanKey>> FindLoansAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<CollectionLine> lines,
        CancellationToken cancellation
    )
    {
        var written = lines.Select(line => line.Loan).Distinct(StringComparer.Ordinal).ToList();
        var accounts = new Dictionary<string, LoanId>(StringComparer.Ordinal);
        foreach (var text in written)
        {
            if (IdText.TryParse<LoanId>(text, "D", out var id) || IdText.TryParse(text, "N", out id))
                accounts.Add(text, id);
        }

        await using var command = new NpgsqlCommand(FindLoans, connection)
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(written.Select(OwnAccount.NumberOf).ToArray()),
                Sql.Value(accounts.Values.ToArray()),
            },
        };
        var (byReference, byId) = (new Dictionary<string, LoanKey>(), new Dictionary<LoanId, LoanKey>());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var key = new LoanKey(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("id"));
            byReference[reader.Text("reference")] = byId[key.LoanId] = key;
        }

        var found = new Dictionary<string, LoanKey>(StringComparer.Ordinal);
        foreach (var text in written)
        {
            if (
                byReference.TryGetValue(OwnAccount.NumberOf(text), out var key)
                || (accounts.TryGetValue(text, out var id) && byId.TryGetValue(id, out key))
            )
                found.Add(text, key);
        }

        return found;
    }

    /// <summary>Returns what earlier files of the collector say about the transactions of some lines.</summary>
    public static async Task<Dictionary<string, CollectionLine>> FindKnownAsync(
        NpgsqlConnection connection,
        SentFile file,
        IReadOnlyList<CollectionLine> lines,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(FindKnown, connection)
        {
            Parameters =
            {
                Sql.Value(file.Collector.Id),
                Sql.Value(lines.Select(line => line.TransactionId).ToArray()),
            },
        };
        var known = new Dictionary<string, CollectionLine>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var line = new CollectionLine(
                0,
                reader.Text("transaction_id"),
                reader.Text("loan"),
                reader.Date("collected_on"),
                reader.Money("amount", file.Currency),
                reader.MoneyOrNull("stated_commission", file.Currency)
            );
            known.Add(line.TransactionId, line);
        }

        return known;
    }

    /// <summary>Returns the organisation's four-eyes amount as it is now; null if it has none.</summary>
    public static async Task<Money?> FindFourEyesAsync(
        NpgsqlConnection connection,
        SentFile file,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select four_eyes_above::bigint from organisation where id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(file.OrganisationId) },
        };
        return await command.ExecuteScalarAsync(cancellation) is long above ? new Money(above, file.Currency) : null;
    }

    /// <summary>Adds the statements that write new collections to a batch.</summary>
    public static void AddTo(
        NpgsqlBatch batch,
        SentFile file,
        IReadOnlyList<NewCollection> decided,
        ActionContext context
    )
    {
        new RowsStatement<NewCollection>(Insert, decided)
            .With(file.OrganisationId)
            .With(file.Collector.Id)
            .With(file.Id)
            .Column(row => row.Id)
            .Column(row => row.Line.Line)
            .Column(row => row.Line.TransactionId)
            .Column(row => row.Line.Loan)
            .Column(row => row.Line.CollectedOn)
            .Column(row => row.Line.Amount)
            .Column(row => row.Line.Commission)
            .Column(row => row.Line.Amount.Currency.Code)
            .AddTo(batch);
        new RowsStatement<NewCollection>(InsertStandings, decided)
            .With(file.OrganisationId)
            .With(file.Collector.Id)
            .With(file.Id)
            .Column(row => row.Id)
            .Column(row => Words.Write(row.Waits is null ? CollectionState.Booked : CollectionState.Waiting))
            .Column(row => row.Waits is { } waits ? Words.Write(waits.Wait) : null)
            .Column(row => row.Waits?.Explanation)
            .Column(row => row.Booked?.Repayment.CustomerId)
            .Column(row => row.Booked?.Repayment.Id)
            .Column(row => row.Booked?.Commission)
            .Column(_ => context.By)
            .Column(_ => context.At)
            .AddTo(batch);
    }

    /// <summary>Adds the statement that writes an officer's decision on a collection to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, CollectionId id, CollectionDecision decision, ActionContext context) =>
        batch.BatchCommands.Add(
            new(Update)
            {
                Parameters =
                {
                    Sql.Value(id),
                    Sql.Value(Words.Write(decision.State)),
                    Sql.Value(decision.Waits is { } waits ? Words.Write(waits) : null, NpgsqlDbType.Text),
                    Sql.Value(decision.Explanation, NpgsqlDbType.Text),
                    Sql.Value(decision.Booked?.Repayment.CustomerId, NpgsqlDbType.Uuid),
                    Sql.Value(decision.Booked?.Repayment.Id, NpgsqlDbType.Uuid),
                    Sql.Value(decision.Booked?.Commission.MinorUnits, NpgsqlDbType.Bigint),
                    Sql.Value(context.By),
                    Sql.Value(context.At),
                },
            }
        );

    /// <summary>Returns a collection of an organisation and locks it; null if it has none with this id.</summary>
    public static async Task<StoredCollection?> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectionId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Lock, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var currency = reader.Currency("currency_code");
        var collector = new Collector(
            reader.Id<CollectorId>("collector_id"),
            reader.Text("collector_name"),
            reader.Decimal("commission_percent"),
            AccountNumber: null,
            CsvProfile: null,
            reader.Instant("collector_recorded_at")
        );
        return new(
            new SentFile(
                reader.Id<CollectorFileId>("file_id"),
                organisationId,
                currency,
                collector,
                reader.Text("file_name"),
                reader.Get<byte[]>("hash"),
                reader.TextOrNull("remittance_reference")
            ),
            new CollectionLine(
                reader.Integer("line"),
                reader.Text("transaction_id"),
                reader.Text("loan"),
                reader.Date("collected_on"),
                reader.Money("amount", currency),
                reader.MoneyOrNull("stated_commission", currency)
            ),
            reader.Word<CollectionState>("state")
        );
    }

    /// <summary>Returns a collection, which exists.</summary>
    public static async Task<CollectedPayment> GetAsync(
        NpgsqlConnection connection,
        CollectionId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand($"{Select} where s.collection_id = $1", connection)
        {
            Parameters = { Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return Read(reader);
    }

    /// <summary>Returns a page of a collector's collections, newest first.</summary>
    public static Task<PageRecords<CollectedPayment>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectorId collectorId,
        CollectionState? state,
        CollectorFileId? fileId,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Uuid],
            [
                Sql.Value(organisationId),
                Sql.Value(collectorId),
                Sql.Value(state is { } one ? Words.Write(one) : null, NpgsqlDbType.Text),
                Sql.Value(fileId, NpgsqlDbType.Uuid),
            ],
            Read,
            cancellation
        );

    private static CollectedPayment Read(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new CollectedPayment
        {
            Id = reader.Id<CollectionId>("id"),
            FileId = reader.Id<CollectorFileId>("file_id"),
            Line = reader.Integer("line"),
            TransactionId = reader.Text("transaction_id"),
            Loan = reader.Text("loan"),
            CollectedOn = reader.Date("collected_on"),
            Amount = reader.Money("amount", currency),
            Commission = reader.MoneyOrNull("commission", currency),
            State = reader.Word<CollectionState>("state"),
            Wait = reader.WordOrNull<CollectionWait>("wait"),
            Explanation = reader.TextOrNull("explanation"),
            AccountId = reader.IdOrNull<LoanId>("account_id"),
            RepaymentId = reader.IdOrNull<RepaymentId>("repayment_id"),
            IsReversed = reader.Boolean("is_reversed"),
        };
    }
}
