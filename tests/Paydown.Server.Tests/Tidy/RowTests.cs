using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// Rows are read by the names of their columns, through <c>Platform/Storage/Rows.cs</c>: An inserted column would shift
/// every number after it, and could swap two columns of one type without an error.
/// </summary>
public sealed class RowTests
{
    private const string Rows = "src/Paydown.Server/Platform/Storage/Rows.cs";

    private static readonly string[] NumberedReads =
    [
        "GetBoolean",
        "GetDateTime",
        "GetDecimal",
        "GetFieldValue",
        "GetGuid",
        "GetInt16",
        "GetInt32",
        "GetInt64",
        "GetOrdinal",
        "GetString",
        "GetValue",
        "IsDBNull",
    ];

    [Fact]
    public void Columns_are_read_by_name()
    {
        var findings = new Findings();
        foreach (var (file, call) in Code.Nodes<InvocationExpressionSyntax>("src/Paydown.Server"))
        {
            if (file.Path == Rows || call.ArgumentList.Arguments.Count != 1)
                continue;
            if (call.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } read)
                continue;
            // Encodings have a method of the same name.
            var isReader = read.Expression.ToString() is "reader" or "row";
            var name = read.Name.Identifier.Text;
            if (isReader && NumberedReads.Contains(name))
                findings.Add(file, Code.LineOf(call), $"read the column by name: use {Rows} instead of {name}.");
        }

        findings.ShouldBeNone();
    }
}
