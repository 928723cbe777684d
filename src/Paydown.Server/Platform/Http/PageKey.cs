using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Http;

/// <summary>The type of a part of the sort key.</summary>
public enum PageKeyPart
{
    Id,
    Instant,
    Date,
    Number,
    Long,
    Text,
}

/// <summary>
/// The sort key of a record, unique in its list. The next page begins after it, whatever was added or changed in
/// between. <c>page.next</c> sends it to the client, and <c>after</c> returns it.
/// </summary>
/// <param name="parts">The parts in sort order: an id, DateTimeOffset (UTC), DateOnly, int, long or string.</param>
public sealed class PageKey(params IReadOnlyList<object> parts)
{
    private const byte FormatVersion = 1;
    private const int BindingBytes = 8;
    private const int HeadBytes = 1 + BindingBytes + 3 * sizeof(int);

    /// <summary>The parts in sort order. An id is its value.</summary>
    public IReadOnlyList<object> Components { get; } = [.. parts.Select(part => part is IId id ? id.Value : part)];

    /// <summary>A part that is an id.</summary>
    public TId Id<TId>(int part)
        where TId : struct, IId<TId> => TId.Of((Guid)Components[part]);

    /// <summary>
    /// A fingerprint of the list, its filters and the organisation. It detects a cursor that is used on another list by
    /// mistake. Access rights do not depend on it.
    /// </summary>
    internal static byte[] BindingOf(string list) => SHA256.HashData(Encoding.UTF8.GetBytes(list))[..BindingBytes];

    /// <summary>Returns the cursor of the page after this record.</summary>
    internal string Write(byte[] binding, int pageNumber, int total, bool totalIsExact)
    {
        using var bytes = new MemoryStream(64);
        Span<byte> head = stackalloc byte[HeadBytes];
        head[0] = FormatVersion;
        binding.CopyTo(head[1..]);
        var numbers = head[(1 + BindingBytes)..];
        BinaryPrimitives.WriteInt32BigEndian(numbers, pageNumber);
        BinaryPrimitives.WriteInt32BigEndian(numbers[sizeof(int)..], total);
        BinaryPrimitives.WriteInt32BigEndian(numbers[(2 * sizeof(int))..], totalIsExact ? 1 : 0);
        bytes.Write(head);
        using var writer = new BinaryWriter(bytes);
        foreach (var part in Components)
            Write(writer, part);
        writer.Flush();
        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Parses a cursor; null if it is not a cursor of this list.</summary>
    internal static Cursor? Read(string text, byte[] binding, IReadOnlyList<PageKeyPart> shape)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            if (bytes.Length < HeadBytes || bytes[0] != FormatVersion)
                return null;
            if (!bytes.AsSpan(1, BindingBytes).SequenceEqual(binding))
                return null;
            using var reader = new BinaryReader(new MemoryStream(bytes));
            reader.BaseStream.Position = 1 + BindingBytes;
            var (number, total, isExact) = (ReadInt(reader), ReadInt(reader), ReadInt(reader));
            if (number < 2 || total < 0 || isExact is not (0 or 1))
                return null;
            var parts = new object[shape.Count];
            for (var i = 0; i < parts.Length; i++)
                parts[i] = Read(reader, shape[i]);
            return reader.BaseStream.Position == bytes.Length
                ? new Cursor(new PageKey(parts), number, total, isExact == 1)
                : null;
        }
        catch (Exception exception)
            when (exception is FormatException or ArgumentException or EndOfStreamException or IOException)
        {
            return null;
        }
    }

    private static void Write(BinaryWriter writer, object part)
    {
        switch (part)
        {
            case Guid id:
                writer.Write(id.ToByteArray());
                break;
            case DateTimeOffset instant:
                writer.Write(instant.UtcTicks);
                break;
            case DateOnly date:
                writer.Write(date.DayNumber);
                break;
            case int number:
                writer.Write(number);
                break;
            case long number:
                writer.Write(number);
                break;
            case string text:
                writer.Write(text);
                break;
            default:
                throw new ArgumentException($"A page key cannot have a {part.GetType()}.", nameof(part));
        }
    }

    private static object Read(BinaryReader reader, PageKeyPart part) =>
        part switch
        {
            PageKeyPart.Id => new Guid(reader.ReadBytes(16)),
            PageKeyPart.Instant => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            PageKeyPart.Date => DateOnly.FromDayNumber(reader.ReadInt32()),
            PageKeyPart.Number => reader.ReadInt32(),
            PageKeyPart.Long => reader.ReadInt64(),
            _ => Storable(reader.ReadString()),
        };

    // PostgreSQL accepts no text with this character, but a forged cursor may contain it.
    private static string Storable(string text) =>
        text.Contains('\0') ? throw new FormatException("The text contains a null character.") : text;

    private static int ReadInt(BinaryReader reader) => BinaryPrimitives.ReadInt32BigEndian(reader.ReadBytes(4));

    /// <summary>
    /// The content of a cursor: the end of the previous page, and the count of the list at that time.
    /// </summary>
    internal sealed record Cursor(PageKey Key, int PageNumber, int Total, bool TotalIsExact);
}
