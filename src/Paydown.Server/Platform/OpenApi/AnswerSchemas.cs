using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>
/// Writes JSON Schemas of responses from the type contracts that <see cref="Wire.Options"/> serializes with, so names
/// and nulls agree. Each record becomes a component with its name and its docstrings.
/// </summary>
internal sealed class AnswerSchemas(DocComments comments)
{
    private readonly SortedDictionary<string, (Type Type, JsonObject Schema)> components = new(StringComparer.Ordinal);

    /// <summary>The components so far, by name.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Components =>
        components.Select(component =>
            KeyValuePair.Create(component.Key, (JsonNode?)component.Value.Schema.DeepClone())
        );

    /// <summary>
    /// Returns the schema of a type: inline for a simple type, a reference to a component for a record.
    /// </summary>
    public JsonObject Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return OrNull(Of(underlying));
        if (type.IsEnum)
            return OfEnum(type);
        if (OfScalar(type) is { } scalar)
            return scalar;
        var contract = Wire.Options.GetTypeInfo(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new() { ["type"] = "array", ["items"] = Of(contract.ElementType!) },
            JsonTypeInfoKind.Dictionary => new()
            {
                ["type"] = "object",
                ["additionalProperties"] = Of(contract.ElementType!),
            },
            JsonTypeInfoKind.Object => ReferenceTo(type, contract),
            _ => throw new InvalidOperationException($"{type} is written by a converter and has no schema yet."),
        };
    }

    private static JsonObject? OfScalar(Type type)
    {
        if (type == typeof(string))
            return new() { ["type"] = "string" };
        if (type == typeof(bool))
            return new() { ["type"] = "boolean" };
        if (type == typeof(int))
            return new() { ["type"] = "integer", ["format"] = "int32" };
        if (type == typeof(long))
            return new() { ["type"] = "integer", ["format"] = "int64" };
        if (type == typeof(decimal) || type == typeof(Money))
            return new() { ["type"] = "number" };
        if (type.IsAssignableTo(typeof(IId)))
            return new() { ["type"] = "string", ["format"] = "uuid" };
        if (type == typeof(DateOnly))
            return new() { ["type"] = "string", ["format"] = "date" };
        if (type == typeof(DateTimeOffset))
            return new() { ["type"] = "string", ["format"] = "date-time" };
        var isAny = typeof(JsonNode).IsAssignableFrom(type) || type == typeof(JsonElement) || type == typeof(object);
        return isAny ? [] : null;
    }

    private static JsonObject OfEnum(Type type)
    {
        var words = Enum.GetValuesAsUnderlyingType(type)
            .Cast<object>()
            .Select(value => JsonSerializer.SerializeToNode(Enum.ToObject(type, value), type, Wire.Options));
        return new() { ["type"] = "string", ["enum"] = new JsonArray([.. words]) };
    }

    private JsonObject ReferenceTo(Type type, JsonTypeInfo contract)
    {
        var name = NameOf(type);
        if (!components.TryGetValue(name, out var known))
        {
            var schema = new JsonObject();
            // Added before its members, which may have the same type.
            components.Add(name, (type, schema));
            if (comments.Find(type) is { } description)
                schema["description"] = description;
            Describe(contract, schema);
        }
        else if (known.Type != type)
        {
            throw new InvalidOperationException(
                $"{type} and {known.Type} would both be the component {name}; rename one."
            );
        }

        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private void Describe(JsonTypeInfo contract, JsonObject schema)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in contract.Properties)
        {
            if (property.Get is null)
                continue;
            properties.Add(property.Name, OfProperty(property));
            if (property.ShouldSerialize is null)
                required.Add(property.Name);
        }

        schema["type"] = "object";
        schema["properties"] = properties;
        if (required.Count > 0)
            schema["required"] = required;
    }

    private JsonObject OfProperty(JsonPropertyInfo property)
    {
        var schema = Of(property.PropertyType);
        // A property that is omitted when null is never null when present.
        if (property.IsGetNullable && property.ShouldSerialize is null && !property.PropertyType.IsValueType)
            schema = OrNull(schema);
        if (property.AttributeProvider is PropertyInfo member && comments.Find(member) is { } description)
            schema["description"] = description;
        return schema;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema.ContainsKey("$ref"))
            return new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        if (schema["type"] is JsonValue type)
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        if (schema["enum"] is JsonArray words && !words.Contains(null))
            words.Add(null);
        return schema;
    }

    // A record inside a use case carries the name of that use case.
    private static string NameOf(Type type) =>
        type.IsGenericType ? throw new InvalidOperationException($"{type} needs a name of its own to be a component.")
        : type.DeclaringType is { } outer ? NameOf(outer) + type.Name
        : type.Name;
}
