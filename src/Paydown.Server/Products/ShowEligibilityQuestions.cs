using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>A manager reads what who applies for a product is asked, and which answers pass.</summary>
public sealed class ShowEligibilityQuestions(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var file = await ProductStore.FindCurrentAsync(
            connection, call.Caller.OrganisationId, call.PathId("productId"), call.Cancellation);
        return file is null
            ? Answer.Refused(Refusals.NotFound("loan product"))
            : Answer.Success(ProductQuestions.Of(file.Product));
    }
}

/// <summary>The questions of a version of a product; what a manager may send back.</summary>
public sealed record ProductQuestions(
    Guid ProductId, int Version, IReadOnlyList<OfficerQuestion> EligibilityQuestions)
{
    internal static ProductQuestions Of(LoanProduct product) =>
        new(product.Id, product.Version, [.. product.Questions.Select(OfficerQuestion.Of)]);
}
