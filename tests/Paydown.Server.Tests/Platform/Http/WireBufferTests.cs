using System.Buffers;
using System.Text;
using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

/// <summary>The text written by hand equals that of the JSON writer.</summary>
public sealed class WireBufferTests
{
    private delegate void Put(ref WireBuffer buffer);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Ada Example")]
    [InlineData("a \"quoted\" back\\slash")]
    [InlineData("line\nend\ttab\u0001\u007f")]
    [InlineData("Ọláwálé 支払い 😀 <b>&'+</b>")]
    public void Text(string? value) =>
        ShouldBeSame((ref buffer) => buffer.Text(value), writer => writer.WriteStringValue(value));

    [Fact]
    public void Long_text() => Text(string.Concat(Enumerable.Repeat("Ọ\"x", 5000)));

    [Fact]
    public void Ids()
    {
        var id = Guid.Parse("01957ad2-7c00-7000-8000-000000000abc");
        ShouldBeSame((ref buffer) => buffer.Id(new LoanId(id)), writer => writer.WriteStringValue(id));
        ShouldBeSame((ref buffer) => buffer.Id((LoanId?)null), writer => writer.WriteNullValue());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_234_567)]
    [InlineData(9_999_999)]
    [InlineData(6_000_000_000)]
    [InlineData(863_999_999_999)]
    public void Instants(long ticks)
    {
        var instant = new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc).AddTicks(ticks);
        ShouldBeSame((ref buffer) => buffer.Instant(instant), writer => writer.WriteStringValue(instant));
    }

    [Fact]
    public void Dates()
    {
        var date = new DateOnly(2026, 1, 31);
        ShouldBeSame((ref buffer) => buffer.Date(date), writer => writer.WriteStringValue("2026-01-31"));
        ShouldBeSame((ref buffer) => buffer.Date(null), writer => writer.WriteNullValue());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.01")]
    [InlineData(-1, "-0.01")]
    [InlineData(5_000_000, "50000")]
    [InlineData(125_050, "1250.5")]
    [InlineData(long.MaxValue, "92233720368547758.07")]
    [InlineData(long.MinValue, "-92233720368547758.08")]
    public void Money(long minorUnits, string text) =>
        ShouldBeSame((ref buffer) => buffer.Money(minorUnits, 2), writer => writer.WriteRawValue(text));

    [Fact]
    public void Numbers() =>
        ShouldBeSame((ref buffer) => buffer.Number(long.MinValue), writer => writer.WriteNumberValue(long.MinValue));

    [Fact]
    public void A_text_longer_than_any_span_is_written_completely()
    {
        var output = new ArrayBufferWriter<byte>(16);
        var buffer = new WireBuffer(output);
        for (var i = 0; i < 1000; i++)
            buffer.Number(i);
        buffer.Flush();
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(string.Concat(Enumerable.Range(0, 1000)));
    }

    private static void ShouldBeSame(Put put, Action<Utf8JsonWriter> write)
    {
        var (ours, theirs) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        var buffer = new WireBuffer(ours);
        put(ref buffer);
        buffer.Flush();
        using var writer = new Utf8JsonWriter(theirs, new JsonWriterOptions { Encoder = Wire.Options.Encoder });
        write(writer);
        writer.Flush();
        Encoding.UTF8.GetString(ours.WrittenSpan).ShouldBe(Encoding.UTF8.GetString(theirs.WrittenSpan));
    }
}
