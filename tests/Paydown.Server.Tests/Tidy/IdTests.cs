using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// An id has the type of its kind, so an id of another kind does not compile in its place. Only the edges know its
/// value.
/// </summary>
public sealed class IdTests
{
    private const string Sql = "src/Paydown.Server/Platform/Storage/Sql.cs";
    private const string RowsStatement = "src/Paydown.Server/Platform/Storage/RowsStatement.cs";

    // The edges, each with what it does with the values of ids.
    private static readonly Dictionary<string, string> Edges = new()
    {
        ["src/Paydown.Lending/Identifiers/IdText.cs"] = "reads ids from text",
        ["src/Paydown.Lending/Loans/DerivedId.cs"] = "computes ids from others",
        ["src/Paydown.Server/Platform/Ids.cs"] = "creates ids",
        [Sql] = "writes ids as parameters",
        [RowsStatement] = "writes columns of ids",
        ["src/Paydown.Server/Platform/Storage/Rows.cs"] = "reads ids from rows",
        ["src/Paydown.Server/Platform/Http/FieldReader.cs"] = "reads ids from requests",
        ["src/Paydown.Server/Platform/Http/FieldValues.cs"] = "holds the ids of a request until a use case asks",
        ["src/Paydown.Server/Platform/Http/PageKey.cs"] = "writes ids into cursors",
        ["src/Paydown.Server/Products/QuestionBody.cs"] = "computes the id of a question from its text",
        ["src/Paydown.Server/Demo/DemoPeople.cs"] = "makes the fixed ids of the demo lender",
        ["src/Paydown.Server/Commands/PortfolioIds.cs"] = "computes the ids of the generated portfolio",
    };

    [Fact]
    public void Only_the_edges_know_the_values_of_ids()
    {
        var findings = new Findings();
        var seen = new HashSet<string>();
        foreach (
            var (file, root) in Code.Below("src/Paydown.Lending")
                .Concat(Code.Below("src/Paydown.Statements"))
                .Concat(Code.Below("src/Paydown.Server"))
        )
        {
            foreach (var token in root.DescendantTokens().Where(token => token.Text == nameof(Guid)))
            {
                if (Edges.ContainsKey(file.Path))
                    seen.Add(file.Path);
                else if (!DeclaresAnId(token))
                    findings.Add(
                        file,
                        Code.LineOf(token),
                        "use the type of the id (Identifiers/Ids.cs) instead of Guid."
                    );
            }
        }

        foreach (var edge in Edges.Keys.Except(seen))
            findings.Add($"{edge} has no Guid any more: remove it from the edges.");
        findings.ShouldBeNone();
    }

    [Fact]
    public void Parameters_are_made_by_the_helper_that_unwraps_ids()
    {
        var findings = new Findings();
        foreach (var (file, root) in Code.Below("src").Concat(Code.Below("tests")).Concat(Code.Below("bench")))
        {
            if (file.Path is Sql or RowsStatement)
                continue;
            foreach (var raw in root.DescendantNodes().Where(IsRawParameter))
                findings.Add(file, Code.LineOf(raw), $"make the parameter by {Sql}: Npgsql cannot write a typed id.");
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void An_id_is_nothing_but_its_value()
    {
        var ids = new[] { typeof(IId), typeof(Ids) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IId)))
            .ToList();
        ids.Count.ShouldBeGreaterThan(20);
        ids.ShouldAllBe(id =>
            id.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Single().FieldType
            == typeof(Guid)
        );
    }

    private static bool DeclaresAnId(SyntaxToken token) =>
        token
            .Parent!.AncestorsAndSelf()
            .OfType<TypeDeclarationSyntax>()
            .Any(type =>
                type is InterfaceDeclarationSyntax { Identifier.Text: nameof(IId) }
                || type.BaseList?.Types.Any(super => super.Type is GenericNameSyntax { Identifier.Text: nameof(IId) })
                    is true
            );

    private static bool IsRawParameter(SyntaxNode node) =>
        node switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } =>
                name.Identifier.Text.StartsWith("AddWithValue", StringComparison.Ordinal),
            ObjectCreationExpressionSyntax created => created
                .Type.ToString()
                .StartsWith("NpgsqlParameter", StringComparison.Ordinal),
            // Most are target-typed: Parameters = { new() { Value = id } }.
            ImplicitObjectCreationExpressionSyntax { Initializer: { } initializer } => initializer
                .Expressions.OfType<AssignmentExpressionSyntax>()
                .Any(set => set.Left.ToString() is "Value" or "TypedValue"),
            _ => false,
        };
}
