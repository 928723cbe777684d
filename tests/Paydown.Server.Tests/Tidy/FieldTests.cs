using System.Reflection;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Http;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// Every field that a use case declares is in its contract, and every part of the path that it reads is in its path.
/// Any other read would fail, but only once a request reaches it.
/// </summary>
public sealed class FieldTests
{
    private const BindingFlags Statics =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly IReadOnlyList<ApiRoute> Routes = Features.CreateRoutes().All;

    [Fact]
    public void Every_declared_field_is_in_a_contract()
    {
        var findings = new Findings();
        var all = Routes.SelectMany(FieldsOf).Concat(WithMembers(ImportProducts.Fields)).ToList();
        var useCases = Routes.ToLookup(route => route.UseCase);
        foreach (var type in typeof(Field).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            // A field that several use cases share is in the contract of at least one of them.
            var listed = useCases.Contains(type) ? [.. useCases[type].SelectMany(FieldsOf)] : all;
            foreach (var (member, field) in DeclaredIn(type))
            {
                if (!(member.IsPrivate ? listed : all).Any(field.IsSameAs))
                    findings.Add($"{type.Name}.{member.Name}: add it to the contract, or delete it.");
            }
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void Every_part_of_a_path_that_a_use_case_reads_is_in_its_path()
    {
        var findings = new Findings();
        foreach (var (file, read) in Code.Nodes<InvocationExpressionSyntax>("src/Paydown.Server"))
        {
            if (read is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Path" } })
                continue;
            var useCase = read.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text;
            var part = (MemberAccessExpressionSyntax)read.ArgumentList.Arguments[0].Expression;
            var text = Routing(part.Expression.ToString().Split('.')[^1])
                .GetField(part.Name.Identifier.Text, Statics)!
                .GetValue(null);
            foreach (var route in Routes.Where(route => route.UseCase.Name == useCase))
            {
                if (!route.Path.Contains(text!.ToString()!, StringComparison.Ordinal))
                    findings.Add(file, Code.LineOf(read), $"{route.Name} has no {text} in its path.");
            }
        }

        findings.ShouldBeNone();
    }

    private static Type Routing(string name) => typeof(Field).Assembly.GetTypes().Single(type => type.Name == name);

    private static IEnumerable<(FieldInfo Member, Field Field)> DeclaredIn(Type type) =>
        type.GetFields(Statics)
            .Where(member => member.FieldType.IsAssignableTo(typeof(Field)))
            .Select(member => (member, (Field)member.GetValue(null)!));

    private static IEnumerable<Field> FieldsOf(ApiRoute route) =>
        WithMembers([.. route.Contract.BodyFields ?? [], .. route.Contract.QueryFields]);

    private static IEnumerable<Field> WithMembers(IReadOnlyList<Field> fields) =>
        fields.Concat(fields.SelectMany(field => WithMembers(field.Members)));
}
