using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// The folders of the domain, the statements, the pages and the server depend in one direction: each only on those
/// before it in its list.
/// </summary>
public sealed class FolderOrderTests
{
    // ARCHITECTURE.md states these orders too. A new folder goes after all that it needs.
    private static readonly Dictionary<string, string[]> Orders = new()
    {
        ["Paydown.Lending"] =
        [
            "Identifiers",
            "Amounts",
            "Outcomes",
            "Approvals",
            "Terms",
            "Installments",
            "Schedules",
            "Allocation",
            "Interest",
            "Loans",
            "Repayments",
            "Accounting",
            "BankAccounts",
            "Products",
            "Applications",
            "Customers",
            "Wallets",
            "Collectors",
            "Statements",
            "Matching",
        ],
        ["Paydown.Statements"] = ["Reading", "Camt", "Mt940", "Bai2", "Csv"],
        ["Paydown.Pages"] = ["Web", "Parts", "Account", "Borrower", "Office"],
        ["Paydown.Server"] =
        [
            "Platform",
            "SignIn",
            "Accounts",
            "Organisations",
            "Staff",
            "ApiTokens",
            "Customers",
            "Payments",
            "BankAccounts",
            "Products",
            "Ledger",
            "Wallets",
            "Loans",
            "Repayments",
            "Collectors",
            "Statements",
            "Applications",
            "Events",
            "Notices",
            "EndOfDay",
            "Reports",
            "Documents",
            "Webhooks",
            "Approvals",
            "Auditing",
            "Pages",
            "Demo",
            "Databases",
            "Commands",
        ],
    };

    public static TheoryData<string> Projects => [.. Orders.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_architecture_page_states_the_order(string project)
    {
        var page = Repository.Files(".", "ARCHITECTURE.md").Single(file => file.Path == "ARCHITECTURE.md");
        var order = string.Join(" → ", Orders[project]);
        var text = string.Join(
            ' ',
            page.Text.Replace("`", "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
        );
        if (!text.Contains(order, StringComparison.Ordinal))
            Assert.Fail($"ARCHITECTURE.md: state the order of the folders of {project}: {order}.");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_folder_is_in_the_order(string project)
    {
        var findings = new Findings();
        foreach (var folder in Code.Below($"src/{project}").Select(code => FolderOf(project, code.File)).Distinct())
        {
            if (folder is not null && !Orders[project].Contains(folder))
                findings.Add(
                    $"src/{project}/{folder}: give it its place in {nameof(FolderOrderTests)}.{nameof(Orders)}."
                );
        }

        findings.ShouldBeNone();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_uses_only_those_before_it(string project)
    {
        var findings = new Findings();
        var order = Orders[project];
        foreach (var (file, root) in Code.Below($"src/{project}"))
        {
            var own = Array.IndexOf(order, FolderOf(project, file));
            if (own < 0)
                continue;
            foreach (
                var name in root.DescendantNodes()
                    .OfType<QualifiedNameSyntax>()
                    .Where(name => name.Parent is not (QualifiedNameSyntax or BaseNamespaceDeclarationSyntax))
            )
            {
                if (FolderIn(project, name.ToString()) is { } other && Array.IndexOf(order, other) > own)
                    findings.Add(
                        file,
                        Code.LineOf(name),
                        $"{order[own]} comes before {other}: move what both need to the earlier one."
                    );
            }
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void A_namespace_equals_its_folder()
    {
        var findings = new Findings();
        foreach (var (file, declaration) in Code.Nodes<BaseNamespaceDeclarationSyntax>("src"))
        {
            // Users of the client see one namespace. Where a record is generated does not matter to them.
            var folder = Path.GetDirectoryName(file.Path)!["src/".Length..]
                .Replace("/Generated", "", StringComparison.Ordinal)
                .Replace('/', '.');
            if (declaration.Name.ToString() != folder)
                findings.Add(file, Code.LineOf(declaration), $"namespace {folder}; people find a type by its name.");
        }

        findings.ShouldBeNone();
    }

    // Null for the files at the root of a project, which compose everything.
    private static string? FolderOf(string project, SourceFile file) =>
        file.Path[$"src/{project}/".Length..].Split('/') is [var folder, _, ..] ? folder : null;

    private static string? FolderIn(string project, string name)
    {
        var below = name.StartsWith(project + ".", StringComparison.Ordinal) ? name[(project.Length + 1)..] : name;
        var first = below.Split('.')[0];
        return Orders[project].Contains(first) && (below != name || name.Contains('.')) ? first : null;
    }
}
