using System.Text;
using System.Text.Json;

namespace Paydown.ClientRecords;

/// <summary>Writes a record as C#, in the format of CSharpier.</summary>
internal static class RecordSource
{
    private const int LineLengthMax = 120;

    public static string Write(Record record)
    {
        var text = new StringBuilder();
        if (record.Fields.Any(field => field.Type == "JsonElement"))
            text.Append("using System.Text.Json;\n");
        if (record.Fields.Any(HasOtherName))
            text.Append("using System.Text.Json.Serialization;\n");
        if (text.Length > 0)
            text.Append('\n');
        text.Append("namespace Paydown.Client;\n\n");
        AppendSummary(text, "", record.Description);
        text.Append(Names.Internal.Contains(record.Name) ? "internal " : "public ");
        if (!Names.Bases.ContainsValue(record.Name))
            text.Append("sealed ");
        text.Append("partial record ").Append(record.Name);
        if (Names.Bases.TryGetValue(record.Name, out var origin))
            text.Append(" : ").Append(origin);
        text.Append("\n{\n");
        text.AppendJoin('\n', record.Fields.Select(Property));
        return text.Append("}\n").ToString();
    }

    private static string Property(Field field)
    {
        var text = new StringBuilder();
        AppendSummary(text, "    ", field.Description);
        if (HasOtherName(field))
            text.Append($"    [JsonPropertyName(\"{field.Name}\")]\n");
        text.Append("    public ");
        if (field.IsRequired && field.Constant is null)
            text.Append("required ");
        text.Append(field.Type).Append(field.IsNullable ? "? " : " ");
        text.Append(Names.OfMember(field.Name)).Append(" { get; init; }");
        if (field.Constant is not null)
            text.Append($" = \"{field.Constant}\";");
        return text.Append('\n').ToString();
    }

    private static bool HasOtherName(Field field) =>
        JsonNamingPolicy.CamelCase.ConvertName(Names.OfMember(field.Name)) != field.Name;

    private static void AppendSummary(StringBuilder text, string indent, string description)
    {
        description = description.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        if (!description.EndsWith('.'))
            description += '.';
        var line = $"{indent}/// <summary>{description}</summary>\n";
        if (line.Length <= LineLengthMax + 1)
        {
            text.Append(line);
            return;
        }

        text.Append(indent).Append("/// <summary>\n");
        var rest = new StringBuilder(indent).Append("///");
        foreach (var word in description.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (rest.Length + 1 + word.Length > LineLengthMax)
            {
                text.Append(rest).Append('\n');
                rest.Clear().Append(indent).Append("///");
            }

            rest.Append(' ').Append(word);
        }

        text.Append(rest).Append('\n').Append(indent).Append("/// </summary>\n");
    }
}
