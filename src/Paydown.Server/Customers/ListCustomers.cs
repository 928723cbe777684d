using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>The customers of an organisation, the youngest record first, a page at a time.</summary>
public sealed class ListCustomers(NpgsqlDataSource database)
{
    public static IReadOnlyList<Field> QueryFields { get; } =
    [
        Field.Text("search", "A part of the name, the e-mail, or the phone number with its code.", 1, 100).Optional()
            with { Example = "ada" },
        .. Paging.Fields,
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var paging = Paging.Of(call);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var (customers, total) = await CustomerProfileStore.ListAsync(
            connection, call.Caller.OrganisationId, call.Query.TextOrNull("search"), paging.Size,
            (paging.Number - 1L) * paging.Size, call.Cancellation);
        return Answer.Success(customers, page: paging.ToPage(total));
    }
}
