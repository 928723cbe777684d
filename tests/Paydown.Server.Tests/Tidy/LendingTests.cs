using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>The rules of lending are pure: no packages, no IO, no waiting, no clock, no randomness.</summary>
public sealed class LendingTests
{
    private const string Lending = "src/Paydown.Lending";

    private static readonly string[] WorldlyNamespaces =
    [
        "System.IO",
        "System.Net",
        "System.Threading",
        "System.Data",
        "System.Diagnostics.Process",
        "System.Console",
        "Microsoft",
        "Npgsql",
        "Dapper",
    ];

    private static readonly string[] WorldlyTypes =
    [
        "Task",
        "ValueTask",
        "Thread",
        "CancellationToken",
        "TimeProvider",
        "Stopwatch",
        "Random",
        "Environment",
        "File",
        "Directory",
        "Stream",
        "HttpClient",
        "Console",
    ];

    [Fact]
    public void Money_and_rates_are_never_binary_fractions()
    {
        var findings = new Findings();
        foreach (var (file, type) in Code.Nodes<PredefinedTypeSyntax>(Lending))
        {
            if (type.Keyword.Text is "double" or "float")
                findings.Add(
                    file,
                    Code.LineOf(type),
                    $"use long minor units or decimal; {type.Keyword.Text} cannot hold 0.1."
                );
        }

        foreach (var (file, name) in Code.Nodes<IdentifierNameSyntax>(Lending))
        {
            if (
                name.Identifier.Text is "Double" or "Single" or "Half"
                && name.Parent is MemberAccessExpressionSyntax or QualifiedNameSyntax
            )
                findings.Add(file, Code.LineOf(name), $"use long minor units or decimal, not {name.Identifier.Text}.");
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void The_rules_reference_no_package()
    {
        var findings = new Findings();
        foreach (var file in Repository.Files(Lending, ".csproj"))
        {
            for (var i = 0; i < file.Lines.Count; i++)
            {
                if (file.Lines[i].Contains("Reference Include", StringComparison.Ordinal))
                    findings.Add(
                        file,
                        i + 1,
                        "remove the reference, or move the code that needs it to Paydown.Server."
                    );
            }
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void The_readers_of_statements_reference_only_the_rules()
    {
        var findings = new Findings();
        foreach (var file in Repository.Files("src/Paydown.Statements", ".csproj"))
        {
            for (var i = 0; i < file.Lines.Count; i++)
            {
                if (file.Lines[i].Contains("Reference Include") && !file.Lines[i].Contains("Paydown.Lending.csproj"))
                    findings.Add(file, i + 1, "remove the reference: the readers make entries of bytes, nothing else.");
            }
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void The_rules_are_pure()
    {
        var findings = new Findings();
        foreach (var (file, import) in Code.Nodes<UsingDirectiveSyntax>(Lending))
        {
            var name = import.NamespaceOrType.ToString();
            if (
                WorldlyNamespaces.Any(worldly =>
                    name == worldly || name.StartsWith(worldly + ".", StringComparison.Ordinal)
                )
            )
                findings.Add(
                    file,
                    Code.LineOf(import),
                    $"take the result of {name} as a value, or move the code to Paydown.Server."
                );
        }

        foreach (var (file, name) in Code.Nodes<SimpleNameSyntax>(Lending))
        {
            if (WorldlyTypes.Contains(name.Identifier.Text) && IsType(name))
                findings.Add(
                    file,
                    Code.LineOf(name),
                    $"{name.Identifier.Text} belongs in Paydown.Server; pass its value in."
                );
        }

        foreach (var (file, method) in Code.Nodes<MethodDeclarationSyntax>(Lending))
        {
            if (method.Modifiers.Any(modifier => modifier.Text == "async"))
                findings.Add(file, Code.LineOf(method), "rules decide at once; waiting belongs in Paydown.Server.");
        }

        findings.ShouldBeNone();
    }

    // Returns true for a name in the place of a type: of a variable, of a call's receiver, or inside another type.
    private static bool IsType(SimpleNameSyntax name) =>
        name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression == name,
            VariableDeclarationSyntax
            or ParameterSyntax
            or ObjectCreationExpressionSyntax
            or TypeArgumentListSyntax
            or NullableTypeSyntax
            or MethodDeclarationSyntax
            or PropertyDeclarationSyntax => true,
            _ => false,
        };
}
