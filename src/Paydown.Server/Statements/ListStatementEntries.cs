using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>Lists the entries that a bank statement added, in its order.</summary>
public sealed class ListStatementEntries(NpgsqlDataSource database) : IUseCase
{
    private static readonly Field<EntryState?> State = Field
        .OneOf<EntryState>("state", "Only entries in this state.", Enum.GetValues<EntryState>())
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the entries of a bank statement")
            .Takes([State, .. Paging.Fields])
            .ReturnsPage<StatementEntryView>(PageKeyPart.Number)
            .Refuses(Refusals.NotFound("bank statement"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var statement = await BankStatementStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(StatementRoutes.StatementId),
            call.Cancellation
        );
        if (statement is null)
            return Answer.Refused(Refusals.NotFound("bank statement"));
        var page = await EntryListStore.ListAsync(
            connection,
            statement.Id,
            call.Query.Get(State),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, entry => new(entry.Position), page.Counted);
    }
}
