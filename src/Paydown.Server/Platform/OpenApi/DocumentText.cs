using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>
/// Writes compact JSON whose changes still show line by line: a value that is short or contains no objects takes one
/// line.
/// </summary>
internal static class DocumentText
{
    private const int LineMax = 240;

    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the text, with a line break at its end.</summary>
    public static string Write(JsonNode document)
    {
        var text = new StringBuilder();
        Append(text, document, "");
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, JsonNode? value, string indent)
    {
        var line = value?.ToJsonString(OneLine) ?? "null";
        if (indent.Length + line.Length <= LineMax || !HasObject(value!))
            text.Append(line);
        else if (value is JsonObject members)
            AppendAll(text, '{', members.Select(member => (Name(member.Key), member.Value)), '}', indent);
        else
            AppendAll(text, '[', value!.AsArray().Select(element => ("", element)), ']', indent);
    }

    private static void AppendAll(
        StringBuilder text,
        char first,
        IEnumerable<(string Name, JsonNode? Value)> parts,
        char last,
        string indent
    )
    {
        var inner = indent + " ";
        var separator = first;
        foreach (var (name, value) in parts)
        {
            text.Append(separator).Append('\n').Append(inner).Append(name);
            Append(text, value, inner);
            separator = ',';
        }

        text.Append('\n').Append(indent).Append(last);
    }

    private static string Name(string name) => JsonSerializer.Serialize(name, OneLine) + ":";

    private static bool HasObject(JsonNode value) =>
        value switch
        {
            JsonObject members => members.Any(member => member.Value is JsonObject || HasObjectInside(member.Value)),
            JsonArray elements => elements.Any(element => element is JsonObject),
            _ => false,
        };

    private static bool HasObjectInside(JsonNode? value) =>
        value is JsonArray elements && elements.Any(one => one is JsonObject);
}
