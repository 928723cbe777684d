using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>The customers of an organisation, the youngest record first, a page at a time.</summary>
public sealed class ListCustomers(NpgsqlDataSource database) : IUseCase
{
    public static IReadOnlyList<Field> QueryFields { get; } =
    [
        Field
            .Text(
                "search",
                "A part of the name, the e-mail or the phone number; fewer than 3 characters: how a word begins.",
                1,
                100
            )
            .Optional() with
        {
            Example = "ada",
        },
        .. Paging.Fields,
    ];

    public static Contract Contract { get; } =
        new Contract("List the customers of the organisation, the youngest record first")
            .Takes(QueryFields)
            .ReturnsPage<CustomerProfile>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await CustomerProfileStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            call.Query.TextOrNull("search"),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, customer => customer.Id, page.Counted);
    }
}
