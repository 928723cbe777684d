namespace Paydown.Lending.Products;

/// <summary>Questions that can be answered, and answers that can pass.</summary>
internal static class QuestionRules
{
    private static readonly string[] YesOrNo = ["YES", "NO"];

    public static void Check(IReadOnlyList<EligibilityQuestion> questions, ProductErrors errors)
    {
        const string field = "eligibilityQuestions";
        errors.Unless(
            questions.Count <= ProductRules.QuestionsMax,
            field,
            $"must be at most {ProductRules.QuestionsMax}."
        );
        errors.CheckDistinct(questions.Select(question => question.Question), field, "question");
        errors.CheckDistinct(questions.Select(question => question.Id.ToString()), field, "questionId");
        for (var i = 0; i < questions.Count; i++)
            Check(questions[i], $"{field}[{i}]", errors);
    }

    private static void Check(EligibilityQuestion question, string path, ProductErrors errors)
    {
        CheckOptions(question, path, errors);
        CheckPassing(question, path, errors);
        errors.Unless(
            question.IsRequired || !IsDecisive(question),
            $"{path}.required",
            "must be true where only some answers pass: no answer at all would be neither."
        );
    }

    private static void CheckOptions(EligibilityQuestion question, string path, ProductErrors errors)
    {
        if (question.Type != QuestionType.Choice)
        {
            errors.Unless(question.Options.Count == 0, $"{path}.options", "is for a CHOICE only.");
            return;
        }

        errors.Unless(
            question.Options.Count is >= ProductRules.OptionsMin and <= ProductRules.OptionsMax,
            $"{path}.options",
            $"must have {ProductRules.OptionsMin} to {ProductRules.OptionsMax} answers to choose from."
        );
        errors.CheckDistinct(question.Options, $"{path}.options", "answer");
    }

    private static void CheckPassing(EligibilityQuestion question, string path, ProductErrors errors)
    {
        IReadOnlyList<string> known = question.Type switch
        {
            QuestionType.YesNo => YesOrNo,
            QuestionType.Choice => question.Options,
            _ => [],
        };
        errors.Unless(
            question.PassingAnswers.All(known.Contains),
            $"{path}.passingAnswers",
            question.Type switch
            {
                QuestionType.YesNo => "must be of YES, NO.",
                QuestionType.Choice => "must be among the options, letter by letter.",
                QuestionType.Number => "is not for a NUMBER, which passes by passingMinimum and passingMaximum.",
                _ => "is not for a TEXT: people read it.",
            }
        );
        errors.CheckDistinct(question.PassingAnswers, $"{path}.passingAnswers", "answer");
        var isNumber = question.Type == QuestionType.Number;
        errors.Unless(isNumber || question.PassingMin is null, $"{path}.passingMinimum", "is for a NUMBER only.");
        errors.Unless(isNumber || question.PassingMax is null, $"{path}.passingMaximum", "is for a NUMBER only.");
        errors.Unless(
            !(question.PassingMin > question.PassingMax),
            $"{path}.passingMaximum",
            "must be at least passingMinimum."
        );
    }

    private static bool IsDecisive(EligibilityQuestion question) =>
        question.PassingAnswers.Count > 0 || question.PassingMin is not null || question.PassingMax is not null;
}
