using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// The folders of the server depend one way: on Platform, and on the folders that stand before them here.
/// </summary>
public sealed class FolderOrderTests
{
    private const string Server = "src/Paydown.Server";
    private const string RootNamespace = "Paydown.Server";

    // Written in ARCHITECTURE.md as well. A new folder takes the place after all that it needs.
    private static readonly string[] Order =
    [
        "Platform",
        "SignIn",
        "Organisations",
        "ApiTokens",
        "Customers",
        "Payments",
        "BankAccounts",
        "Products",
        "Ledger",
        "Wallets",
        "Loans",
        "Repayments",
        "Applications",
        "Approvals",
        "Auditing",
        "Demo",
        "Commands",
    ];

    [Fact]
    public void The_order_is_told_in_the_architecture()
    {
        var told = Repository.Files(".", "ARCHITECTURE.md").SingleOrDefault(file => file.Path == "ARCHITECTURE.md");
        var order = string.Join(" → ", Order);
        var text = string.Join(
            ' ',
            (told?.Text ?? "").Replace("`", "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
        );
        if (!text.Contains(order, StringComparison.Ordinal))
            Assert.Fail($"ARCHITECTURE.md: tell the order of the folders: {order}.");
    }

    [Fact]
    public void Every_folder_has_its_place_in_the_order()
    {
        var findings = new Findings();
        foreach (var folder in Code.Below(Server).Select(parsed => FolderOf(parsed.File)).OfType<string>().Distinct())
        {
            if (!Order.Contains(folder))
                findings.Add($"{Server}/{folder}: give it its place in {nameof(FolderOrderTests)}.{nameof(Order)}.");
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void A_folder_sees_only_those_before_it()
    {
        var findings = new Findings();
        foreach (var (file, root) in Code.Below(Server))
        {
            var own = Array.IndexOf(Order, FolderOf(file) ?? "");
            if (own < 0)
                continue;
            foreach (
                var name in root.DescendantNodes()
                    .OfType<QualifiedNameSyntax>()
                    .Where(name => name.Parent is not QualifiedNameSyntax)
            )
            {
                if (name.Parent is BaseNamespaceDeclarationSyntax || FolderIn(name.ToString()) is not { } other)
                    continue;
                if (Array.IndexOf(Order, other) > own)
                    findings.Add(
                        file,
                        Code.LineOf(name),
                        $"{Order[own]} stands before {other}: move what both need to the earlier one."
                    );
            }
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var findings = new Findings();
        foreach (var (file, declaration) in Code.Nodes<BaseNamespaceDeclarationSyntax>("src"))
        {
            var folder = Path.GetDirectoryName(file.Path)!["src/".Length..].Replace('/', '.');
            if (declaration.Name.ToString() != folder)
                findings.Add(file, Code.LineOf(declaration), $"namespace {folder}; people find a type by its name.");
        }

        findings.ShouldBeNone();
    }

    // Null for the files at the root, which put everything together.
    private static string? FolderOf(SourceFile file) =>
        file.Path[(Server.Length + 1)..].Split('/') is [var folder, _, ..] ? folder : null;

    private static string? FolderIn(string name)
    {
        var below = name.StartsWith(RootNamespace + ".", StringComparison.Ordinal)
            ? name[(RootNamespace.Length + 1)..]
            : name;
        var first = below.Split('.')[0];
        return Order.Contains(first) && (below != name || name.Contains('.')) ? first : null;
    }
}
