using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// Refuses the words that STYLE.md marks with ✗ in comments, strings, test names, documents and scripts.
/// </summary>
public sealed partial class LanguageTests
{
    private static readonly (Regex Phrase, string Better)[] Banned =
    [
        Ban("told|tells", "say 'returns', 'reports' or 'shows'"),
        Ban("anew", "say 'again'"),
        Ban("till", "say 'until'"),
        Ban("manieth", "say 'Nth'"),
        Ban("for ever", "say 'never changes' or 'permanently'"),
        Ban("what who", "name the subject: 'the applicant', 'the caller'"),
        Ban("(is|are) none of", "say 'is not one of' or 'is outside'"),
        Ban("thereof|hence|whereby|whomever", "use a word of today"),
        Ban("meanwhile", "say 'until then' or 'in the meantime'"),
        Ban("comes? to nothing", "say 'rounds to zero', 'fails' or 'has no effect'"),
        Ban("amiss", "say 'throws' or 'refuses'"),
        Ban("held by something", "say 'locked'"),
        Ban("(is|are) the most", "say 'at most' or 'the limit is'"),
        Ban("so many (days|weeks|months|years|times|seconds|units|rows)", "name the number: 'N days'"),
        Ban("what (a|an|the) \\w+ (is|are) answered|(any|every|no)body is answered", "say 'the response to'"),
        Ban("of late", "say 'recently'"),
        Ban(
            "where (there|it|they|he|she|one|nothing|nobody|something|somebody) "
                + "(is|are|was|were|has|have|had|does|do|can|may|must)",
            "say 'if' or 'when'"
        ),
        Ban("where no", "say 'if no'"),
    ];

    // The files that list the words.
    private static readonly string[] ListsOfWords = ["STYLE.md", "tests/Paydown.Server.Tests/Tidy/LanguageTests.cs"];

    [Fact]
    public void Code_documents_and_scripts_use_the_words_of_the_style()
    {
        var findings = new Findings();
        foreach (var (file, line, text) in CSharpProse().Concat(OtherProse()))
        {
            if (ListsOfWords.Contains(file.Path))
                continue;
            foreach (var (phrase, better) in Banned)
            {
                if (phrase.Match(text) is { Success: true } match)
                    findings.Add(file, line, $"'{match.Value}': {better}.");
            }
        }

        findings.ShouldBeNone();
    }

    private static (Regex, string) Ban(string phrase, string better) =>
        (new Regex($@"\b({phrase})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), better);

    private static IEnumerable<(SourceFile File, int Line, string Text)> CSharpProse() =>
        new[] { "src", "tests", "bench" }
            .SelectMany(Code.Below)
            .SelectMany(parsed =>
                CommentsOf(parsed.Root)
                    .Concat(StringsOf(parsed.Root))
                    .Concat(TestNamesOf(parsed.Root))
                    .Select(prose => (parsed.File, prose.Line, prose.Text))
            );

    private static IEnumerable<(int Line, string Text)> CommentsOf(SyntaxNode root)
    {
        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
                yield return (LineOf(trivia), Flat(trivia.ToString()));
            // A phrase may continue on the next line.
            else if (trivia.HasStructure && trivia.GetStructure() is DocumentationCommentTriviaSyntax documentation)
                yield return (LineOf(trivia), Flat(Tag().Replace(documentation.ToString(), " ")));
        }
    }

    private static IEnumerable<(int Line, string Text)> StringsOf(SyntaxNode root) =>
        root.DescendantTokens()
            .Where(token =>
                token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            )
            .Select(token => (Code.LineOf(token), Flat(token.ValueText)));

    private static IEnumerable<(int Line, string Text)> TestNamesOf(SyntaxNode root) =>
        root.DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
            .Where(method => method.Identifier.Text.Contains('_'))
            .Select(method => (Code.LineOf(method.Identifier), method.Identifier.Text.Replace('_', ' ')));

    private static IEnumerable<(SourceFile File, int Line, string Text)> OtherProse() =>
        Repository
            .Files(".", ".md", ".razor", ".css", ".js", ".mjs", ".sql", ".sh", ".lua", "/run", "/test", "/paydown")
            .SelectMany(file => file.Lines.Select((line, i) => (file, i + 1, line)));

    private static int LineOf(SyntaxTrivia trivia) => trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static string Flat(string text) => LineBreak().Replace(text, " ");

    [GeneratedRegex(@"\s*\n\s*(///?)?\s*")]
    private static partial Regex LineBreak();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
