using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Writes JSON straight into a buffer, for the hottest answers. Its values look as <see cref="Wire"/> says; names and
/// punctuation are the caller's, who puts them down in long pieces. What was written counts once it is flushed.
/// </summary>
public ref struct WireBuffer(IBufferWriter<byte> output)
{
    private const int SpanMin = 512;
    private const int ValueMax = 64;

    private static readonly JavaScriptEncoder Encoder = Wire.Options.Encoder!;

    private Span<byte> free;
    private int used;

    /// <summary>JSON as it is.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        json.CopyTo(free[used..]);
        used += json.Length;
    }

    /// <summary>A string, or null.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Raw("null"u8);
            return;
        }

        Reserve(value.Length * 3 + 2);
        var text = free[(used + 1)..];
        Utf8.FromUtf16(value, text, out _, out var length);
        if (Encoder.FindFirstCharacterToEncodeUtf8(text[..length]) >= 0)
        {
            Raw("\""u8);
            Raw(JsonEncodedText.Encode(value, Encoder).EncodedUtf8Bytes);
            Raw("\""u8);
            return;
        }

        Quote(length);
    }

    /// <summary>An id, or null.</summary>
    public void Id(Guid? value)
    {
        if (value is not { } id)
        {
            Raw("null"u8);
            return;
        }

        Reserve(ValueMax);
        id.TryFormat(free[(used + 1)..], out var length);
        Quote(length);
    }

    /// <summary>A whole number.</summary>
    public void Number(long value)
    {
        Reserve(ValueMax);
        Utf8Formatter.TryFormat(value, free[used..], out var length);
        used += length;
    }

    /// <summary>Money as a number of major units.</summary>
    public void Money(long minorUnits, int fractionDigits)
    {
        Reserve(ValueMax);
        used += Wire.FormatMoney(free[used..], minorUnits, fractionDigits);
    }

    /// <summary>A date, or null.</summary>
    public void Date(DateOnly? value)
    {
        if (value is not { } date)
        {
            Raw("null"u8);
            return;
        }

        Reserve(ValueMax);
        date.TryFormat(free[(used + 1)..], out var length, "O");
        Quote(length);
    }

    /// <summary>An instant in UTC, with as many digits of a second as it has.</summary>
    public void Instant(DateTime value)
    {
        Reserve(ValueMax);
        var text = free[(used + 1)..];
        Utf8Formatter.TryFormat(value, text, out var length, 'O');
        // 2026-01-31T09:30:00.0000000Z, and of the digits behind the point what is needed.
        var end = length - 1;
        while (text[end - 1] == (byte)'0')
            end--;
        if (text[end - 1] == (byte)'.')
            end--;
        text[end] = (byte)'Z';
        Quote(end + 1);
    }

    /// <summary>Hands what was written to the output.</summary>
    public void Flush()
    {
        // Some outputs take it amiss where they were asked for nothing.
        if (used > 0)
            output.Advance(used);
        free = default;
        used = 0;
    }

    // Around a value that stands one byte behind what was written before.
    private void Quote(int length)
    {
        free[used] = free[used + length + 1] = (byte)'"';
        used += length + 2;
    }

    private void Reserve(int count)
    {
        if (free.Length - used >= count)
            return;
        Flush();
        free = output.GetSpan(Math.Max(count, SpanMin));
    }
}
