using System.Globalization;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;

namespace Paydown.Lending.Applications;

/// <summary>Reads the answers to a product's questions and finds those that do not pass.</summary>
public static class EligibilityAnswers
{
    private const string Yes = "YES";
    private const string No = "NO";

    /// <summary>All invalid answers at once, each by its field.</summary>
    public static IReadOnlyList<FieldError> Errors(
        IReadOnlyList<EligibilityQuestion> questions,
        IReadOnlyList<GivenAnswer> answers
    )
    {
        var errors = new List<FieldError>();
        var answered = new HashSet<QuestionId>();
        foreach (var (index, given) in answers.Index())
        {
            var field = $"eligibilityAnswers[{index}]";
            var question = questions.FirstOrDefault(one => one.Id == given.QuestionId);
            if (question is null)
                errors.Add(new($"{field}.questionId", "is no question of this product."));
            else if (!answered.Add(given.QuestionId))
                errors.Add(new($"{field}.questionId", "is answered twice."));
            else if (Form(question, given.Answer) is { } form)
                errors.Add(new($"{field}.answer", $"must be {form}."));
        }

        errors.AddRange(
            questions
                .Where(question => question.IsRequired && !answered.Contains(question.Id))
                .Select(question => new FieldError(
                    "eligibilityAnswers",
                    $"must answer question {question.Id}: {question.Question}"
                ))
        );
        return errors;
    }

    /// <summary>The questions whose answer does not pass. An optional question without an answer passes.</summary>
    public static IReadOnlyList<EligibilityQuestion> Failing(
        IReadOnlyList<EligibilityQuestion> questions,
        IReadOnlyList<GivenAnswer> answers
    ) =>
        [
            .. questions.Where(question =>
                answers.FirstOrDefault(given => given.QuestionId == question.Id) is { } given
                && !Passes(question, given.Answer)
            ),
        ];

    // What an answer must look like; null if this one does.
    private static string? Form(EligibilityQuestion question, string answer) =>
        question.Type switch
        {
            QuestionType.YesNo => YesOrNo(answer) is null ? "YES or NO" : null,
            QuestionType.Choice => question.Options.Contains(answer)
                ? null
                : $"one of {string.Join(", ", question.Options)}",
            QuestionType.Number => Number(answer) is null ? "a number" : null,
            _ => string.IsNullOrWhiteSpace(answer) ? "a text" : null,
        };

    private static bool Passes(EligibilityQuestion question, string answer)
    {
        if (question.Type == QuestionType.Number)
            return !(Number(answer) < question.PassingMin) && !(Number(answer) > question.PassingMax);
        var said = question.Type == QuestionType.YesNo ? YesOrNo(answer)! : answer;
        return question.PassingAnswers.Count == 0
            || question.PassingAnswers.Contains(said, StringComparer.OrdinalIgnoreCase);
    }

    private static string? YesOrNo(string answer) =>
        answer.ToUpperInvariant() switch
        {
            Yes or "TRUE" => Yes,
            No or "FALSE" => No,
            _ => null,
        };

    private static decimal? Number(string answer) =>
        decimal.TryParse(
            answer,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
