using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Paydown.Client;

/// <summary>One call, the same for all its attempts.</summary>
internal sealed record Call(Route Route, string Address, ReadOnlyMemory<byte>? Body, CallMarks Marks)
{
    /// <summary>The type of the body.</summary>
    public string ContentType { get; init; } = "application/json";
}

/// <summary>
/// Sends calls with their headers, and retries them if that is safe. All attempts of a write carry the same key, so the
/// server executes it once.
/// </summary>
internal sealed class Transport(HttpClient http, Uri server, PaydownClientOptions options)
{
    private readonly Pauses pauses = new(options);

    /// <summary>Creates a call. A write gets a new key unless the caller gives one.</summary>
    public Call NewCall(Route route, string address, ReadOnlyMemory<byte>? body = null, string? key = null)
    {
        if (key is not null && (key.Length is 0 or > 255 || key.Any(c => c is < '!' or > '~')))
            throw new ArgumentException("A key is 1 to 255 visible ASCII characters.", nameof(key));
        return new(route, address, body, new(NewId().ToString(), route.TakesKey ? key ?? NewId().ToString() : null));
    }

    /// <summary>Sends a call and reads its response.</summary>
    public async Task<Envelope<T>> SendAsync<T>(
        Call call,
        PaydownSession? session,
        JsonTypeInfo<Envelope<T>> type,
        CancellationToken token
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? pause;
            using var timeout = new CancellationTokenSource(options.AttemptTimeout, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token, timeout.Token);
            try
            {
                using var response = await StartAsync(
                    call,
                    session,
                    HttpCompletionOption.ResponseContentRead,
                    either.Token
                );
                var body = await response.Content.ReadAsByteArrayAsync(either.Token);
                if (response.IsSuccessStatusCode)
                    return Read(body, type, response.StatusCode, call.Marks);
                var failure = FailureOf(response, body, call.Marks);
                pause = IsWorthRetrying(call, failure) ? pauses.After(attempt, RetryAfterOf(response)) : null;
                if (pause is null)
                    throw failure;
            }
            catch (Exception exception) when (IsLoss(exception) && !token.IsCancellationRequested)
            {
                pause = IsSafeToRepeat(call, exception) ? pauses.After(attempt, retryAfter: null) : null;
                if (pause is null)
                    throw Unreachable(call, exception);
            }

            await Task.Delay(pause.Value, options.Time, token);
        }
    }

    /// <summary>Sends a read and returns the response once its headers have arrived. Throws refusals.</summary>
    public async Task<HttpResponseMessage> OpenAsync(Call call, PaydownSession? session, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? pause;
            using var timeout = new CancellationTokenSource(options.AttemptTimeout, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token, timeout.Token);
            HttpResponseMessage? response = null;
            try
            {
                response = await StartAsync(call, session, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if (response.IsSuccessStatusCode)
                    return response;
                using var refused = response;
                var failure = FailureOf(refused, await refused.Content.ReadAsByteArrayAsync(either.Token), call.Marks);
                pause = IsWorthRetrying(call, failure) ? pauses.After(attempt, RetryAfterOf(refused)) : null;
                if (pause is null)
                    throw failure;
            }
            catch (Exception exception) when (IsLoss(exception) && !token.IsCancellationRequested)
            {
                response?.Dispose();
                pause = pauses.After(attempt, retryAfter: null);
                if (pause is null)
                    throw Unreachable(call, exception);
            }

            await Task.Delay(pause.Value, options.Time, token);
        }
    }

    /// <summary>The exception for a call without a response.</summary>
    public static PaydownUnreachableException Unreachable(Call call, Exception exception) =>
        new($"{call.Route.Method} {call.Route.Path} got no response: {exception.Message}", call.Marks, exception);

    /// <summary>Whether an exception means that the response did not fully arrive.</summary>
    public static bool IsLoss(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException;

    private Task<HttpResponseMessage> StartAsync(
        Call call,
        PaydownSession? session,
        HttpCompletionOption completion,
        CancellationToken token
    )
    {
        // A request message can be sent only once, so each attempt creates its own.
        var request = new HttpRequestMessage(call.Route.Method, new Uri(server, call.Address));
        if (call.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType);
        }

        var headers = request.Headers;
        headers.Accept.Add(new("application/json"));
        var now = options.Time.GetUtcNow().UtcDateTime;
        headers.Add("x-fapi-auth-date", now.ToString("O", CultureInfo.InvariantCulture));
        headers.Add("x-fapi-customer-ip-address", options.CustomerIpAddress.ToString());
        headers.Add("x-fapi-interaction-id", call.Marks.InteractionId);
        if (call.Marks.IdempotencyKey is { } key)
            headers.Add("x-idempotency-key", key);
        if (session is not null && !call.Route.IsSignIn)
            headers.Add("X-Auth-Token", session.AccessToken);
        return http.SendAsync(request, completion, token);
    }

    private static Envelope<T> Read<T>(
        byte[] body,
        JsonTypeInfo<Envelope<T>> type,
        HttpStatusCode status,
        CallMarks marks
    )
    {
        try
        {
            if (JsonSerializer.Deserialize(body, type) is { Status: "SUCCESS", Data: not null } answer)
                return answer;
        }
        catch (JsonException exception)
        {
            throw new PaydownProtocolException("The response is not the expected JSON.", status, marks, exception);
        }

        throw new PaydownProtocolException("The response is not a success envelope.", status, marks);
    }

    private static PaydownException FailureOf(HttpResponseMessage response, byte[] body, CallMarks marks)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, PaydownJson.Default.FailureBody) is { Status: "FAILED" } failure)
                return new PaydownRefusedException(response.StatusCode, failure, RetryAfterOf(response), marks);
        }
        catch (JsonException)
        {
            // Not an envelope: a page of a proxy or of another program.
        }

        return new PaydownProtocolException(
            $"HTTP {(int)response.StatusCode} without a failure envelope.",
            response.StatusCode,
            marks
        );
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    // A gateway's failure says as little as a broken connection: the server may have executed the call.
    private static bool IsWorthRetrying(Call call, PaydownException failure) =>
        failure switch
        {
            PaydownRefusedException { Code: "IDEMPOTENCY_IN_PROGRESS" } => true,
            PaydownRefusedException { Status: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable } =>
                true,
            PaydownProtocolException
            {
                Status: HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable
                    or HttpStatusCode.GatewayTimeout
                    or HttpStatusCode.TooManyRequests
            } => !MustNotRepeat(call),
            _ => false,
        };

    // If only the response was lost, the call may have been executed; if nothing was sent, it was not.
    private static bool IsSafeToRepeat(Call call, Exception exception) =>
        !MustNotRepeat(call)
        || exception
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
            };

    // Repeating a refresh with a spent token would end the session. Repeating a registration would be refused, because
    // the e-mail address is taken.
    private static bool MustNotRepeat(Call call) =>
        call.Route == Routes.RefreshToken || call.Route == Routes.RegisterCustomer;

    // Version 7 (RFC 9562), ordered by time, so the server's index of keys grows at one end.
    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        options.FillRandom(bytes);
        var random = BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x0FFF;
        var millisecond = options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt64BigEndian(bytes, millisecond << 16 | (long)(0x7000 | random));
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
