using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>Limits of length, and names that say nothing.</summary>
public sealed class LayoutTests
{
    private const int LineLengthMax = 120;
    private const int MethodLinesMax = 80;
    private const int FileLinesMax = 500;
    private const int LendingFileLinesMax = 250;
    private const int PageLinesMax = 150;

    private static readonly string[] EmptyWords =
    [
        "Manager",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Utility",
        "Processor",
        "Service",
        "Base",
        "Impl",
        "Info",
        "Data",
    ];

    // Split, so this file does not find itself.
    private static readonly string[] Postponements = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X"];

    [Fact]
    public void Lines_that_the_formatter_leaves_alone_are_at_most_120_characters()
    {
        var findings = new Findings();
        foreach (var file in Ours(".cs", ".sql"))
        {
            for (var i = 0; i < file.Lines.Count; i++)
            {
                // CSharpier wraps code; comments and SQL are wrapped by hand.
                var isCode = file.Path.EndsWith(".cs", StringComparison.Ordinal) && !file.Lines[i].Contains("//");
                if (!isCode && file.Lines[i].Length > LineLengthMax)
                    findings.Add(
                        file,
                        i + 1,
                        $"break the line at {LineLengthMax} characters; it has {file.Lines[i].Length}."
                    );
            }
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void Files_are_at_most_500_lines() => FilesAreAtMost(FileLinesMax, "src");

    [Fact]
    public void Files_of_the_rules_are_at_most_250_lines() =>
        FilesAreAtMost(LendingFileLinesMax, "src/Paydown.Lending");

    // Their lines may be long: a break inside a text would be shown.
    [Fact]
    public void Views_are_at_most_150_lines() => FilesAreAtMost(PageLinesMax, "src/Paydown.Pages", ".razor");

    [Fact]
    public void Methods_are_at_most_80_lines()
    {
        var findings = new Findings();
        foreach (var (file, method) in new[] { "src", "tests", "bench" }.SelectMany(Code.Nodes<SyntaxNode>))
        {
            var isMethod =
                method is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;
            if (!isMethod)
                continue;
            var span = method.SyntaxTree.GetLineSpan(method.Span);
            var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > MethodLinesMax)
                findings.Add(
                    file,
                    Code.LineOf(method),
                    $"split the method; it has {lines} lines; the limit is {MethodLinesMax}."
                );
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var findings = new Findings();
        foreach (var (file, type) in Code.Nodes<BaseTypeDeclarationSyntax>("src"))
        {
            var name = type.Identifier.Text;
            // The base of a penalty is a term of the trade, not a base class.
            if (type is EnumDeclarationSyntax && name.EndsWith("Base", StringComparison.Ordinal))
                continue;
            if (EmptyWords.FirstOrDefault(word => name.EndsWith(word, StringComparison.Ordinal)) is { } empty)
                findings.Add(
                    file,
                    Code.LineOf(type.Identifier),
                    $"{name}: name it by what it is; \"{empty}\" says nothing."
                );
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void Nothing_is_left_for_later_in_a_comment()
    {
        var findings = new Findings();
        foreach (
            var file in Ours(
                ".cs",
                ".razor",
                ".css",
                ".js",
                ".mjs",
                ".sql",
                ".md",
                ".csproj",
                ".props",
                ".yaml",
                ".json"
            )
        )
        {
            for (var i = 0; i < file.Lines.Count; i++)
            {
                if (Postponements.FirstOrDefault(word => HasWord(file.Lines[i], word)) is { } word)
                    findings.Add(file, i + 1, $"do it, or write an issue; nobody reads {word}.");
            }
        }

        findings.ShouldBeNone();
    }

    private static void FilesAreAtMost(int linesMax, string folder, params string[] endings)
    {
        var findings = new Findings();
        var files = Repository.Files(folder, endings.Length > 0 ? endings : [".cs", ".sql"]);
        foreach (var file in files.Where(file => file.Lines.Count > linesMax))
            findings.Add(file, linesMax, $"split it by subject; it has {file.Lines.Count} lines.");
        findings.ShouldBeNone();
    }

    private static IEnumerable<SourceFile> Ours(params IReadOnlyList<string> endings) =>
        Repository
            .Files(".", endings)
            .Where(file => !file.Path.EndsWith("package-lock.json", StringComparison.Ordinal));

    private static bool HasWord(string line, string word)
    {
        var at = line.IndexOf(word, StringComparison.Ordinal);
        if (at < 0)
            return false;
        var end = at + word.Length;
        var isInside =
            (at > 0 && char.IsLetterOrDigit(line[at - 1])) || (end < line.Length && char.IsLetterOrDigit(line[end]));
        return !isInside || HasWord(line[end..], word);
    }
}
