using System.Data;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>A file of bank statements.</summary>
/// <param name="OrganisationId">The organisation that imports it.</param>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Name">Its name, for people.</param>
public sealed record BankFile(OrganisationId OrganisationId, byte[] Hash, string Name);

/// <summary>A statement that is about to be written.</summary>
/// <param name="Id">The statement's id.</param>
/// <param name="AccountId">The lender's bank account.</param>
/// <param name="Read">What the file says about it.</param>
/// <param name="State">Taken or held.</param>
public sealed record NewBankStatement(
    BankStatementId Id,
    CollectionAccountId AccountId,
    StatementSummary Read,
    StatementState State
);

/// <summary>A file of bank statements as it was imported, whose content is still in the database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Format">Its format.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Row">The row that has the content next.</param>
public sealed record OriginalFile(string Name, string Format, long Length, NpgsqlDataReader Row) : IAsyncDisposable
{
    /// <summary>Copies the content, once.</summary>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellation)
    {
        await using var content = await Row.GetStreamAsync(Row.GetOrdinal("content"), cancellation);
        await content.CopyToAsync(destination, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Row.DisposeAsync();
}

/// <summary>The SQL of bank statements and their files.</summary>
public static class BankStatementStore
{
    // The letters "stmt".
    private const string TryLock = "select pg_try_advisory_xact_lock(x'73746d74'::int, hashtext($1::text))";

    // The letters "fold".
    private const string TryLockFolder = "select pg_try_advisory_xact_lock(x'666f6c64'::int, 0)";

    private const string InsertFile = """
        insert into statement_file (organisation_id, hash, name, content, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, $6)
        """;

    private const string Insert = """
        insert into bank_statement (id, organisation_id, file_hash, position, collection_account_id, format,
                                    statement_number, opening_amount, opening_on, closing_amount, closing_on,
                                    balance_check, problem, state, entry_count, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """;

    private const string SetCount = """
        update bank_statement s
        set new_count = (select count(*) from statement_entry e where e.statement_id = s.id)
        where s.id = $1
        """;

    private const string SetState = """
        update bank_statement set state = $2, decided_by = $3, decided_at = $4 where id = $1
        """;

    // The statement before it is the last one that ended earlier. A statement that repeats entries overlaps, so nothing
    // is missing between.
    private const string Select = """
        select s.*, f.name as file_name, a.name as account_name, a.account_number, a.currency_code,
               case when s.new_count = s.entry_count and s.state = 'TAKEN'
                    then nullif(s.opening_amount - before.closing_amount, 0) end as gap
        from bank_statement s
        join statement_file f on f.organisation_id = s.organisation_id and f.hash = s.file_hash
        join collection_account a on a.id = s.collection_account_id
        left join lateral (
          select b.closing_amount from bank_statement b
          where b.collection_account_id = s.collection_account_id and b.state = 'TAKEN'
            and (b.closing_on, b.recorded_at, b.id) < (s.closing_on, s.recorded_at, s.id)
          order by b.closing_on desc, b.recorded_at desc, b.id desc limit 1) before on true
        """;

    private const string Filtered = """
        from bank_statement s
        where s.organisation_id = $1 and ($2::uuid is null or s.collection_account_id = $2)
          and ($3::text is null or s.state = $3)
        """;

    private static readonly PageQuery Page = new(
        Filtered,
        $"""
        {Select}
        where s.organisation_id = $1 and ($2::uuid is null or s.collection_account_id = $2)
          and ($3::text is null or s.state = $3)
          and ($4::timestamptz is null or (s.recorded_at, s.id) < ($4, $5::uuid))
        order by s.recorded_at desc, s.id desc limit $6 offset $7
        """
    );

    /// <summary>
    /// Locks the imports of an organisation until the transaction ends: equal entries of two files are counted one file
    /// after the other.
    /// </summary>
    /// <returns>False if another transaction has the lock.</returns>
    public static async Task<bool> TryLockImportsAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(TryLock, connection) { Parameters = { Sql.Value(organisationId) } };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Locks the folder of bank statements until the transaction of the connection ends.</summary>
    /// <returns>False if another worker has the lock.</returns>
    public static async Task<bool> TryLockFolderAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(TryLockFolder, connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Writes a file, which the organisation does not have yet.</summary>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        BankFile file,
        Stream content,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(InsertFile, connection)
        {
            Parameters =
            {
                Sql.Value(file.OrganisationId),
                Sql.Value(file.Hash),
                Sql.Value(file.Name),
                Sql.Value(content, NpgsqlDbType.Bytea),
                Sql.Value(context.By),
                Sql.Value(context.At),
            },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Returns the content of a file.</summary>
    public static async Task<byte[]> GetContentAsync(
        NpgsqlConnection connection,
        BankFile file,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select content from statement_file where organisation_id = $1 and hash = $2",
            connection
        )
        {
            Parameters = { Sql.Value(file.OrganisationId), Sql.Value(file.Hash) },
        };
        return (byte[])(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>
    /// Opens the file of a statement of an organisation; null if it has none with this id. The content is read from the
    /// database as it is copied.
    /// </summary>
    public static async Task<OriginalFile?> OpenFileAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        BankStatementId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select f.name, s.format, octet_length(f.content)::bigint as length, f.content
            from bank_statement s
            join statement_file f on f.organisation_id = s.organisation_id and f.hash = s.file_hash
            where s.organisation_id = $1 and s.id = $2
            """,
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
        if (await reader.ReadAsync(cancellation))
            return new(reader.Text("name"), reader.Text("format"), reader.Long("length"), reader);
        await reader.DisposeAsync();
        return null;
    }

    /// <summary>Adds the statement that writes a bank statement to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, BankFile file, NewBankStatement statement, ActionContext context)
    {
        var (opened, closed) = (statement.Read.Opened, statement.Read.Closed);
        batch.BatchCommands.Add(
            new(Insert)
            {
                Parameters =
                {
                    Sql.Value(statement.Id),
                    Sql.Value(file.OrganisationId),
                    Sql.Value(file.Hash),
                    Sql.Value(statement.Read.Position),
                    Sql.Value(statement.AccountId),
                    Sql.Value(opened.Format),
                    Sql.Value(opened.Id, NpgsqlDbType.Text),
                    Sql.Value(closed.Opening?.Amount.MinorUnits, NpgsqlDbType.Bigint),
                    Sql.Value(closed.Opening?.On, NpgsqlDbType.Date),
                    Sql.Value(closed.Closing?.Amount.MinorUnits, NpgsqlDbType.Bigint),
                    Sql.Value(closed.Closing?.On, NpgsqlDbType.Date),
                    Sql.Value(Words.Write(closed.Balances)),
                    Sql.Value(closed.Problem, NpgsqlDbType.Text),
                    Sql.Value(Words.Write(statement.State)),
                    Sql.Value(closed.Entries),
                    Sql.Value(context.By),
                    Sql.Value(context.At),
                },
            }
        );
    }

    /// <summary>Adds the statement that counts the entries which a bank statement added to a batch.</summary>
    public static void AddCountTo(NpgsqlBatch batch, BankStatementId id) =>
        batch.BatchCommands.Add(new(SetCount) { Parameters = { Sql.Value(id) } });

    /// <summary>Adds the statement that takes or discards a held bank statement to a batch.</summary>
    public static void AddStateTo(NpgsqlBatch batch, BankStatementId id, StatementState state, ActionContext context) =>
        batch.BatchCommands.Add(
            new(SetState)
            {
                Parameters =
                {
                    Sql.Value(id),
                    Sql.Value(Words.Write(state)),
                    Sql.Value(context.By),
                    Sql.Value(context.At),
                },
            }
        );

    /// <summary>Returns the statements of a file in its order; none if it was not imported.</summary>
    public static async Task<IReadOnlyList<BankStatementView>> ListAsync(
        NpgsqlConnection connection,
        BankFile file,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"{Select} where s.organisation_id = $1 and s.file_hash = $2 order by s.position",
            connection
        )
        {
            Parameters = { Sql.Value(file.OrganisationId), Sql.Value(file.Hash) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var statements = new List<BankStatementView>();
        while (await reader.ReadAsync(cancellation))
            statements.Add(Read(reader));
        return statements;
    }

    /// <summary>Returns a page of the statements of an organisation, newest first.</summary>
    public static Task<PageRecords<BankStatementView>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectionAccountId? accountId,
        StatementState? state,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.TimestampTz, NpgsqlDbType.Uuid],
            [
                Sql.Value(organisationId),
                Sql.Value(accountId, NpgsqlDbType.Uuid),
                Sql.Value(state is { } one ? Words.Write(one) : null, NpgsqlDbType.Text),
            ],
            Read,
            cancellation
        );

    /// <summary>Returns a statement of an organisation; null if it has none with this id.</summary>
    public static async Task<BankStatementView?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        BankStatementId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand($"{Select} where s.organisation_id = $1 and s.id = $2", connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>Locks a statement of an organisation until the transaction ends, if it has one with this id.</summary>
    public static async Task LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        BankStatementId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select from bank_statement where organisation_id = $1 and id = $2 for no key update",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Returns the file of a statement and its position there; null if the organisation has none.</summary>
    public static async Task<(BankFile File, int Position)?> FindFileAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        BankStatementId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select f.hash, f.name, s.position
            from bank_statement s
            join statement_file f on f.organisation_id = s.organisation_id and f.hash = s.file_hash
            where s.organisation_id = $1 and s.id = $2
            """,
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? (
                new BankFile(organisationId, reader.Get<byte[]>("hash"), reader.Text("name")),
                reader.Integer("position")
            )
            : null;
    }

    private static BankStatementView Read(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new BankStatementView
        {
            Id = reader.Id<BankStatementId>("id"),
            CollectionAccountId = reader.Id<CollectionAccountId>("collection_account_id"),
            AccountName = reader.Text("account_name"),
            AccountNumber = reader.Text("account_number"),
            CurrencyCode = currency.Code,
            FileName = reader.Text("file_name"),
            Format = reader.Text("format"),
            StatementNumber = reader.TextOrNull("statement_number"),
            OpeningBalance = reader.MoneyOrNull("opening_amount", currency),
            OpeningDate = reader.DateOrNull("opening_on"),
            ClosingBalance = reader.MoneyOrNull("closing_amount", currency),
            ClosingDate = reader.DateOrNull("closing_on"),
            Balances = reader.Word<BalanceCheck>("balance_check"),
            Problem = reader.TextOrNull("problem"),
            Gap = reader.MoneyOrNull("gap", currency),
            State = reader.Word<StatementState>("state"),
            EntryCount = reader.Integer("entry_count"),
            NewEntryCount = reader.Integer("new_count"),
            RecordedBy = reader.Id<UserId>("recorded_by"),
            RecordedAt = reader.Instant("recorded_at"),
            DecidedBy = reader.IdOrNull<UserId>("decided_by"),
            DecidedAt = reader.InstantOrNull("decided_at"),
        };
    }
}
