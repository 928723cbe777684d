using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>Every use case is tested where one looks for it, and hot statements keep to one customer.</summary>
public sealed class UseCaseTests
{
    // The statements of the two calls at the heart: one round trip each way, whole groups at once.
    private static readonly string[] HotStores = ["RepaymentReportStore", "RepaymentListStore"];

    [Fact]
    public void Every_use_case_has_its_test()
    {
        var tests = Repository
            .Files("tests/Paydown.Server.Tests", ".cs")
            .Where(file => !file.Path.Contains("/Tidy/"))
            .ToList();
        var findings = new Findings();
        foreach (var (file, useCase) in UseCases())
        {
            var expected = file
                .Path.Replace("src/Paydown.Server/", "tests/Paydown.Server.Tests/")
                .Replace(".cs", "Tests.cs");
            if (
                tests.Any(test =>
                    test.Path == expected
                    || test.Text.Contains(useCase, StringComparison.Ordinal)
                    || test.Text.Contains(file.Name, StringComparison.Ordinal)
                )
            )
                continue;
            findings.Add(file, 1, $"{useCase} has no test: write {expected}, or name it in the test that covers it.");
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

    // A class with a HandleAsync(Call) in a feature folder.
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
