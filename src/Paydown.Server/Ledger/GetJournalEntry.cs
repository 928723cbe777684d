using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Ledger;

/// <summary>Shows a journal entry with all its postings: what stands behind one line of an account.</summary>
public sealed class GetJournalEntry(NpgsqlDataSource database) : IUseCase
{
    private static readonly Field<CustomerId> Customer = Field.Id<CustomerId>(
        "customerId",
        "The customer of the entry, as the list of postings shows it."
    );

    public static Contract Contract { get; } =
        new Contract("Show a journal entry with its postings")
            .Takes([Customer])
            .Returns<JournalEntryView>()
            .Refuses(Refusals.NotFound("journal entry"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var entry = await JournalEntries.FindAsync(
            connection,
            call.Caller.OrganisationId,
            call.Query.Get(Customer),
            call.Path(LedgerRoutes.JournalEntryId),
            call.Cancellation
        );
        return entry is null ? Answer.Refused(Refusals.NotFound("journal entry")) : Answer.Success(entry);
    }
}
