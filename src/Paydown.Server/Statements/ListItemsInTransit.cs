using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>
/// Lists the items in transit of a bank account, oldest first: what only the ledger has, and what only the balance of
/// the bank has.
/// </summary>
public sealed class ListItemsInTransit(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    TimeProvider time
) : IUseCase
{
    private static readonly Field<TransitSide?> Side = Field
        .OneOf<TransitSide>("side", "Only what this side has.", Enum.GetValues<TransitSide>())
        .Optional();

    private static readonly Field<TransitKind?> Kind = Field
        .OneOf<TransitKind>("kind", "Only items of this kind.", Enum.GetValues<TransitKind>())
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the items in transit of a bank account, oldest first")
            .Takes([ReconciledDay.AsOf, Side, Kind, .. Paging.Fields])
            .ReturnsPage<TransitItem>(PageKeyPart.Date, PageKeyPart.Id)
            .Refuses(Refusals.NotFound("collection account"), Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        if (ReconciledDay.Wrong(call, organisation.Today(time)) is { } wrong)
            return Answer.Refused(wrong);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var accounts = await CollectionAccountStore.ListAsync(connection, organisation.Id, call.Cancellation);
        var id = call.Path(StatementRoutes.AccountId);
        if (accounts.All(account => account.Id != id))
            return Answer.Refused(Refusals.NotFound("collection account"));
        var page = await ReconciliationStore.ListAsync(
            connection,
            organisation.Id,
            id,
            call.Query.Get(ReconciledDay.AsOf),
            call.Query.Get(Side),
            call.Query.Get(Kind),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.Item.On, one.Key), one => one.Item, page.Counted);
    }
}
