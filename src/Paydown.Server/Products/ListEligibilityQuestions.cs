using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Shows what who applies for an open product is asked, not which answers pass.</summary>
public sealed class ListEligibilityQuestions(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var stored = await ProductStore.FindCurrentAsync(
            connection,
            call.Caller.OrganisationId,
            call.PathId("productId"),
            call.Cancellation
        );
        return stored is { IsOpen: true }
            ? Answer.Success(stored.Product.Questions.Select(QuestionAsked.Of).ToList())
            : Answer.Refused(Refusals.NotFound("loan product"));
    }
}

/// <summary>A question as who answers it sees it.</summary>
public sealed record QuestionAsked(
    Guid QuestionId,
    string Question,
    QuestionType Type,
    IReadOnlyList<string> Options,
    bool Required
)
{
    internal static QuestionAsked Of(EligibilityQuestion question) =>
        new(question.Id, question.Question, question.Type, question.Options, question.IsRequired);
}
