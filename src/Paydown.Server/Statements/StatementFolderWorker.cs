using System.Security.Cryptography;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Paydown.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Server.Statements;

/// <summary>
/// Imports the files of a folder as uploads are imported. A file whose import was not followed by its move, because the
/// worker ended between, is found to be imported before. Any number of workers may watch one folder: one at a time.
/// </summary>
public sealed class StatementFolderWorker(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    StatementImport import,
    StatementFolderOptions options,
    TimeProvider time,
    ILogger<StatementFolderWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    private readonly StatementFolder folder = new(options.Path ?? "", time);

    /// <summary>Takes the files that are complete.</summary>
    /// <returns>The number of files that have left the folder.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var taken = 0;
        var files = folder.ListComplete();
        if (files.Count == 0)
            return 0;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // The imports have transactions of their own; this one only holds the lock, and is rolled back.
        await using var holding = await connection.BeginTransactionAsync(cancellation);
        if (!await BankStatementStore.TryLockFolderAsync(connection, cancellation))
            return 0;
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await TryTakeAsync(file, cancellation))
                taken++;
        }

        return taken;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Path is null
            ? Task.CompletedTask
            : WorkLoop.RunAsync(
                async token => await RunOnceAsync(token) > 0,
                Pause,
                PauseMax,
                time,
                exception => StatementsLog.FolderFailed(logger, exception),
                stoppingToken
            );

    private async Task<bool> TryTakeAsync(FileInfo file, CancellationToken cancellation)
    {
        var name = StatementFolder.ShownName(file);
        try
        {
            if (await ImportAsync(file, name, cancellation) is not { } imported)
                return false;
            if (imported.IsRefused)
            {
                if (!await folder.RejectAsync(file, imported.Refusal.Message, cancellation))
                    return false;
                StatementsLog.FileRejected(logger, name);
                return true;
            }

            var held = imported.Value.Statements.Where(one => one.State == StatementState.Held).ToList();
            if (!await folder.CloseAsync(file, held.Count == 0 ? null : NoteOf(held), cancellation))
                return false;
            if (held.Count > 0)
                StatementsLog.FileHeld(logger, name, held.Count);
            else
                StatementsLog.FileImported(logger, name);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            StatementsLog.FileUnreadable(logger, name, exception);
            folder.Ignore(file);
            return false;
        }
    }

    /// <summary>Imports a file; null if it is to be tried again.</summary>
    private async Task<Result<ImportedFile>?> ImportAsync(FileInfo file, string name, CancellationToken cancellation)
    {
        // An empty one is not opened: a pipe would wait for its writer.
        if (file.Length == 0)
            return Refusals.BankStatementUnreadable("The file is empty; download it again.");
        if (file.Length > StatementFolderOptions.FileBytesMax)
        {
            return Refusals.BankStatementUnreadable(
                $"The file has {file.Length} bytes; the limit is {StatementFolderOptions.FileBytesMax}."
            );
        }

        await using var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read);
        var hash = await SHA256.HashDataAsync(content, cancellation);
        content.Position = 0;
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var owner = await FindOwnerAsync(transaction.Connection, content, cancellation);
        if (owner.IsRefused)
            return owner.Refusal;
        var organisationId = owner.Value.OrganisationId;
        var given = owner.Value.AccountId is { } id
            ? await CollectionAccountStore.LockAsync(transaction.Connection, organisationId, id, cancellation)
            : null;
        content.Position = 0;
        var organisation = await organisations.GetAsync(organisationId, cancellation);
        var stored = await import.StoreAsync(
            transaction.Connection,
            new BankFile(organisationId, hash, name),
            content,
            given,
            // The operator is not a user and has no id.
            new(UserId.Nobody, ActionContext.InstantOf(time), organisation.Today(time), "paydown work"),
            cancellation
        );
        if (stored.IsRefused && stored.Refusal.Code == Refusals.ImportRunning().Code)
            return null;
        if (!stored.IsRefused)
            await transaction.CommitAsync();
        return stored;
    }

    // The accounts are read with the usual names of columns; an account's profile reads its file afterwards.
    private static async Task<Result<FileOwner>> FindOwnerAsync(
        NpgsqlConnection connection,
        Stream content,
        CancellationToken cancellation
    )
    {
        var opened = ReadOpened(content);
        if (opened.IsRefused)
            return opened.Refusal;
        StatementOwner? owner = null;
        foreach (var statement in opened.Value)
        {
            if (statement.Account is null)
                return Refusals.BankStatementUnreadable(
                    "The file does not say of which account it is; upload it and choose the account."
                );
            var owners = await StatementOwnerStore.ListAsync(connection, statement, cancellation);
            if (owners.Count == 0)
                return Refusals.CollectionAccountUnknown(statement.Account);
            if (owners.Count > 1 || (owner is not null && owner.OrganisationId != owners[0].OrganisationId))
                return Refusals.BankStatementUnreadable(
                    "More than one organisation has an account of this file; upload it as an officer of one of them."
                );
            owner = owners[0];
        }

        var hasProfile = opened.Value is [{ Format: "CSV" }];
        return new FileOwner(owner!.OrganisationId, hasProfile ? owner.AccountId : null);
    }

    private static Result<IReadOnlyList<StatementOpened>> ReadOpened(Stream content)
    {
        var opened = new List<StatementOpened>();
        try
        {
            foreach (var item in StatementFile.Read(content, new StatementReading()))
            {
                if (item is StatementOpened begins)
                    opened.Add(begins);
            }
        }
        catch (StatementFaultException) when (opened.Count > 0)
        {
            // The import reads the file as its account says, and reports what is still wrong.
        }
        catch (StatementFaultException exception)
        {
            return Refusals.BankStatementUnreadable(
                IsCsv(content)
                    ? $"{exception.Message} A CSV file in the folder must state its account and currency; you can also "
                        + "upload it and choose the account."
                    : exception.Message
            );
        }

        return opened.Count > 0
            ? opened
            : Refusals.BankStatementUnreadable("The file holds no statement; download it again.");
    }

    private static bool IsCsv(Stream content)
    {
        content.Position = 0;
        try
        {
            return StatementFile.PreviewCsv(content, new StatementReading()) is not null;
        }
        catch (StatementFaultException)
        {
            return false;
        }
    }

    private static string NoteOf(IReadOnlyList<BankStatementView> held) =>
        string.Join(
            '\n',
            held.Select(one =>
                $"Held, none of its entries is taken: {one.Problem} An officer confirms it (PUT "
                + $"admin/bank-statements/{one.Id}/confirm) or discards it."
            )
        );

    private sealed record FileOwner(OrganisationId OrganisationId, CollectionAccountId? AccountId);
}
