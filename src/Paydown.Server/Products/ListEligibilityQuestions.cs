using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Lists the questions that applicants for an open product must answer, without the passing answers.</summary>
public sealed class ListEligibilityQuestions(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List a product's eligibility questions")
            .Returns<IReadOnlyList<QuestionAsked>>()
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
        return stored is { IsOpen: true }
            ? Answer.Success(stored.Product.Questions.Select(QuestionAsked.Of).ToList())
            : Answer.Refused(Refusals.NotFound("loan product"));
    }
}

/// <summary>An eligibility question, for applicants.</summary>
/// <param name="QuestionId">The question's id, which an answer names.</param>
/// <param name="Question">The question.</param>
/// <param name="Type">The type of the answer.</param>
/// <param name="Options">The answers to choose from; empty unless type is CHOICE.</param>
/// <param name="Required">True if the question must be answered.</param>
public sealed record QuestionAsked(
    QuestionId QuestionId,
    string Question,
    QuestionType Type,
    IReadOnlyList<string> Options,
    bool Required
)
{
    internal static QuestionAsked Of(EligibilityQuestion question) =>
        new(question.Id, question.Question, question.Type, question.Options, question.IsRequired);
}
