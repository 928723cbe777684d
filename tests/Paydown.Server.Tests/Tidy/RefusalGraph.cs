using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// Finds the refusals that code can return: those that it creates, and those of everything that it calls. A call
/// through an interface counts as a call of every implementation.
/// </summary>
internal sealed class RefusalGraph
{
    private const string Catalogue = "Paydown.Lending.Outcomes.Refusals";

    // The pipeline reads the page before a use case runs.
    private const string Paging = "Paydown.Server.Platform.Http.Paging";

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private readonly CSharpCompilation compilation;
    private readonly Dictionary<ISymbol, Members> known = new(SymbolEqualityComparer.Default);

    public RefusalGraph() =>
        compilation = CSharpCompilation.Create(
            "Paydown",
            [
                .. Code.Below("src/Paydown.Lending").Select(parsed => parsed.Root.SyntaxTree),
                .. Code.Below("src/Paydown.Server").Select(parsed => parsed.Root.SyntaxTree),
                CSharpSyntaxTree.ParseText(ImplicitUsings),
            ],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path => !Path.GetFileName(path).StartsWith("paydown", StringComparison.OrdinalIgnoreCase))
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );

    /// <summary>Returns every use case of the server.</summary>
    public IEnumerable<INamedTypeSymbol> UseCases()
    {
        var useCase = compilation.GetTypeByMetadataName("Paydown.Server.Platform.Http.IUseCase")!;
        return compilation
            .GetSymbolsWithName(_ => true, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .Where(type =>
                type.TypeKind == TypeKind.Class && type.AllInterfaces.Contains(useCase, SymbolEqualityComparer.Default)
            )
            .OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    /// <summary>Returns the refusals that the contract of a use case lists.</summary>
    public IReadOnlySet<string> Listed(INamedTypeSymbol useCase) => Reach(useCase.GetMembers("Contract"));

    /// <summary>Returns the refusals that the code of a use case can return.</summary>
    public IReadOnlySet<string> Possible(INamedTypeSymbol useCase) =>
        Reach(useCase.GetMembers().Where(member => member.Name is not ("Contract" or "get_Contract")));

    private HashSet<string> Reach(IEnumerable<ISymbol> roots)
    {
        var refusals = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<ISymbol>(roots, SymbolEqualityComparer.Default);
        var open = new Queue<ISymbol>(seen);
        while (open.TryDequeue(out var symbol))
        {
            var members = MembersOf(symbol);
            refusals.UnionWith(members.Refusals);
            foreach (var next in members.Uses.Where(seen.Add))
                open.Enqueue(next);
        }

        return refusals;
    }

    private Members MembersOf(ISymbol symbol)
    {
        if (known.TryGetValue(symbol, out var found))
            return found;
        var members = new Members(new(StringComparer.Ordinal), new(SymbolEqualityComparer.Default));
        known.Add(symbol, members);
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax();
            // The syntax of a primary constructor is the whole type. The members of the type are found one by one.
            if (syntax is TypeDeclarationSyntax)
                continue;
            var model = compilation.GetSemanticModel(syntax.SyntaxTree);
            foreach (
                var name in syntax
                    .DescendantNodes()
                    .Where(node => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax)
            )
                Add(members, name, model.GetSymbolInfo(name).Symbol);
        }

        return members;
    }

    private void Add(Members members, SyntaxNode name, ISymbol? used)
    {
        if (used is not (IMethodSymbol or IPropertySymbol))
            return;
        used = used.OriginalDefinition is IMethodSymbol { ReducedFrom: { } extension }
            ? extension
            : used.OriginalDefinition;
        var owner = used.ContainingType?.ToDisplayString();
        if (owner == Paging)
            return;
        if (owner == Catalogue)
            members.Refusals.Add(NameOf(name, used));
        else if (used.ContainingType?.TypeKind == TypeKind.Interface)
            members.Uses.UnionWith(ImplementationsOf(used));
        else if (used.DeclaringSyntaxReferences.Length > 0)
            members.Uses.Add(used);
    }

    // "Not found" refusals differ by the object that is not found.
    private static string NameOf(SyntaxNode name, ISymbol refusal) =>
        name.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault()
            is { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { Token.Value: string thing } }, ..] }
        && refusal.Name == "NotFound"
            ? $"{refusal.Name}(\"{thing}\")"
            : refusal.Name;

    private IEnumerable<ISymbol> ImplementationsOf(ISymbol member) =>
        compilation
            .GetSymbolsWithName(member.Name, SymbolFilter.Member)
            .Where(other =>
                other.ContainingType.AllInterfaces.Contains(member.ContainingType, SymbolEqualityComparer.Default)
            );

    private sealed record Members(HashSet<string> Refusals, HashSet<ISymbol> Uses);
}
