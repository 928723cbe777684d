using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Paydown.Server.Tests.Tidy;

/// <summary>The C# of the repository, parsed once for all tidy tests.</summary>
internal static class Code
{
    private static readonly Lazy<IReadOnlyList<(SourceFile File, SyntaxNode Root)>> Parsed = new(() =>
        [
            .. Repository
                .Files("src", ".cs")
                .Concat(Repository.Files("tests", ".cs"))
                .Concat(Repository.Files("bench", ".cs"))
                .AsParallel()
                .AsOrdered()
                .Select(file => (file, CSharpSyntaxTree.ParseText(file.Text).GetRoot())),
        ]
    );

    /// <summary>Every file below a folder, with its syntax.</summary>
    public static IEnumerable<(SourceFile File, SyntaxNode Root)> Below(string folder) =>
        Parsed.Value.Where(parsed => parsed.File.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>The nodes of one kind below a folder.</summary>
    public static IEnumerable<(SourceFile File, T Node)> Nodes<T>(string folder)
        where T : SyntaxNode =>
        Below(folder)
            .SelectMany(parsed => parsed.Root.DescendantNodes().OfType<T>().Select(node => (parsed.File, node)));

    /// <summary>The line on which a node or token begins.</summary>
    public static int LineOf(SyntaxNodeOrToken part) => part.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1;
}
