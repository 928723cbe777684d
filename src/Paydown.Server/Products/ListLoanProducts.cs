using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>
/// Lists an organisation's products for a manager, open and closed ones, each in its current version.
/// </summary>
public sealed class ListLoanProducts(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List all products, open and closed, by name")
            .Takes(Paging.Fields)
            .ReturnsPage<ProductView>(PageKeyPart.Text, PageKeyPart.Id);

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await ProductStore.ListAsync(connection, call.Caller.OrganisationId, call.Paging, call.Cancellation);
        return call.Paging.Answer(
            page.Records,
            stored => new(stored.Product.Name, stored.Product.Id),
            ProductView.Of,
            page.Counted
        );
    }
}
