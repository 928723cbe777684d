using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Databases;

/// <summary>
/// The fields by which a request without a token is placed. It is read before its application reads it, so whatever is
/// wrong with it is left for the application to refuse.
/// </summary>
internal sealed record RequestFields(string? OrganisationId, string? Email, string? RefreshToken, string? Token)
{
    private static readonly RequestFields Empty = new(null, null, null, null);

    /// <summary>Reads the fields of a small body of JSON or of a form.</summary>
    /// <returns>The fields, and the body; null if it is too large or was not read.</returns>
    public static async Task<(RequestFields Fields, byte[]? Body)> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 or > Failure.BodyBytesMax)
            return (Empty, null);
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            var isTooLarge = read.Buffer.Length > Failure.BodyBytesMax;
            if (!isTooLarge && !read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var body = isTooLarge ? null : System.Buffers.BuffersExtensions.ToArray(read.Buffer);
            // Nothing is consumed: the application reads the same bytes again.
            reader.AdvanceTo(read.Buffer.Start);
            return (body is null ? Empty : Parse(body, request.HasFormContentType), body);
        }
    }

    private static RequestFields Parse(byte[] body, bool isForm)
    {
        var found = isForm ? OfForm(body) : OfJson(body);
        return new RequestFields(
            found.GetValueOrDefault("organisationId"),
            found.GetValueOrDefault("email"),
            found.GetValueOrDefault("refresh_token"),
            found.GetValueOrDefault("token")
        );
    }

    private static Dictionary<string, string> OfForm(byte[] body)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = new FormReader(Encoding.UTF8.GetString(body));
        try
        {
            foreach (var (name, values) in reader.ReadForm())
                found[name] = values.ToString();
        }
        catch (InvalidDataException)
        {
            // Too many fields, which the page refuses.
        }

        return found;
    }

    private static Dictionary<string, string> OfJson(byte[] body)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return found;
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.String)
                    found[property.Name] = property.Value.GetString()!;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text that is not Unicode.
        }

        return found;
    }
}
