using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer books an entry that the rules did not recognise as a charge or as interest of the bank.
/// </summary>
public sealed class BookBankEntry(SingleWrites writes, LoanChanges changes, Ids ids) : IUseCase
{
    private static readonly Field<BankMovement> Kind = Field.OneOf(
        "kind",
        "What it is: a charge of the bank, or its interest.",
        Enum.GetValues<BankMovement>()
    );
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why, for the history of the entry.", 1, 255)
        .WithExample("Monthly account maintenance.");

    public static Contract Contract { get; } =
        new Contract("Book an unidentified bank entry as a charge or interest of the bank")
            .Reads(Kind, Reason)
            .Returns<DecidedEntry>()
            .Refuses(Refusals.NotFound("unmatched payment"), Refusals.EntryNotOpen("MATCHED"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => BookAsync(connection, call, context));

    private async ValueTask<Answer> BookAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var entry = await EntryMatchStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(StatementRoutes.EntryId),
            call.Cancellation
        );
        if (entry is null)
            return Answer.Refused(Refusals.NotFound("unmatched payment"));
        if (!entry.IsOpen)
            return Answer.Refused(Refusals.EntryNotOpen(Words.Write(entry.State)));
        var decided = new EntryWrites(changes, ids, new DecidableRepayments());
        decided.Identify(entry, context);
        decided.Book(entry, call.Body.Get(Kind), context);
        decided.Decide(entry, EntryState.NotARepayment, null, [call.Body.Get(Reason)], [], context);
        await decided.WriteAsync(connection, call.Cancellation);
        return await DecidedEntry.AnswerAsync(connection, entry, null, "The entry is booked.", call.Cancellation);
    }
}
