using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>Lists the customers of an organisation, the most recently recorded first, one page at a time.</summary>
public sealed class ListCustomers(NpgsqlDataSource database) : IUseCase
{
    private static readonly Field<string?> Search = Field
        .Text(
            "search",
            "Only customers whose name, e-mail or phone number contains this text. Fewer than 3 characters "
                + "must begin a word.",
            1,
            100
        )
        .Optional()
        .WithExample("ada");

    public static Contract Contract { get; } =
        new Contract("List the customers of the organisation, the most recently recorded first")
            .Takes([Search, .. Paging.Fields])
            .ReturnsPage<CustomerProfile>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await CustomerProfileStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            call.Query.Get(Search),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, customer => new(customer.Id), page.Counted);
    }
}
