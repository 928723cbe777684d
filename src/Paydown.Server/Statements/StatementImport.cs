using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Statements.Reading;

namespace Paydown.Server.Statements;

/// <summary>
/// Stores files of bank statements, whole or not at all. What their entries mean is decided afterwards, in other
/// transactions.
/// </summary>
public sealed class StatementImport(TimeProvider time, Ids ids)
{
    private const int ChunkSize = 1_000;
    private static readonly TimeSpan LockWaitMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockPollInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>
    /// Stores a file in the transaction of the connection. A file that was stored before changes nothing.
    /// </summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="file">The file.</param>
    /// <param name="content">Its content, which can seek.</param>
    /// <param name="given">The account that the file is of; null to find it by the number in the file.</param>
    /// <param name="context">Who imports it.</param>
    /// <param name="cancellation">Cancels the import.</param>
    public async Task<Result<ImportedFile>> StoreAsync(
        NpgsqlConnection connection,
        BankFile file,
        Stream content,
        OwnAccount? given,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        if (!await TryLockAsync(connection, file.OrganisationId, cancellation))
            return Refusals.ImportRunning();
        var known = await BankStatementStore.ListAsync(connection, file, cancellation);
        if (known.Count > 0)
            return new ImportedFile(
                file.Name,
                IsRepeated: true,
                [.. known.Select(one => one with { NewEntryCount = 0 })]
            );

        var reading = ReadingOf(given);
        var read = StatementSummary.ReadAll(content, reading);
        if (read.IsRefused)
            return read.Refusal;
        var accounts = await CollectionAccountStore.ListAsync(connection, file.OrganisationId, cancellation);
        var named = NameAccounts(read.Value, given, accounts);
        if (named.IsRefused)
            return named.Refusal;

        content.Position = 0;
        await BankStatementStore.AddAsync(connection, file, content, context, cancellation);
        await AddStatementsAsync(connection, file, named.Value, context, cancellation);
        var taken = named.Value.Where(one => one.State == StatementState.Taken).ToList();
        await AddEntriesAsync(connection, file.OrganisationId, content, reading, taken, cancellation);
        var stored = await BankStatementStore.ListAsync(connection, file, cancellation);
        return new ImportedFile(file.Name, IsRepeated: false, stored);
    }

    /// <summary>
    /// Stores the entries of a held statement, which an officer confirms, in the transaction of the connection.
    /// </summary>
    /// <returns>Null if it is done.</returns>
    public async Task<Refusal?> TakeAsync(
        NpgsqlConnection connection,
        BankStatementView held,
        BankFile file,
        int position,
        OwnAccount account,
        CancellationToken cancellation
    )
    {
        if (!await TryLockAsync(connection, file.OrganisationId, cancellation))
            return Refusals.ImportRunning();
        await using var content = new MemoryStream(
            await BankStatementStore.GetContentAsync(connection, file, cancellation)
        );
        var reading = ReadingOf(account);
        var read = StatementSummary.ReadAll(content, reading);
        if (read.IsRefused)
            return read.Refusal;
        await AddEntriesAsync(
            connection,
            file.OrganisationId,
            content,
            reading,
            [new(held.Id, held.CollectionAccountId, read.Value[position - 1], StatementState.Taken)],
            cancellation
        );
        return null;
    }

    private async Task<bool> TryLockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        var since = time.GetTimestamp();
        while (!await BankStatementStore.TryLockImportsAsync(connection, organisationId, cancellation))
        {
            if (time.GetElapsedTime(since) > LockWaitMax)
                return false;
            await Task.Delay(LockPollInterval, time, cancellation);
        }

