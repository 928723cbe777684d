using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>
/// Finds the fields that an import file would reset by omitting them. A file may omit a field that has its default
/// value. It must write any other, with null to remove it.
/// </summary>
internal static class LeftOutFields
{
    /// <summary>One error per field that was omitted and would be reset.</summary>
    /// <param name="sent">The product's entry in the file.</param>
    /// <param name="before">The product before the import.</param>
    /// <param name="after">The product after the import.</param>
    public static IEnumerable<FieldError> Find(FieldValues sent, ProductView before, ProductView after) =>
        Find(sent, ProductBody.Definition, Written(before), Written(after), "");

    private static IEnumerable<FieldError> Find(
        FieldValues sent,
        IReadOnlyList<Field> fields,
        JsonNode before,
        JsonNode after,
        string path
    )
    {
        foreach (var field in fields.Where(field => field.IsReset))
        {
            var (was, would) = (before[field.Name], after[field.Name]);
            if (!sent.WasSent(field))
            {
                if (JsonNode.DeepEquals(was, would))
                    continue;
                yield return new(
                    path + field.Name,
                    $"is missing and would be reset; its value is {Shown(was)}. Write it, or null to remove it."
                );
            }
            else if (
                field is Field<FieldValues> inner
                && was is not null
                && would is not null
                && sent.Get(inner) is { } values
            )
            {
                foreach (var error in Find(values, field.Members, was, would, $"{path}{field.Name}."))
                    yield return error;
            }
        }
    }

    private static JsonNode Written(ProductView view) => JsonSerializer.SerializeToNode(view, Wire.Options)!;

    private static string Shown(JsonNode? value)
    {
        var text = value?.ToJsonString(Wire.Options) ?? "null";
        return text.Length <= 100 ? text : text[..100] + "…";
    }
}
