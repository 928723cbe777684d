using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Collectors;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer takes an entry that the rules did not recognise as the remittance of a collector. Money out is what goes
/// back to the collector.
/// </summary>
public sealed class RemitPayment(SingleWrites writes, OrganisationDirectory organisations, LoanChanges changes, Ids ids)
    : IUseCase
{
    private static readonly Field<CollectorId> CollectorId = Field.Id<CollectorId>("collectorId", "The collector.");
    private static readonly Field<CollectorFileId?> FileId = Field
        .Id<CollectorFileId>("fileId", "The file whose money it is. Absent: of the collector's oldest files.")
        .Optional()
        .NotInExamples();
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why, for the history of the entry.", 1, 255)
        .WithExample("The collector paid from another account.");

    public static Contract Contract { get; } =
        new Contract("Take an unidentified bank entry as the remittance of a collector")
            .Reads(CollectorId, FileId, Reason)
            .Returns<DecidedEntry>()
            .Refuses(
                Refusals.NotFound("unmatched payment"),
                Refusals.EntryNotOpen("MATCHED"),
                Refusals.NotFound("collector"),
                Refusals.ValidationFailed()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(
            call,
            (connection, context) => RemitAsync(connection, call, organisation, context)
        );
    }

    private async ValueTask<Answer> RemitAsync(
        NpgsqlConnection connection,
        Call call,
        Organisation organisation,
        ActionContext context
    )
    {
        var entry = await EntryMatchStore.LockAsync(
            connection,
            organisation.Id,
            call.Path(StatementRoutes.EntryId),
            call.Cancellation
        );
        if (entry is null)
            return Answer.Refused(Refusals.NotFound("unmatched payment"));
        if (!entry.IsOpen)
            return Answer.Refused(Refusals.EntryNotOpen(Words.Write(entry.State)));
        var (collectorId, fileId) = (call.Body.Get(CollectorId), call.Body.Get(FileId));
        if (await CollectorStore.FindAsync(connection, organisation.Id, collectorId, call.Cancellation) is null)
            return Answer.Refused(Refusals.NotFound("collector"));
        if (fileId is { } id && !await RemittanceStore.HasFileAsync(connection, collectorId, id, call.Cancellation))
            return Answer.Refused(
                Refusals.ValidationFailed(new FieldError(FileId.Name, "is not a file of this collector."))
            );
        if (entry.Amount.Currency != organisation.Currency)
            return Answer.Refused(
                Refusals.ValidationFailed(
                    new FieldError(
                        CollectorId.Name,
                        $"owes {organisation.Currency.Code}; the entry has another currency."
                    )
                )
            );
        var decided = new EntryWrites(changes, ids, new DecidableRepayments());
        decided.Identify(entry, context);
        decided.Remit(new(entry, collectorId, fileId), context);
        decided.Decide(entry, EntryState.NotARepayment, null, [call.Body.Get(Reason)], [], context);
        await decided.WriteAsync(connection, call.Cancellation);
        return await DecidedEntry.AnswerAsync(
            connection,
            entry,
            null,
            "The entry is a remittance of the collector.",
            call.Cancellation
        );
    }
}
