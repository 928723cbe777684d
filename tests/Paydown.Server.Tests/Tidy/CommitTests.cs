using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// SQL that commits, or that writes and commits by itself, would have a timeout and be cancelled (docs/decisions/0020).
/// </summary>
public sealed partial class CommitTests
{
    // The one place that commits, and read-only snapshots, where a cancelled commit loses nothing.
    private static readonly string[] Homes = ["WriteTransaction", "RepaymentListStore", "PageQuery"];

    [Fact]
    public void Only_one_place_commits()
    {
        var findings = new Findings();
        foreach (var (file, text) in Code.Nodes<LiteralExpressionSyntax>("src/Paydown.Server"))
        {
            if (!Commit().IsMatch(text.Token.ValueText) || Homes.Contains(file.Name))
                continue;
            findings.Add(file, Code.LineOf(text), "commit by WriteTransaction.CommitAsync, which is never cancelled.");
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void Commands_of_a_pool_only_read()
    {
        var findings = new Findings();
        foreach (var (file, call) in Code.Nodes<InvocationExpressionSyntax>("src/Paydown.Server"))
        {
            if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.Text: var name })
                continue;
            if (name == "CreateBatch")
                findings.Add(file, Code.LineOf(call), "give the batch a connection, or a WriteTransaction.");
            if (name != "CreateCommand" || call.ArgumentList.Arguments is not [{ Expression: var sql }])
                continue;
            if (Write().IsMatch(TextOf(file, sql)))
                findings.Add(file, Code.LineOf(call), "write by WriteTransaction.RunAsync, which is not cancelled.");
        }

        findings.ShouldBeNone();
    }

    // Also finds the text of a constant in the same file.
    private static string TextOf(SourceFile file, ExpressionSyntax sql) =>
        sql is IdentifierNameSyntax constant
            ? Code.Nodes<VariableDeclaratorSyntax>("src/Paydown.Server")
                .Where(one => one.File == file && one.Node.Identifier.Text == constant.Identifier.Text)
                .Select(one => one.Node.ToString())
                .FirstOrDefault()
                ?? "update: the test cannot see what it does"
            : sql.ToString();

    [GeneratedRegex(@"^\s*(?:commit|end)\b(?!-)|;\s*commit\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commit();

    [GeneratedRegex(
        @"\b(?:insert\s+into|update\s+\w+\s+set|delete\s+from)\b|^update:",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Write();
}
