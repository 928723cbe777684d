using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>Lists the people to whom the organisation does not lend, the last added first.</summary>
public sealed class ListBlacklist(NpgsqlDataSource database) : IUseCase
{
    private static readonly Field<BlacklistKind?> Kind = Field
        .OneOf<BlacklistKind>("kind", "Only entries of this kind.")
        .Optional()
        .WithExample("BVN");

    public static Contract Contract { get; } =
        new Contract("List the blacklist, the last added first")
            .Takes([Kind, .. Paging.Fields])
            .ReturnsPage<BlacklistEntry>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await BlacklistStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            call.Query.Get(Kind),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, entry => new(entry.Id), page.Counted);
    }
}
