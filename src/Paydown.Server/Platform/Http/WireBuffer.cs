using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Writes JSON directly into a buffer, for the most frequent answers. Values have the format of <see cref="Wire"/>; the
/// caller writes names and punctuation in long pieces. Flush the buffer at the end.
/// </summary>
public ref struct WireBuffer(IBufferWriter<byte> output)
{
    private const int SpanMin = 512;
    private const int ValueMax = 64;

    private static readonly JavaScriptEncoder Encoder = Wire.Options.Encoder!;

    private Span<byte> free;
    private int used;

    /// <summary>Writes JSON as it is.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length);
        json.CopyTo(free[used..]);
        used += json.Length;
    }

    /// <summary>Writes a string or null.</summary>
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

    /// <summary>Writes an id or null.</summary>
    public void Id<TId>(TId? id)
        where TId : struct, IId<TId>
    {
        if (id is { } some)
            Id(some);
        else
            Raw("null"u8);
    }

    /// <summary>Writes an id.</summary>
    public void Id<TId>(TId id)
        where TId : struct, IId<TId>
    {
        Reserve(ValueMax);
        id.Value.TryFormat(free[(used + 1)..], out var length);
        Quote(length);
    }

    /// <summary>Writes a whole number.</summary>
    public void Number(long value)
    {
        Reserve(ValueMax);
        Utf8Formatter.TryFormat(value, free[used..], out var length);
        used += length;
    }

    /// <summary>Writes money as a number of major units.</summary>
    public void Money(Money amount) => Money(amount.MinorUnits, amount.Currency.FractionDigits);

    /// <summary>The same, from minor units.</summary>
    public void Money(long minorUnits, int fractionDigits)
    {
        Reserve(ValueMax);
        used += Wire.FormatMoney(free[used..], minorUnits, fractionDigits);
    }

    /// <summary>Writes a date or null.</summary>
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

    /// <summary>Writes an instant in UTC, without trailing zeros.</summary>
    public void Instant(DateTime value)
    {
        Reserve(ValueMax);
        var text = free[(used + 1)..];
        Utf8Formatter.TryFormat(value, text, out var length, 'O');
        // 2026-01-31T09:30:00.0000000Z, with as many fraction digits as needed.
        var end = length - 1;
        while (text[end - 1] == (byte)'0')
            end--;
        if (text[end - 1] == (byte)'.')
            end--;
        text[end] = (byte)'Z';
        Quote(end + 1);
    }

    /// <summary>Advances the output by the bytes written.</summary>
    public void Flush()
    {
        // Some writers throw on Advance(0).
        if (used > 0)
            output.Advance(used);
        free = default;
        used = 0;
    }

    // Adds quotes around a value that was written one byte ahead.
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
