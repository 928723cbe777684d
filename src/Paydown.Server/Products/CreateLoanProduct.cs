using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Products;

/// <summary>A manager creates a product.</summary>
public sealed class CreateLoanProduct(
    SingleWrites writes,
    OrganisationDirectory organisations,
    ProductChanges changes,
    Ids ids
) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Create a product")
            .Reads(ProductBody.Definition)
            .Returns<ProductView>()
            .Refuses(Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var product = ProductBody.Read(call.Body, ids.Next<ProductId>(), 1, organisation.Currency);
                if (product.IsRefused)
                    return Answer.Refused(product.Refusal);
                var stored = await changes.CreateAsync(
                    connection,
                    organisation.Id,
                    product.Value,
                    call.Body.Get(ProductBody.IsOpen) ?? true,
                    context,
                    call.Cancellation
                );
                return Answer.Success(ProductView.Of(stored), "The product is created.");
            }
        );
    }
}