        return true;
    }

    private static StatementReading ReadingOf(OwnAccount? given) =>
        new()
        {
            Account = given?.AccountNumber,
            Currency = given?.Currency,
            Profile = given?.CsvProfile is { } profile ? CsvProfile.Parse(profile) : null,
        };

    private Result<IReadOnlyList<NewBankStatement>> NameAccounts(
        IReadOnlyList<StatementSummary> read,
        OwnAccount? given,
        IReadOnlyList<OwnAccount> accounts
    )
    {
        var named = new List<NewBankStatement>();
        foreach (var summary in read)
        {
            var account = AccountOf(summary.Opened, given, accounts);
            if (account.IsRefused)
                return account.Refusal;
            var holds = summary.Closed.Balances == BalanceCheck.DoNotAddUp;
            named.Add(
                new(
                    ids.Next<BankStatementId>(),
                    account.Value.Id,
                    summary,
                    holds ? StatementState.Held : StatementState.Taken
                )
            );
        }

        return named;
    }

    private static Result<OwnAccount> AccountOf(
        StatementOpened opened,
        OwnAccount? given,
        IReadOnlyList<OwnAccount> accounts
    )
    {
        if ((given ?? Find(opened, accounts)) is not { } account)
        {
            return opened.Account is { } unknown
                ? Refusals.CollectionAccountUnknown(unknown)
                : Refusals.CollectionAccountRequired();
        }

        if (account.ClosedAt is not null)
            return Refusals.CollectionAccountClosed(account.AccountNumber);
        return opened.Currency is { } currency && currency != account.Currency
            ? Refusals.CollectionAccountUnknown($"{opened.Account ?? account.AccountNumber} in {currency.Code}")
            : account;
    }

    // Some banks write their code before the number.
    private static OwnAccount? Find(StatementOpened opened, IReadOnlyList<OwnAccount> accounts)
    {
        const int digitsMin = 8;
        if (opened.Account is null)
            return null;
        var number = OwnAccount.NumberOf(opened.Account);
        var ofCurrency = accounts.Where(one => opened.Currency is null || one.Currency == opened.Currency).ToList();
        return ofCurrency.Find(one => one.AccountNumber == number)
            ?? ofCurrency.Find(one =>
                one.AccountNumber.Length >= digitsMin && number.EndsWith(one.AccountNumber, StringComparison.Ordinal)
            );
    }

    private async Task AddStatementsAsync(
        NpgsqlConnection connection,
        BankFile file,
        IReadOnlyList<NewBankStatement> statements,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
            BankStatementStore.AddTo(batch, file, statement, context);
        AuditTrail.AddTo(
            batch,
            [
                .. statements.Select(one => new AuditRecord(
                    file.OrganisationId,
                    one.Id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), "BANK_STATEMENT_IMPORTED", DetailOf(one))
                )),
            ]
        );
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task AddEntriesAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Stream content,
        StatementReading reading,
        List<NewBankStatement> taken,
        CancellationToken cancellation
    )
    {
        var byPosition = taken.ToDictionary(one => one.Read.Position);
        var occurrences = taken
            .Select(one => one.AccountId)
            .Distinct()
            .ToDictionary(id => id, _ => new EntryOccurrences());
        var positions = new Dictionary<int, int>();
        foreach (var chunk in StatementSummary.ReadEntries(content, reading).Chunk(ChunkSize))
        {
            var rows = new List<NewStatementEntry>(chunk.Length);
            foreach (var (place, entry) in chunk)
            {
                if (!byPosition.TryGetValue(place, out var statement))
                    continue;
                var position = positions[place] = positions.GetValueOrDefault(place) + 1;
                var row = new NewStatementEntry(
                    ids.Next<StatementEntryId>(),
                    statement.Id,
                    statement.AccountId,
                    position,
                    occurrences[statement.AccountId].Next(entry),
                    entry
                );
                rows.Add(row);
            }

            if (rows.Count > 0)
                await StatementEntryStore.AddAsync(connection, organisationId, rows, cancellation);
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in taken)
        {
            EntryStandingStore.AddNewTo(batch, statement.Id);
            BankStatementStore.AddCountTo(batch, statement.Id);
        }

        if (taken.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static string DetailOf(NewBankStatement statement) =>
        JsonSerializer.Serialize(
            new
            {
                CollectionAccountId = statement.AccountId,
                statement.Read.Opened.Format,
                statement.State,
                Entries = statement.Read.Closed.Entries,
            },
            Wire.Options
        );
}
