using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer imports a file of bank statements. The file is stored whole or not at all, and each entry once, however
/// often files repeat it. A statement whose balances do not add up is held.
/// </summary>
public sealed class ImportBankStatement(
    SingleWrites writes,
    StatementImport import,
    EntryMatching matching,
    ILogger<ImportBankStatement> logger
) : IUseCase
{
    /// <summary>The maximum size of a file.</summary>
    public const int FileBytesMax = 32 * 1024 * 1024;

    /// <summary>The most entries that are matched before the response; others are matched by a worker.</summary>
    public const int MatchedMax = 2_000;

    private static readonly Field<string> FileName = Field
        .Text("fileName", "The name of the file, for people. The format is found by the content.", 1, 255)
        .WithExample("statement.xml");
    private static readonly Field<CollectionAccountId?> AccountId = Field
        .Id<CollectionAccountId>(
            "collectionAccountId",
            "The lender's bank account that the file is of, if the file does not say."
        )
        .Optional();

    public static Contract Contract { get; } =
        new Contract("Import a file of bank statements: camt.053, camt.052, camt.054, MT940, BAI2 or CSV")
            .Takes(FileName, AccountId)
            .ReadsFile(FileBytesMax)
            .Returns<ImportedFile>()
            .Refuses(
                Refusals.ImportRunning(),
                Refusals.NotFound("collection account"),
                Refusals.BankStatementUnreadable("Line 12, :61:: the amount has no comma; write 12,50."),
                Refusals.CollectionAccountUnknown("DE02120300000000202051"),
                Refusals.CollectionAccountRequired(),
                Refusals.CollectionAccountClosed("DE02120300000000202051")
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var answer = await writes.RunAsync(call, (connection, context) => ImportAsync(connection, call, context));
        if (answer.IsSuccess)
            await MatchAsync(call);
        return answer;
    }

    // The file is stored whatever happens here; entries that still wait are matched later.
    private async Task MatchAsync(Call call)
    {
        try
        {
            await matching.MatchAsync(call.Caller.OrganisationId, MatchedMax, call.Cancellation);
        }
        catch (Exception exception) when (DatabaseFailures.IsAway(exception))
        {
            StatementsLog.MatchingInterrupted(logger, call.Caller.OrganisationId, exception);
        }
    }

    private async ValueTask<Answer> ImportAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var organisationId = call.Caller.OrganisationId;
        OwnAccount? given = null;
        if (call.Query.Get(AccountId) is { } id)
        {
            given = await CollectionAccountStore.LockAsync(connection, organisationId, id, call.Cancellation);
            if (given is null)
                return Answer.Refused(Refusals.NotFound("collection account"));
        }

        var stored = await import.StoreAsync(
            connection,
            new(organisationId, call.File.Hash, call.Query.Get(FileName)),
            call.File.Open(),
            given,
            context,
            call.Cancellation
        );
        return Answer.From(stored, stored.IsRefused ? null : MessageOf(stored.Value));
    }

    private static string MessageOf(ImportedFile file)
    {
        if (file.IsRepeated)
            return "This file was imported before; nothing was added.";
        var (added, held) = (
            file.Statements.Sum(one => one.NewEntryCount),
            file.Statements.Count(one => one.State == StatementState.Held)
        );
        return $"{added} new entries are stored."
            + (held > 0 ? $" {held} statements are held, because their balances do not add up." : "");
    }
}
