using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Statements;
using Paydown.Server.Wallets;

namespace Paydown.Server.Commands;

/// <summary><c>paydown import-statement FILE…</c>: stores bank statements and matches their entries.</summary>
/// <param name="Files">The paths.</param>
/// <param name="OrganisationId">The organisation; null if there is only one.</param>
/// <param name="Account">The number of the account, for files that do not state it; null otherwise.</param>
/// <param name="Currency">The currency of that account, if the number has accounts in several.</param>
internal sealed record StoreStatements(
    IReadOnlyList<string> Files,
    OrganisationId? OrganisationId,
    string? Account,
    string? Currency
)
{
    /// <summary>Stores the files one by one; each whole or not at all.</summary>
    /// <returns>See <see cref="ImportStatement.ExitCodes"/>.</returns>
    public async Task<int> RunAsync(
        NpgsqlDataSource db,
        bool json,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        var (exitCode, stored) = (0, new List<ImportedFile>());
        var organisation = await FindOrganisationAsync(db, cancellation);
        foreach (var file in Files)
        {
            var result = await StoreAsync(db, organisation, file, cancellation);
            if (result.IsRefused)
            {
                await error.WriteLineAsync($"paydown: {file}: {result.Refusal.Message}");
                exitCode = ImportStatement.IsNotRead;
                continue;
            }

            stored.Add(result.Value);
            var isHeld = result.Value.Statements.Any(one => one.State == StatementState.Held);
            exitCode = isHeld && exitCode == 0 ? ImportStatement.DoesNotAddUp : exitCode;
            if (!json)
                await output.WriteLineAsync($"{file}: {Describe(result.Value)}");
        }

        var ids = new Ids(TimeProvider.System);
        var directory = new OrganisationDirectory(db, TimeProvider.System);
        var matching = new EntryMatching(
            db,
            directory,
            new LoanChanges(ids),
            new TransferChanges(ids),
            TimeProvider.System,
            ids
        );
        var decided = await matching.MatchAsync(organisation.Id, int.MaxValue, cancellation);
        if (json)
            await output.WriteLineAsync(JsonSerializer.Serialize(stored, Wire.Options));
        else if (decided > 0)
            await output.WriteLineAsync($"Entries that the rules have decided about: {decided}");
        return exitCode;
    }

    private async Task<OrganisationSettings> FindOrganisationAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        return await ChosenLender.LockAsync(connection, OrganisationId, cancellation);
    }

    private async Task<Result<ImportedFile>> StoreAsync(
        NpgsqlDataSource db,
        OrganisationSettings organisation,
        string path,
        CancellationToken cancellation
    )
    {
        var content = await OpenAsync(path);
        if (content.IsRefused)
            return content.Refusal;
        await using var file = content.Value;
        var hash = await SHA256.HashDataAsync(file, cancellation);
        await using var transaction = await WriteTransaction.BeginAsync(db, cancellation);
        var given = await FindAccountAsync(transaction.Connection, organisation, cancellation);
        if (given.IsRefused)
            return given.Refusal;
        var ids = new Ids(TimeProvider.System);
        var now = ActionContext.InstantOf(TimeProvider.System);
        var stored = await new StatementImport(TimeProvider.System, ids).StoreAsync(
            transaction.Connection,
            new BankFile(organisation.Id, hash, Path.GetFileName(path)),
            file,
            given.Value.Account,
            // The operator is not a user and has no id.
            new ActionContext(UserId.Nobody, now, DateOnly.FromDateTime(now.UtcDateTime), "paydown import-statement"),
            cancellation
        );
        if (!stored.IsRefused)
            await transaction.CommitAsync();
        return stored;
    }

    private static async Task<Result<FileStream>> OpenAsync(string path)
    {
        await Task.Yield();
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refusals.BankStatementUnreadable(exception.Message);
        }
    }

    private async Task<Result<GivenAccount>> FindAccountAsync(
        NpgsqlConnection connection,
        OrganisationSettings organisation,
        CancellationToken cancellation
    )
    {
        if (Account is null)
            return new GivenAccount(null);
        var accounts = await CollectionAccountStore.ListAsync(connection, organisation.Id, cancellation);
        var found = accounts.FirstOrDefault(one =>
            one.AccountNumber == OwnAccount.NumberOf(Account) && (Currency is null || one.CurrencyCode == Currency)
        );
        return found is null ? Refusals.CollectionAccountUnknown(Account) : new GivenAccount(found);
    }

    private static string Describe(ImportedFile file) =>
        file.IsRepeated
            ? "imported before; nothing was added"
            : string.Join(
                "; ",
                file.Statements.Select(one =>
                    one.State == StatementState.Held
                        ? $"held: {one.Problem}"
                        : $"new entries: {one.NewEntryCount} of {one.EntryCount}"
                )
            );

    private sealed record GivenAccount(OwnAccount? Account);
}
