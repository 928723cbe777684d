using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Shows a manager a product with all its versions.</summary>
public sealed class GetLoanProduct(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a product with all its versions")
            .Returns<ProductView>()
            .Refuses(Refusals.NotFound("loan product"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var versions = await ProductStore.ListVersionsAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(ProductRoutes.ProductId),
            call.Cancellation
        );
        if (versions.Count == 0)
            return Answer.Refused(Refusals.NotFound("loan product"));
        var awaited = await ProductApprovals.FindAwaitedAsync(
            connection,
            versions[0],
            time.GetUtcNow(),
            call.Cancellation
        );
        return Answer.Success(
            ProductView.Of(versions[0]) with
            {
                AwaitedApproval = awaited,
                Versions = [.. versions.Select(ProductView.Of)],
            }
        );
    }
}
