using System.Reflection;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Http;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// Every field that a use case declares is in its contract: the reader would not know another, so it could not be read.
/// </summary>
public sealed class FieldTests
{
    private static readonly IReadOnlyList<ApiRoute> Routes = Features.CreateRoutes().All;

    [Fact]
    public void Every_declared_field_is_in_a_contract()
    {
        var findings = new Findings();
        var all = Routes.SelectMany(FieldsOf).Concat(WithMembers(ImportProducts.Fields)).ToList();
        var useCases = Routes.ToLookup(route => route.UseCase);
        foreach (var type in typeof(Field).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            // What several use cases share is in the contract of at least one of them.
            var listed = useCases.Contains(type) ? [.. useCases[type].SelectMany(FieldsOf)] : all;
            foreach (var (member, field) in DeclaredIn(type))
            {
                if (!(member.IsPrivate ? listed : all).Any(field.IsSameAs))
                    findings.Add($"{type.Name}.{member.Name}: add it to the contract, or delete it.");
            }
        }

        findings.ShouldBeNone();
    }

    private static IEnumerable<(FieldInfo Member, Field Field)> DeclaredIn(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(member => member.FieldType.IsAssignableTo(typeof(Field)))
            .Select(member => (member, (Field)member.GetValue(null)!));

    private static IEnumerable<Field> FieldsOf(ApiRoute route) =>
        WithMembers([.. route.Contract.BodyFields ?? [], .. route.Contract.QueryFields]);

    private static IEnumerable<Field> WithMembers(IReadOnlyList<Field> fields) =>
        fields.Concat(fields.SelectMany(field => WithMembers(field.Members)));
}
