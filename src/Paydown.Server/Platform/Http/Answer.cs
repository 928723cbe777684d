using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The response to a request in the contract's envelope: status and bytes, ready to be sent, and to be stored if the
/// request has an idempotency key.
/// </summary>
public sealed class Answer
{
    /// <summary>The header that marks a stored answer to an earlier request.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private Answer(int status, ReadOnlyMemory<byte> body)
    {
        Status = status;
        Body = body;
    }

    public int Status { get; }

    /// <summary>The body; empty if it is streamed.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>True if this is the stored answer to an earlier request with the same key.</summary>
    public bool IsReplayed { get; private init; }

    public int? RetryAfterSeconds { get; private init; }

    /// <summary>The code of the refusal; null for a success and for a stored answer.</summary>
    public string? RefusalCode { get; private init; }

    /// <summary>
    /// The answer to a repeat with the same idempotency key; null for the same answer. Used for a secret that is shown
    /// once.
    /// </summary>
    public Answer? OnRepeat { get; private init; }

    /// <summary>The record that the answer is about, stored with it; null if it names none.</summary>
    public SubjectId? SubjectId { get; private init; }

    /// <summary>Streams the body, for lists of any length; null if <see cref="Body"/> has it.</summary>
    public Func<PipeWriter, CancellationToken, Task>? Stream { get; private init; }

    /// <summary>The content type of a file; null for JSON.</summary>
    public string? ContentType { get; private init; }

    /// <summary>The name under which a client stores a file; null if the body is no file.</summary>
    public string? FileName { get; private init; }

    /// <summary>The bytes of a file; null if the body is no file or its length is not known beforehand.</summary>
    public long? FileLength { get; private init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>200 with data.</summary>
    public static Answer Success<T>(T data, string? message = null, Page? page = null) =>
        new(
            200,
            Written(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("status"u8, "SUCCESS"u8);
                writer.WritePropertyName("data"u8);
                JsonSerializer.Serialize(writer, data, Wire.Options);
                if (message is not null)
                    writer.WriteString("message"u8, message);
                if (page is not null)
                    WritePage(writer, page);
                writer.WriteEndObject();
            })
        );

