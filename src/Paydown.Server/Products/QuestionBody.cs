using System.Security.Cryptography;
using System.Text;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>The questions that applicants must answer, in a request or a file.</summary>
internal static class QuestionBody
{
    private const int TextMax = 500;
    private const int NumberMax = 1_000_000_000;

    private static readonly Field<QuestionId?> QuestionId = Field
        .Id<QuestionId>(
            "questionId",
            "The question's id. Absent: derived from the text, so the same question keeps its id."
        )
        .Optional()
        .NotReset()
        .WithExample("0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f");
    private static readonly Field<string> Question = Field
        .Text("question", "The name, shown to customers.", 1, TextMax)
        .WithExample("Are you in paid work?");
    private static readonly Field<QuestionType> Type = Field.OneOf<QuestionType>("type", "The type of the answer.");
    private static readonly Field<IReadOnlyList<string>> Options = Texts(
            "options",
            "The answers to choose from. For CHOICE only."
        )
        .NotReset()
        .WithExample(Array.Empty<string>());
    private static readonly Field<bool> Required = Field
        .Boolean("required", "Whether the question must be answered. Absent: true.")
        .Or(true);
    private static readonly Field<IReadOnlyList<string>> PassingAnswers = Texts(
            "passingAnswers",
            "The answers that pass; empty if every answer passes. For YES_NO and CHOICE."
        )
        .AsSet()
        .WithExample(new[] { "YES" });
    private static readonly Field<decimal?> PassingMinimum = Limit(
        "passingMinimum",
        "The smallest number that passes. For NUMBER."
    );
    private static readonly Field<decimal?> PassingMaximum = Limit(
        "passingMaximum",
        "The largest number that passes. For NUMBER."
    );

    /// <summary>The eligibility questions of a product's definition.</summary>
    public static readonly Field<IReadOnlyList<FieldValues>> Questions = Field.List(
        "eligibilityQuestions",
        "The questions that applicants must answer.",
        ProductRules.QuestionsMax,
        QuestionId,
        Question,
        Type,
        Options,
        Required,
        PassingAnswers,
        PassingMinimum,
        PassingMaximum
    );

    /// <summary>Returns the questions of a product.</summary>
    public static IReadOnlyList<EligibilityQuestion> Read(IReadOnlyList<FieldValues> questions, ProductId productId) =>
        [
            .. questions.Select(question => new EligibilityQuestion
            {
                Id = question.Get(QuestionId) ?? IdOf(productId, question.Get(Question)),
                Question = question.Get(Question),
                Type = question.Get(Type),
                Options = question.Get(Options),
                IsRequired = question.Get(Required),
                PassingAnswers = question.Get(PassingAnswers),
                PassingMin = question.Get(PassingMinimum),
                PassingMax = question.Get(PassingMaximum),
            }),
        ];

    // The same question of the same product gets the same id, so importing a file twice changes nothing. The id is a
    // UUID of version 8 (RFC 9562), whose content is up to us.
    private static QuestionId IdOf(ProductId productId, string question)
    {
        var bytes = SHA256.HashData([
            .. productId.Value.ToByteArray(bigEndian: true),
            .. Encoding.UTF8.GetBytes(question),
        ]);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new(new Guid(bytes.AsSpan(0, 16), bigEndian: true));
    }

    private static Field<IReadOnlyList<string>> Texts(string name, string description) =>
        Field.Values(name, description, ProductRules.OptionsMax, Field.Text("text", "", 1, TextMax)).Or([]);

    private static Field<decimal?> Limit(string name, string description) =>
        Field.Rate(name, description, -NumberMax, NumberMax).Optional().NotInExamples();
}
