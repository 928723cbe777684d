using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>A manager lists the products of the organisation, open and closed, each as it is offered now.</summary>
public sealed class ListLoanProducts(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var paging = Paging.Of(call);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var (files, total) = await ProductStore.ListAsync(
            connection, call.Caller.OrganisationId, paging.Size, (paging.Number - 1L) * paging.Size,
            call.Cancellation);
        return Answer.Success(files.Select(ProductView.Of).ToList(), page: paging.ToPage(total));
    }
}
