using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>
/// Lists the money that officers have ordered back to its payers and that no bank entry shows yet, oldest first: what
/// is still to be paid at the bank.
/// </summary>
public sealed class ListPayerReturns(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the money that is on its way back to its payers, oldest first")
            .Takes(Paging.Fields)
            .ReturnsPage<StatementEntryView>(PageKeyPart.Date, PageKeyPart.Id);

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await EntryListStore.ListReturnsAsync(
            connection,
            call.Caller.OrganisationId,
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, entry => new(entry.BookedOn, entry.Id), page.Counted);
    }
}
