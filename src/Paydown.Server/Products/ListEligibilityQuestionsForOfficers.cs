using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Lists a product's eligibility questions for a manager, with the passing answers.</summary>
public sealed class ListEligibilityQuestionsForOfficers(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List a product's eligibility questions with the passing answers")
            .Returns<ProductQuestions>()
            .Refuses(Refusals.NotFound("loan product"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await ProductStore.FindCurrentAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(ProductRoutes.ProductId),
            call.Cancellation
        );
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("loan product"));
        var awaited = await ProductApprovals.FindAwaitedAsync(connection, stored, time.GetUtcNow(), call.Cancellation);
        return Answer.Success(ProductQuestions.Of(stored.Product) with { AwaitedApproval = awaited });
    }
}

/// <summary>The questions of a product's version, in the form that a manager may send back.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="Version">The product's version.</param>
/// <param name="EligibilityQuestions">The questions, in order.</param>
public sealed record ProductQuestions(
    ProductId ProductId,
    int Version,
    IReadOnlyList<OfficerQuestion> EligibilityQuestions
)
{
    /// <summary>The change of the product that awaits a second manager; null if there is none.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }

    internal static ProductQuestions Of(LoanProduct product) =>
        new(product.Id, product.Version, [.. product.Questions.Select(OfficerQuestion.Of)]);
}
