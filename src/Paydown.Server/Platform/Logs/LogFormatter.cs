using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.Logs;

/// <summary>
/// Writes a log line: time in UTC, level, category, event and message; then the named values of the message and the
/// request (interaction id, caller, route, status, duration); then the exception. It is always one line, in both forms.
/// </summary>
internal sealed class LogFormatter(IOptions<LogOptions> options, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "paydown";

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Template = "{OriginalFormat}";

    private static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter textWriter)
    {
        var message = entry.Formatter(entry.State, entry.Exception);
        if (options.Value.Form == LogForm.Json)
            WriteJson(entry, message, scopes, textWriter);
        else
            WriteText(entry, message, scopes, textWriter);
    }

    private void WriteText<TState>(
        in LogEntry<TState> entry,
        string message,
        IExternalScopeProvider? scopes,
        TextWriter writer
    )
    {
        var line = new StringBuilder(256)
            .Append(Now())
            .Append(' ')
            .Append(WordOf(entry.LogLevel))
            .Append(' ')
            .Append(entry.Category)
            .Append('[')
            .Append(entry.EventId.Id)
            .Append("] ");
        AppendPlain(line, message);
        // The text of the message contains its values, so only those of the scopes are added.
        scopes?.ForEachScope(
            static (scope, to) =>
            {
                // Skips the framework's scopes, because they contain the path as it was sent.
                if (scope is not RequestScope request)
                    return;
                foreach (var (name, value) in request)
                {
                    to.Append(' ').Append(name).Append('=');
                    var text = TextOf(value);
                    var isQuoted = text.Contains(' ', StringComparison.Ordinal);
                    if (isQuoted)
                        to.Append('"');
                    AppendPlain(to, text);
                    if (isQuoted)
                        to.Append('"');
                }
            },
            line
        );
        if (entry.Exception is not null)
        {
            line.Append(" | ");
            AppendPlain(line, entry.Exception.ToString());
        }

        writer.WriteLine(line.ToString());
    }

    private void WriteJson<TState>(
        in LogEntry<TState> entry,
        string message,
        IExternalScopeProvider? scopes,
        TextWriter writer
    )
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, Now());
            json.WriteString("level"u8, entry.LogLevel.ToString());
            json.WriteString("category"u8, entry.Category);
            json.WriteNumber("event"u8, entry.EventId.Id);
            json.WriteString("message"u8, message);
            // Names of the message begin with a capital letter and those of the request do not, so none clash.
            WritePairs(json, entry.State);
            scopes?.ForEachScope(static (scope, to) => WritePairs(to, scope as RequestScope), json);
            if (entry.Exception is not null)
                json.WriteString("exception"u8, entry.Exception.ToString());
            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WritePairs(Utf8JsonWriter json, object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> pairs)
            return;
        foreach (var (name, value) in pairs)
        {
            if (name == Template)
                continue;
            switch (value)
            {
                case null:
                    json.WriteNull(name);
                    break;
                case int number:
                    json.WriteNumber(name, number);
                    break;
                case long number:
                    json.WriteNumber(name, number);
                    break;
                case decimal number:
                    json.WriteNumber(name, number);
                    break;
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                default:
                    json.WriteString(name, TextOf(value));
                    break;
            }
        }
    }

    // Escapes line breaks, so that no value can forge a log line.
    private static void AppendPlain(StringBuilder line, string text)
    {
        foreach (var c in text)
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
    }

    private static string TextOf(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private string Now() => time.GetUtcNow().UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    private static string WordOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "TRACE",
            LogLevel.Debug => "DEBUG",
            LogLevel.Information => "INFO",
            LogLevel.Warning => "WARN",
            LogLevel.Error => "ERROR",
            _ => "FATAL",
        };
}
