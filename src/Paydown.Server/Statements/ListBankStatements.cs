using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>Lists the imported bank statements, newest first.</summary>
public sealed class ListBankStatements(NpgsqlDataSource database) : IUseCase
{
    private static readonly Field<CollectionAccountId?> AccountId = Field
        .Id<CollectionAccountId>("collectionAccountId", "Only statements of this bank account of the lender.")
        .Optional();
    private static readonly Field<StatementState?> State = Field
        .OneOf<StatementState>("state", "Only statements in this state.", Enum.GetValues<StatementState>())
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the bank statements, newest first")
            .Takes([AccountId, State, .. Paging.Fields])
            .ReturnsPage<BankStatementView>(PageKeyPart.Instant, PageKeyPart.Id);

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await BankStatementStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            call.Query.Get(AccountId),
            call.Query.Get(State),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.RecordedAt, one.Id), page.Counted);
    }
}
