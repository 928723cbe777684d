using System.Buffers;
using System.Text;
using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Server.Loans;

/// <summary>
/// Reads and writes the lines of an allocation in their stored form: one JSON array per line with the number of the
/// installment, its due date, and principal, interest, fees and penalty in minor units. Every verified repayment stores
/// them for good, so the columns have no names.
/// </summary>
public static class StoredLines
{
    public static string Write(IReadOnlyList<AllocationLine> lines)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * lines.Count + 2);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        foreach (var line in lines)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(line.InstallmentNumber);
            writer.WriteStringValue(line.DueOn.ToString("yyyy-MM-dd"));
            writer.WriteNumberValue(line.Components.Principal);
            writer.WriteNumberValue(line.Components.Interest);
            writer.WriteNumberValue(line.Components.Fees);
            writer.WriteNumberValue(line.Components.Penalty);
            writer.WriteEndArray();
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
            line[0].GetInt32(),
            DateOnly.ParseExact(line[1].GetString()!, "yyyy-MM-dd"),
            new ComponentAmounts(line[2].GetInt64(), line[3].GetInt64(), line[4].GetInt64(), line[5].GetInt64())
        );
}
