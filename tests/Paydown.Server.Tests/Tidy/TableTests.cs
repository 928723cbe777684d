using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// Each table is written by one file, so all changes of a figure are in one place. Migrations do not count, nor does
/// the portfolio, which copies rows in bulk.
/// </summary>
public sealed partial class TableTests
{
    [Fact]
    public void Each_table_is_written_by_one_file()
    {
        var writers = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (file, text) in Texts())
        {
            foreach (Match write in Write().Matches(text))
            {
                var table = write.Groups["table"].Value.ToLowerInvariant();
                if (!writers.TryGetValue(table, out var files))
                    writers.Add(table, files = new SortedSet<string>(StringComparer.Ordinal));
                files.Add(file.Path);
            }
        }

        Assert.True(writers.Count > 30, "The statements that write were not found.");
        if (writers.Values.Any(files => files.Count > 1))
        {
            var map = writers.Select(one => $"  {one.Key}: {string.Join(", ", one.Value)}");
            Assert.Fail($"Let one file write each table:\n{string.Join('\n', map)}");
        }
    }

    private static IEnumerable<(SourceFile File, string Text)> Texts() =>
        Code.Nodes<LiteralExpressionSyntax>("src/Paydown.Server")
            .Select(found => (found.File, found.Node.Token.ValueText))
            .Concat(
                Code.Nodes<InterpolatedStringTextSyntax>("src/Paydown.Server")
                    .Select(found => (found.File, found.Node.TextToken.ValueText))
            );

    // "for update of", "do update set" and prose do not name a table.
    [GeneratedRegex(
        @"\b(insert into|delete from|(?<!for |do |key )update)\s+(?<table>[a-z]+(_[a-z]+)*)"
            + @"(?=\s*\(|\s+(as\s+)?([a-z]\s+)?set\b|\s+where|\s+[a-z]\s+(set|using|where)|\s*$|\s+as\s)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Write();
}
