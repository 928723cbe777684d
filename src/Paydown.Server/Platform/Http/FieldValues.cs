using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The checked values of a request's fields. Reading a field that was not declared is a bug and throws.
/// </summary>
public sealed class FieldValues(IReadOnlyList<Field> fields)
{
    private readonly Value[] values = new Value[fields.Count];

    /// <summary>The value of a field.</summary>
    /// <exception cref="InvalidOperationException">
    /// The request has no such field, or was never checked for this required one.
    /// </exception>
    public T Get<T>(Field<T> field) => field.Read(values[IndexOf(field)]);

    /// <summary>Returns true if a field of the body was sent, even as null.</summary>
    public bool WasSent(Field field) => (Sent & 1UL << IndexOf(field)) != 0;

    /// <summary>Returns an error for each fixed field that was sent with another value than the view has.</summary>
    /// <param name="view">The view that the same caller would read now.</param>
    public IReadOnlyList<FieldError> ChangesOfFixed<T>(T view)
    {
        var errors = new List<FieldError>();
        JsonElement? shown = null;
        for (var i = 0; i < fields.Count; i++)
        {
            if (values[i].Reference is not JsonElement sent || fields[i].IsIgnored)
                continue;
            shown ??= JsonSerializer.SerializeToElement(view, Wire.Options);
            var current = shown.Value.GetProperty(fields[i].Name);
            if (!JsonElement.DeepEquals(sent, current))
                errors.Add(new(fields[i].Name, $"cannot be changed; leave it out, or send {current.GetRawText()}."));
        }

        return errors;
    }

    /// <summary>
    /// SHA-256 over a path and these values in the declared order. Requests with the same meaning have the same hash:
    /// white space, unknown fields, and the order of fields and of the elements of a set do not matter. Secrets are
    /// left out.
    /// </summary>
    public byte[] CanonicalHash(string path)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Append(buffer, path);
        AppendTo(buffer);
        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>The fields of the body that were sent, even as null: one bit per field.</summary>
    internal ulong Sent { get; set; }

    internal void Set(int index, in Value value) => values[index] = value;

    internal bool IsSet(int index) => values[index].IsPresent;

    private void AppendTo(ArrayBufferWriter<byte> buffer)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsPresent || fields[i].IsSecret || fields[i].Type == FieldType.Fixed)
                continue;
            Append(buffer, fields[i].Name);
            switch (values[i].Reference)
            {
                case string text:
                    Append(buffer, text);
                    break;
                case FieldValues members:
                    members.AppendTo(buffer);
                    Append(buffer, "}");
                    break;
                case List<FieldValues> list:
                    AppendList(buffer, list, fields[i].IsSet);
                    break;
                default:
                    AppendScalar(buffer, fields[i].Type, values[i]);
                    break;
            }
        }
    }

    private static void AppendList(ArrayBufferWriter<byte> buffer, List<FieldValues> list, bool isSet)
    {
        var elements = list.ConvertAll(element =>
        {
            var own = new ArrayBufferWriter<byte>(64);
            element.AppendTo(own);
            Append(own, ",");
            return Convert.ToHexString(own.WrittenSpan);
        });
        // A set is hashed in sorted order and without repeated elements.
        foreach (var element in isSet ? elements.Distinct().Order(StringComparer.Ordinal) : elements.AsEnumerable())
            Append(buffer, element);
        Append(buffer, "]");
    }

    private static void AppendScalar(ArrayBufferWriter<byte> buffer, FieldType type, in Value value)
    {
        var span = buffer.GetSpan(64);
        var written = 0;
        var done = type switch
        {
            FieldType.Id => value.Id.TryFormat(span, out written),
            FieldType.Date or FieldType.Moment => TryFormat(value.Moment, span, out written),
            // Dividing by 1 with 28 zeros removes a decimal's trailing zeros: 10.50 and 10.5 are the same amount.
            _ => (value.Number / 1.0000000000000000000000000000m).TryFormat(span, out written),
        };
        if (!done)
            throw new InvalidOperationException("A scalar is shorter than 64 bytes.");
        span[written] = 0;
        buffer.Advance(written + 1);
    }

    // A date, a local time and an instant are never equal, even if they have the same ticks.
    private static bool TryFormat(Moment moment, Span<byte> span, out int written)
    {
        span[0] = moment.Form switch
        {
            MomentForm.Date => (byte)'D',
            MomentForm.LocalTime => (byte)'L',
            _ => (byte)'I',
        };
        var isDone = moment.Written.UtcTicks.TryFormat(span[1..], out written);
        written++;
        return isDone;
    }

    private static void Append(ArrayBufferWriter<byte> buffer, string text)
    {
        var span = buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        var written = Encoding.UTF8.GetBytes(text, span);
        span[written] = 0;
        buffer.Advance(written + 1);
    }

    private int IndexOf(Field field)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].IsSameAs(field))
                return i;
        }

        throw new InvalidOperationException($"'{field.Name}' is not a field of this request.");
    }

    /// <summary>Reads the value of a field that was sent.</summary>
    internal delegate T Reading<out T>(in Value value);

    [StructLayout(LayoutKind.Auto)]
    internal struct Value
    {
        public bool IsPresent;
        public object? Reference;
        public decimal Number;
        public Guid Id;
        public Moment Moment;
    }
}
