using System.Buffers;
using System.Text;
using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Server.Loans;

/// <summary>Reads and writes the lines of an allocation in their stored form: JSON in minor units.</summary>
public static class StoredLines
{
    public static string Write(IReadOnlyList<AllocationLine> lines)
    {
        var buffer = new ArrayBufferWriter<byte>(128 * lines.Count + 2);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        foreach (var line in lines)
        {
            writer.WriteStartObject();
            writer.WriteNumber("installmentNumber"u8, line.InstallmentNumber);
            writer.WriteString("dueOn"u8, line.DueOn.ToString("yyyy-MM-dd"));
            writer.WriteNumber("principal"u8, line.Components.Principal);
            writer.WriteNumber("interest"u8, line.Components.Interest);
            writer.WriteNumber("fees"u8, line.Components.Fees);
            writer.WriteNumber("penalty"u8, line.Components.Penalty);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="JsonException">The text is not a JSON array of allocation lines.</exception>
    public static IReadOnlyList<AllocationLine> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(ReadLine)];
    }

    private static AllocationLine ReadLine(JsonElement line) =>
        new(
            line.GetProperty("installmentNumber"u8).GetInt32(),
            DateOnly.ParseExact(line.GetProperty("dueOn"u8).GetString()!, "yyyy-MM-dd"),
            new ComponentAmounts(
                line.GetProperty("principal"u8).GetInt64(),
                line.GetProperty("interest"u8).GetInt64(),
                line.GetProperty("fees"u8).GetInt64(),
                line.GetProperty("penalty"u8).GetInt64()
            )
        );
}
