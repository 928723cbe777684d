using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>Every use case has a test, and frequent statements are limited to one customer.</summary>
public sealed class UseCaseTests
{
    // The statements of the two most frequent calls, which run for whole groups in one round trip.
    private static readonly string[] HotStores = ["RepaymentReportStore", "RepaymentListStore"];

    /// <summary>
    /// A use case is tested by the file at its path, or by a request against its route in the tests of its feature.
    /// Mentioning its name is not enough.
    /// </summary>
    [Fact]
    public void Every_use_case_is_tested_by_its_path()
    {
        var routes = Features.CreateRoutes().All.ToLookup(route => route.UseCase.Name, route => route.Path);
        var findings = new Findings();
        foreach (var (file, useCase) in UseCases())
        {
            var tests = file.Path.Replace("src/Paydown.Server/", "tests/Paydown.Server.Tests/");
            var expected = tests.Replace(".cs", "Tests.cs");
            if (Repository.Files("tests/Paydown.Server.Tests", ".cs").Any(test => test.Path == expected))
                continue;
            var feature = tests[..tests.LastIndexOf('/')];
            var templates = routes[useCase].ToList();
            if (
                templates.Count > 0
                && !Requests(feature).Any(path => templates.Exists(template => IsOf(template, path)))
            )
                findings.Add(
                    file,
                    1,
                    $"write {expected}, or send a request to {string.Join(" or ", templates)} in {feature}."
                );
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void Hot_statements_lead_with_the_customer()
    {
        var findings = new Findings();
        var statements = Code.Nodes<FieldDeclarationSyntax>("src/Paydown.Server/Repayments")
            .Where(field => HotStores.Contains(field.File.Name))
            .SelectMany(field => field.Node.Declaration.Variables.Select(variable => (field.File, Variable: variable)));
        foreach (var (file, variable) in statements)
        {
            var sql = string.Join(
                ' ',
                (variable.Initializer?.Value.ToString() ?? "").Split(
                    default(char[]),
                    StringSplitOptions.RemoveEmptyEntries
                )
            );
            foreach (var table in HotSql.TablesNotReachedByCustomer(sql))
                findings.Add(
                    file,
                    Code.LineOf(variable),
                    $"{variable.Identifier}: reach {table} by its customer or caller first, to stay on one shard."
                );
        }

        findings.ShouldBeNone();
    }

    // Returns every string in the tests below a folder, with {} for inserted values.
    private static IEnumerable<string> Requests(string folder) =>
        Code.Below(folder).SelectMany(parsed => RequestsIn(parsed.Root));

    private static IEnumerable<string> RequestsIn(SyntaxNode root)
    {
        var constants = root.DescendantNodes()
            .OfType<VariableDeclaratorSyntax>()
            .Where(variable => variable.Initializer?.Value is LiteralExpressionSyntax { Token.Value: string })
            .ToLookup(variable => variable.Identifier.Text, variable => TextOf(variable.Initializer!.Value));
        var literals = root.DescendantNodes().OfType<LiteralExpressionSyntax>().Select(TextOf);
        var filledIn = root.DescendantNodes()
            .OfType<InterpolatedStringExpressionSyntax>()
            .Select(text =>
                string.Concat(
                    text.Contents.Select(part =>
                        part is InterpolationSyntax value
                            ? constants[value.Expression.ToString()].FirstOrDefault("{}")
                            : part.ToString()
                    )
                )
            );
        return literals.Concat(filledIn);
    }

    private static string TextOf(ExpressionSyntax literal) =>
        ((LiteralExpressionSyntax)literal).Token.Value as string ?? "";

    // A test may have the beginning of a path in a constant and add an id to it.
    private static bool IsOf(string template, string path)
    {
        var (wanted, sent) = (Segments(template), Segments(path.Split('?')[0]));
        return sent.Length > 1
            && (sent.Length == wanted.Length || (sent.Length == wanted.Length - 1 && wanted[^1] == "{}"))
            && sent.Zip(wanted).All(pair => pair.First == pair.Second || pair.Second == "{}");
    }

    private static string[] Segments(string path) =>
        [
            .. path.TrimEnd('/')
                .Split('/')
                .Where(segment => segment is not (".." or "v6" or "services"))
                .Select(segment => segment.StartsWith('{') ? "{}" : segment),
        ];

    // A use case is a class in a feature folder with a public method that takes a Call. Those without a route are parts
    // of others.
    private static IEnumerable<(SourceFile File, string Name)> UseCases() =>
        Code.Nodes<MethodDeclarationSyntax>("src/Paydown.Server")
            .Where(method =>
                method.Node.ParameterList.Parameters is [{ Type: IdentifierNameSyntax { Identifier.Text: "Call" } }, ..]
                && method.Node.Modifiers.Any(modifier => modifier.Text == "public")
                && method.Node.Parent is TypeDeclarationSyntax
                && !method.File.Path.Contains("/Platform/")
            )
            .Select(method => (method.File, ((TypeDeclarationSyntax)method.Node.Parent!).Identifier.Text))
            .Distinct();
}
