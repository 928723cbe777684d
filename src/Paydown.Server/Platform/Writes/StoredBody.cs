using System.Text;
using Paydown.Lending.Identifiers;
using ZstdSharp;

namespace Paydown.Server.Platform.Writes;

/// <summary>
/// The form in which the body of an answer is stored for a repeat: compressed beside samples of the most frequent
/// answers, and without the id of its subject, for which the record has a column. A report takes about 80 bytes instead
/// of 400, a verification about 150 instead of 900.
/// </summary>
public static class StoredBody
{
    // The first byte of a stored body, and the number of the samples. Other samples need another number, and the old
    // ones are needed for 30 days.
    private const byte Version = 1;

    // Stands for the id of the subject, in samples too. JSON contains no control characters.
    private const byte SubjectMark = 1;

    // The contract limits requests, and a response is at most some times larger.
    private const int LengthMax = 16 << 20;

    private static readonly Lock Gate = new();
    private static readonly Compressor Compressor = new(level: 1);
    private static readonly Decompressor Decompressor = new();

    static StoredBody()
    {
        using var resource = typeof(StoredBody).Assembly.GetManifestResourceStream(
            typeof(StoredBody),
            $"answers-{Version}.txt"
        )!;
        using var samples = new MemoryStream();
        resource.CopyTo(samples);
        Compressor.LoadDictionary(samples.ToArray());
        Decompressor.LoadDictionary(samples.ToArray());
    }

    /// <summary>Makes the stored form.</summary>
    /// <param name="body">The body: JSON.</param>
    /// <param name="subjectId">The record that the answer is about, if it names one.</param>
    public static byte[] Pack(ReadOnlySpan<byte> body, SubjectId? subjectId)
    {
        var packed = subjectId is { } id ? WithMark(body, IdOf(id)) : body;
        lock (Gate)
            return [Version, .. Compressor.Wrap(packed)];
    }

    /// <summary>Returns the body, byte for byte.</summary>
    /// <param name="stored">What <see cref="Pack"/> returned.</param>
    /// <param name="subjectId">The same as then.</param>
    public static byte[] Unpack(ReadOnlySpan<byte> stored, SubjectId? subjectId)
    {
        if (stored[0] != Version)
            throw new InvalidDataException($"A stored answer has the unknown form {stored[0]}.");
        lock (Gate)
        {
            var body = Decompressor.Unwrap(stored[1..], LengthMax);
            return subjectId is { } id ? WithId(body, IdOf(id)) : body.ToArray();
        }
    }

    private static byte[] IdOf(SubjectId id) => Encoding.ASCII.GetBytes(id.ToString());

    private static ReadOnlySpan<byte> WithMark(ReadOnlySpan<byte> body, ReadOnlySpan<byte> id)
    {
        var at = body.IndexOf(id);
        return at < 0 ? body : (byte[])[.. body[..at], SubjectMark, .. body[(at + id.Length)..]];
    }

    private static byte[] WithId(ReadOnlySpan<byte> body, ReadOnlySpan<byte> id)
    {
        var at = body.IndexOf(SubjectMark);
        return at < 0 ? body.ToArray() : [.. body[..at], .. id, .. body[(at + 1)..]];
    }
}
