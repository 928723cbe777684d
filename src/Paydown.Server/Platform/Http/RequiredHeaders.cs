using Microsoft.Extensions.Primitives;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The headers that every call requires. A missing or malformed header is refused before the body is read.
/// </summary>
public static class RequiredHeaders
{
    public const string AuthToken = "X-Auth-Token";
    public const string AuthDate = "x-fapi-auth-date";
    public const string CustomerIpAddress = "x-fapi-customer-ip-address";
    public const string InteractionId = "x-fapi-interaction-id";
    public const string IdempotencyKey = "x-idempotency-key";

    /// <summary>Returns a refusal that names every wrong header; null if all are right.</summary>
    public static Refusal? Check(IHeaderDictionary headers, bool needsIdempotencyKey)
    {
        var date = Single(headers[AuthDate]);
        var address = Single(headers[CustomerIpAddress]);
        var interaction = Single(headers[InteractionId]);
        var key = needsIdempotencyKey ? Single(headers[IdempotencyKey]) : "ignored";
        if (IsDate(date) && IsAddress(address) && IsVisibleAscii(interaction, 128) && IsVisibleAscii(key, 255))
            return null;

        var errors = new List<FieldError>();
        if (!IsDate(date))
            errors.Add(new(AuthDate, "must be an ISO 8601 date-time or an HTTP-date."));
        if (!IsAddress(address))
            errors.Add(new(CustomerIpAddress, "must be an IPv4 or IPv6 address."));
        if (!IsVisibleAscii(interaction, 128))
            errors.Add(new(InteractionId, "must be 1 to 128 visible ASCII characters."));
        if (!IsVisibleAscii(key, 255))
            errors.Add(new(IdempotencyKey, "must be 1 to 255 visible ASCII characters."));
        return Refusals.BadRequest(
            string.Join(" ", errors.Select(error => $"Header {error.Field} {error.Message}")),
            errors
        );
    }

    /// <summary>The interaction id if it is well formed, to be echoed; else null.</summary>
    public static string? FindInteractionId(IHeaderDictionary headers) =>
        Single(headers[InteractionId]) is { } id && IsVisibleAscii(id, 128) ? id : null;

    /// <summary>The access token from X-Auth-Token or from Authorization: Bearer.</summary>
    public static string? FindToken(IHeaderDictionary headers)
    {
        if (Single(headers[AuthToken]) is { Length: > 0 } token)
            return token;
        return
            Single(headers.Authorization) is { } authorization
            && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? authorization[7..].Trim()
            : null;
    }

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;

    private static bool IsDate(string? text) => text is not null && MomentText.IsDateTime(text);

    private static bool IsAddress(string? text) => text is not null && ForwardedAddresses.TryParse(text, out _);

    private static bool IsVisibleAscii(string? text, int lengthMax)
    {
        if (text is null || text.Length == 0 || text.Length > lengthMax)
            return false;
        foreach (var c in text)
        {
            if (c is < '!' or > '~')
                return false;
        }

        return true;
    }
}
