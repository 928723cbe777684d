using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Server.Collectors;

/// <summary>
/// An officer imports the file of a collector: what it has collected on the loans that it holds. The file is stored
/// whole or not at all, and each transaction of the collector once, however often files repeat it. What is right is a
/// verified repayment at once; what is not waits with its reason and does not stop the rest.
/// </summary>
public sealed class ImportCollections(
    SingleWrites writes,
    OrganisationDirectory organisations,
    CollectionBooking booking,
    Ids ids
) : IUseCase
{
    /// <summary>The maximum size of a file.</summary>
    public const int FileBytesMax = 4 * 1024 * 1024;

    /// <summary>The most lines of a file, whose repayments are one transaction.</summary>
    public const int LinesMax = 2_000;

    private const int ShownMax = 100;
    private const int FaultsMax = 10;
    private const int ReferenceMin = 6;

    private static readonly Field<string> FileName = Field
        .Text("fileName", "The name of the file, for people.", 1, 255)
        .WithExample("collections.csv");
    private static readonly Field<bool?> DryRun = Field
        .Boolean("dryRun", "True to show what the file would do, without storing anything.")
        .Optional();
    private static readonly Field<string?> RemittanceReference = Field
        .Text("remittanceReference", "What the transfer of the file's money will carry, if known.", ReferenceMin, 64)
        .Cleaned()
        .Optional()
        .WithExample("REMIT 2026 01");

    public static Contract Contract { get; } =
        new Contract("Import the file of a collector: what it has collected")
            .Takes(FileName, DryRun, RemittanceReference)
            .ReadsFile(FileBytesMax)
            .Returns<ImportedCollections>()
            .Refuses(
                Refusals.ValidationFailed(),
                Refusals.NotFound("collector"),
                Refusals.CollectionsUnreadable("Line 12, amount: '12.50x' is not an amount; write it like 1,234.56."),
                Refusals.RemittanceReferenceTaken()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(
            call,
            (connection, context) => ImportAsync(connection, call, organisation, context)
        );
    }

    private async ValueTask<Answer> ImportAsync(
        NpgsqlConnection connection,
        Call call,
        Organisation organisation,
        ActionContext context
    )
    {
        var collector = await CollectorStore.LockAsync(
            connection,
            organisation.Id,
            call.Path(CollectorRoutes.CollectorId),
            call.Cancellation
        );
        if (collector is null)
            return Answer.Refused(Refusals.NotFound("collector"));
        var reference = call.Query.Get(RemittanceReference) is { } written ? OwnAccount.NumberOf(written) : null;
        if (reference is not null && (reference.Length < ReferenceMin || !reference.Any(char.IsAsciiDigit)))
            return Answer.Refused(
                Refusals.ValidationFailed(
                    new FieldError(
                        RemittanceReference.Name,
                        $"must have at least {ReferenceMin} letters and digits, and a digit."
                    )
                )
            );
        var file = new SentFile(
            ids.Next<CollectorFileId>(),
            organisation.Id,
            organisation.Currency,
            collector,
            call.Query.Get(FileName),
            call.File.Hash,
            reference
        );
        var earlier = await CollectorFileStore.FindByHashAsync(connection, file, call.Cancellation);
        if (earlier is { } repeated)
            return Repeated(file, repeated);
        if (await CollectorFileStore.IsTakenAsync(connection, file, call.Cancellation))
            return Answer.Refused(Refusals.RemittanceReferenceTaken());
        var read = await ReadAsync(connection, file, call.File.Open(), context, call.Cancellation);
        if (read.IsRefused)
            return Answer.Refused(read.Refusal);
        var decided = await booking.DecideAsync(connection, file, read.Value.New, context, call.Cancellation);
        var isPreview = call.Query.Get(DryRun) is true;
        if (!isPreview)
            await WriteAsync(connection, file, call.File.Open(), read.Value.Count, decided, context, call.Cancellation);
        return Imported(file, read.Value.Count, decided, isPreview);
    }

    // All lines, and those that no earlier file has.
    private static async Task<Result<(int Count, IReadOnlyList<CollectionLine> New)>> ReadAsync(
        NpgsqlConnection connection,
        SentFile file,
        Stream content,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        try
        {
            var profile = file.Collector.CsvProfile is { } json ? CollectionProfile.Parse(json) : null;
            var lines = CollectionFile.Read(content, profile, file.Currency, LinesMax);
            var known = await CollectionStore.FindKnownAsync(connection, file, lines, cancellation);
            var (faults, fresh) = (new List<string>(), new List<CollectionLine>());
            foreach (var line in lines)
            {
                if (line.CollectedOn > context.Today)
                    faults.Add($"Line {line.Line}: {line.CollectedOn:yyyy-MM-dd} is after today.");
                else if (!known.TryGetValue(line.TransactionId, out var before))
                    fresh.Add(known[line.TransactionId] = line);
                else if (before with { Line = line.Line } != line)
                    faults.Add(
                        $"Line {line.Line}: transaction {line.TransactionId} came before as {Described(before)}; a "
                            + "correction needs an id of its own."
                    );
            }

            return faults.Count > 0
                ? Refusals.CollectionsUnreadable(string.Join(' ', faults.Take(FaultsMax)))
                : (lines.Count, fresh);
        }
        catch (StatementFaultException exception)
        {
            return Refusals.CollectionsUnreadable(exception.Message);
        }
    }

    private static string Described(CollectionLine line) =>
        $"{line.Amount} for {line.Loan} on {line.CollectedOn:yyyy-MM-dd}"
        + (line.Commission is { } commission ? $" with a commission of {commission}" : "");

    private async Task WriteAsync(
        NpgsqlConnection connection,
        SentFile file,
        Stream content,
        int lineCount,
        IReadOnlyList<NewCollection> decided,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        CollectorFileStore.AddTo(batch, file, content, lineCount, context);
        CollectionBooking.AddTo(batch, [.. decided.Select(one => one.Booked).OfType<BookedCollection>()]);
        CollectionStore.AddTo(batch, file, decided, context);
        var detail = new
        {
            file.Name,
            CollectorId = file.Collector.Id,
            LineCount = lineCount,
            NewCount = decided.Count,
            BookedCount = decided.Count(one => one.Booked is not null),
        };
        AuditTrail.AddTo(
            batch,
            [
                new(
                    file.OrganisationId,
                    file.Id.AsSubject,
                    context,
                    new(
                        ids.Next<AuditEntryId>(),
                        "COLLECTIONS_IMPORTED",
                        JsonSerializer.Serialize(detail, Wire.Options)
                    )
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static Answer Repeated(SentFile file, (CollectorFileId Id, int LineCount) repeated) =>
        Answer.Success(
            new ImportedCollections(
                repeated.Id,
                file.Name,
                IsRepeated: true,
                IsPreview: false,
                repeated.LineCount,
                0,
                CollectedSum.Of([], file.Currency),
                CollectedSum.Of([], file.Currency),
                []
            ),
            "This file was imported before; nothing was added."
        );

    private static Answer Imported(SentFile file, int lineCount, IReadOnlyList<NewCollection> decided, bool isPreview)
    {
        var shown = decided.Select(one => one.ToView(isPreview ? null : file.Id)).ToList();
        var waiting = shown.Where(one => one.State == CollectionState.Waiting).ToList();
        var booked = shown.Where(one => one.State == CollectionState.Booked).ToList();
        return Answer.Success(
            new ImportedCollections(
                isPreview ? null : file.Id,
                file.Name,
                IsRepeated: false,
                isPreview,
                lineCount,
                shown.Count,
                CollectedSum.Of(booked, file.Currency),
                CollectedSum.Of(waiting, file.Currency),
                [.. waiting.Concat(booked).Take(ShownMax)]
            ),
            (isPreview ? "Nothing is stored: " : "")
                + $"{booked.Count} collections are booked, {waiting.Count} wait for an officer."
        );
    }
}