    /// <summary>200 with data that a delegate writes, and a message.</summary>
    public static Answer Success(Action<Utf8JsonWriter> writeData, string message) =>
        new(
            200,
            Written(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("status"u8, "SUCCESS"u8);
                writer.WritePropertyName("data"u8);
                writeData(writer);
                writer.WriteString("message"u8, message);
                writer.WriteEndObject();
            })
        );

    /// <summary>200 with data that is written as bytes, for the most frequent answers.</summary>
    public static Answer SuccessBytes(Action<IBufferWriter<byte>> writeData)
    {
        var buffer = TakeScratch();
        buffer.Write(BeforeData);
        writeData(buffer);
        WriteEnd(buffer, null);
        return new Answer(200, CopyScratch(buffer));
    }

    /// <summary>The same answer with the record that it is about.</summary>
    public Answer About(SubjectId subjectId) => new(Status, Body) { SubjectId = subjectId };

    /// <summary>200 with a streamed body.</summary>
    public static Answer Streamed(Func<PipeWriter, CancellationToken, Task> write) =>
        new(200, default) { Stream = write };

    /// <summary>200 with a streamed file.</summary>
    /// <param name="contentType">What it is.</param>
    /// <param name="fileName">The name under which a client stores it.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <param name="length">The number of its bytes; null if it is not known beforehand.</param>
    public static Answer File(
        string contentType,
        string fileName,
        Func<PipeWriter, CancellationToken, Task> write,
        long? length = null
    ) =>
        new(200, default)
        {
            Stream = write,
            ContentType = contentType,
            FileName = fileName,
            FileLength = length,
        };

    /// <summary>A body of existing bytes.</summary>
    public static Answer Raw(int status, ReadOnlyMemory<byte> body) => new(status, body);

    /// <summary>The stored answer to an earlier request.</summary>
    public static Answer Replayed(int status, ReadOnlyMemory<byte> body) => new(status, body) { IsReplayed = true };

    /// <summary>200 with data that contains a secret. Only the answer to a repeat is stored.</summary>
    public static Answer ShownOnce<T>(T data, T onRepeat, string message, string messageOnRepeat) =>
        new(200, Success(data, message).Body) { OnRepeat = Success(onRepeat, messageOnRepeat) };

    /// <summary>A refusal.</summary>
    public static Answer Refused(Refusal refusal) =>
        new(
            StatusOf(refusal.Kind),
            Written(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("status"u8, "FAILED"u8);
                writer.WriteString("message"u8, refusal.Message);
                writer.WriteString("error"u8, refusal.Title);
                writer.WriteString("code"u8, refusal.Code);
                if (refusal.Errors.Count > 0)
                {
                    writer.WritePropertyName("errors"u8);
                    JsonSerializer.Serialize(writer, refusal.Errors, Wire.Options);
                }

                writer.WriteEndObject();
            })
        )
        {
            RetryAfterSeconds = refusal.RetryAfterSeconds,
            RefusalCode = refusal.Code,
        };

    /// <summary>A failure outside the rules: 404 for an unknown path, 405, 413, 415 or 500.</summary>
    public static Answer Failed(int status, string code, string title, string message) =>
        new(status, Refused(new Refusal(RefusalKind.Malformed, code, title, message)).Body);

    /// <summary>The data or the refusal of a result.</summary>
    public static Answer From<T>(Result<T> result, string? message = null)
        where T : notnull => result.IsRefused ? Refused(result.Refusal) : Success(result.Value, message);

    /// <summary>The one place that turns a refusal into an HTTP status.</summary>
    public static int StatusOf(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.Malformed => 400,
            RefusalKind.Unauthenticated => 401,
            RefusalKind.Forbidden => 403,
            RefusalKind.NotFound => 404,
            RefusalKind.Conflict => 409,
            RefusalKind.Invalid => 422,
            RefusalKind.TooMany => 429,
            _ => 503,
        };

    /// <summary>Sends the answer.</summary>
    public async Task SendAsync(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType ?? "application/json";
        if (FileName is not null)
            response.Headers.ContentDisposition = AttachmentOf(FileName);
        if (RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString();
        // RFC 9110 requires it for every 401.
        if (Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (IsReplayed)
            response.Headers[ReplayedHeader] = "true";
        var isHead = HttpMethods.IsHead(http.Request.Method);
        if (Stream is not null)
        {
            response.ContentLength = FileLength;
            if (isHead)
                return;
            await Stream(response.BodyWriter, http.RequestAborted);
            return;
        }

        response.ContentLength = Body.Length;
        if (!isHead)
            await response.BodyWriter.WriteAsync(Body);
    }

    // RFC 6266. A name may come from another user, so it names no folder and cannot leave its quotes. Other characters
    // than those of ASCII are in a second parameter.
    private static string AttachmentOf(string fileName)
    {
        var name = string.Concat(fileName.Select(c => c is '/' or '\\' || char.IsControl(c) ? '_' : c));
        var plain = string.Concat(name.Select(c => c is < ' ' or > '~' or '"' or '%' ? '_' : c));
        return $"attachment; filename=\"{plain}\""
            + (plain == name ? "" : $"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
    }

    /// <summary>The bytes before the data of a success.</summary>
    internal static ReadOnlySpan<byte> BeforeData => """{"status":"SUCCESS","data":"""u8;

    /// <summary>Writes the bytes after the data.</summary>
    internal static void WriteEnd(IBufferWriter<byte> output, Page? page)
    {
        var buffer = new WireBuffer(output);
        if (page is not null)
        {
            buffer.Raw(""","page":{"page":"""u8);
            buffer.Number(page.Number);
            buffer.Raw(""","size":"""u8);
            buffer.Number(page.Size);
            buffer.Raw(""","total":"""u8);
            buffer.Number(page.Total);
            buffer.Raw(page.TotalIsExact ? ""","totalIsExact":true"""u8 : ""","totalIsExact":false"""u8);
            if (page.Next is { } next)
            {
                buffer.Raw(""","next":"""u8);
                buffer.Text(next);
            }

            buffer.Raw("}"u8);
        }

        buffer.Raw("}"u8);
        buffer.Flush();
    }

    private static void WritePage(Utf8JsonWriter writer, Page page)
    {
        writer.WriteStartObject("page"u8);
        writer.WriteNumber("page"u8, page.Number);
        writer.WriteNumber("size"u8, page.Size);
        writer.WriteNumber("total"u8, page.Total);
        writer.WriteBoolean("totalIsExact"u8, page.TotalIsExact);
        if (page.Next is { } next)
            writer.WriteString("next"u8, next);
        writer.WriteEndObject();
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var buffer = TakeScratch();
        var writer = scratchWriter ??= new Utf8JsonWriter(buffer, WriterOptions);
        writer.Reset(buffer);
        write(writer);
        writer.Flush();
        return CopyScratch(buffer);
    }

    private static ArrayBufferWriter<byte> TakeScratch()
    {
        var buffer = scratch ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        return buffer;
    }

    private static byte[] CopyScratch(ArrayBufferWriter<byte> buffer)
    {
        var body = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > 1 << 20)
            (scratch, scratchWriter) = (null, null);
        return body;
    }

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = Wire.Options.Encoder,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    [ThreadStatic]
    private static Utf8JsonWriter? scratchWriter;
}
