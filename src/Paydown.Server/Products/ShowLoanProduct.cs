using Npgsql;
using Paydown.Lending;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>A manager reads a product with all its versions.</summary>
public sealed class ShowLoanProduct(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var versions = await ProductStore.ListVersionsAsync(
            connection, call.Caller.OrganisationId, call.PathId("productId"), call.Cancellation);
        return versions.Count == 0
            ? Answer.Refused(Refusals.NotFound("loan product"))
            : Answer.Success(ProductView.Of(versions[0]) with { Versions = [.. versions.Select(ProductView.Of)] });
    }
}
